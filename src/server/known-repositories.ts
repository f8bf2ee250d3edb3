import { knownAdvisories, storedAdvisories } from "../jobs/advisories-job.ts";
import { Gone } from "../jobs/outcomes.ts";
import type { AddWork } from "../jobs/requests.ts";
import type { Settings } from "../settings.ts";
import type { AdvisorySource } from "../snapshot/advisories.ts";
import { settingsWith } from "../snapshot/settings.ts";
import type { Records } from "../store/records.ts";
import type { RequestedRepository, ReviewRequest } from "../webhooks/review-request.ts";
import type { JudgedRepository } from "./judged-repository.ts";

/** What the store knows of the repositories that jobs are about. */
export interface KnownRepositories {
  /** The repository under the name that it has now. @throws Gone where it takes no writes */
  current(repository: RequestedRepository): Promise<RequestedRepository>;
  /** What is known beside files. Advisories are asked for where something reads them: else nobody would ever answer. */
  surroundingsOf(request: ReviewRequest): Promise<Surroundings>;
  /** The same for repairs, which are tried: they say nothing of what the repository was judged by. */
  surroundingsOfRepairs(repository: RequestedRepository): Promise<Surroundings>;
}

type Surroundings = Pick<JudgedRepository, "settings" | "advisories">;

/** Before the first reading. */
const NOT_READ = settingsWith({}, "GitHub's settings are not read yet");

/** Looks repositories up in the store. */
export function knownRepositories(
  records: Records,
  add: AddWork,
  { reconcileSeconds }: Pick<Settings, "reconcileSeconds">,
): KnownRepositories {
  const surroundings = async (repository: RequestedRepository, advisories: AdvisorySource): Promise<Surroundings> => {
    const read = await records.settings(repository);
    return { settings: read?.settings ?? NOT_READ, ...(reconcileSeconds > 0 && { advisories }) };
  };

  return {
    async current(repository) {
      const known = await records.repository(repository);
      if (known?.archived) throw new Gone("the repository is archived and takes no writes");
      return known ?? repository;
    },
    surroundingsOf: (request) => surroundings(request.repository, storedAdvisories(records, add, request)),
    surroundingsOfRepairs: (repository) =>
      surroundings(repository, knownAdvisories(records, repository.installationId)),
  };
}
