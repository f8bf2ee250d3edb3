import type { GithubAnswer } from "../github/observed-fetch.ts";
import type { repositoryClient } from "../github/repository-client.ts";
import type { Base } from "../jobs/base.ts";
import { type EvidencePorts, type EvidenceRequest, makeEvidence } from "../jobs/evidence-job.ts";
import type { Handler, Job } from "../jobs/run-work.ts";
import { assess } from "../policy/assess.ts";
import type { AdvisorySource } from "../snapshot/advisories.ts";
import type { Records } from "../store/records.ts";
import type { RequestedRepository } from "../webhooks/review-request.ts";
import type { Judge } from "./judging.ts";
import type { KnownRepositories } from "./known-repositories.ts";
import type { OrganisationReader } from "./organisation-policies.ts";
import type { ReviewWatch } from "./review-watch.ts";

/** What making evidence is composed of. */
interface EvidenceParts extends KnownRepositories {
  readonly records: Records;
  readonly watch: ReviewWatch;
  readonly judge: Judge;
  /** Reads the repository, with a token that cannot write. */
  clientFor(
    repository: RequestedRepository,
    onAnswer: (answer: GithubAnswer) => void,
  ): Promise<ReturnType<typeof repositoryClient>>;
  organisation(repository: RequestedRepository, onAnswer: (answer: GithubAnswer) => void): Promise<OrganisationReader>;
  /** Reads the advisories that are due in the installation. */
  readDue(job: Job): Promise<void>;
}

/** Evidence is compared with nothing. */
const NOTHING: Base = { tip: null, isOfBranch: false, commit: async () => null };

/** Runs the job that makes the packs of evidence of one repository. */
export function evidenceHandler(parts: EvidenceParts): Handler<EvidenceRequest> {
  const { records, watch, judge, current, clientFor, organisation, surroundingsOf, readDue } = parts;

  async function portsFor(job: Job<EvidenceRequest>): Promise<EvidencePorts> {
    const repository = await current(job.request.repository);
    const watched = watch.of(repository.installationId, job.reviewId);
    const client = await clientFor(repository, watched.answered);
    const branch = repository.defaultBranch ?? "HEAD";
    return {
      records,
      tip: () => client.commitOf(branch),
      async assess(commit) {
        const subject = { kind: "branch", branch, sha: commit } as const;
        const { settings, advisories } = await surroundingsOf({ repository, subject, headSha: commit, asked: false });
        const newest: AdvisorySource | undefined =
          advisories &&
          (async (versions) => {
            // Nobody waits for this: what is not known of them is read before it is asked for again.
            await advisories(versions);
            await readDue(job);
            return advisories(versions);
          });
        const { review, policy, notices } = await judge(
          {
            ...{ repository, reader: client.reader, watched, settings, ...(newest && { advisories: newest }) },
            organisation: () => organisation(repository, watched.answered),
          },
          commit,
          NOTHING,
          { commit, branch, isTip: true, isOfChange: false },
        );
        return assess(review, null, policy.policy, notices);
      },
      now: Date.now,
    };
  }

  return {
    run: async (job) => makeEvidence(await portsFor(job), job),
    // The next look at the installation asks for it again: nobody is to be told.
    giveUp: async () => {},
  };
}
