import type { Records } from "../store/records.ts";
import type { ReviewRequest } from "../webhooks/review-request.ts";
import { PassingFault } from "./outcomes.ts";

/** A pull request as it is now. */
export interface PullRequestState {
  readonly number: number;
  readonly headSha: string;
  /** Where the branch that it is to be merged into stands. */
  readonly baseSha: string;
  /** The branch that it is to be merged into. */
  readonly baseRef: string;
  /** True where its branch is in another repository, or was. */
  readonly isOfFork: boolean;
  /** ISO time of the state that was read. */
  readonly updatedAt: string;
  readonly open: boolean;
  readonly draft: boolean;
  readonly authorIsBot: boolean;
}

/** What is asked of GitHub about pull requests. */
export interface PullRequests {
  pullRequest(number: number): Promise<PullRequestState>;
  /** Lets the next reading of files tell where a pull request left its base: so that costs no request. */
  askMergeBaseAlong(pull: PullRequestState): void;
  /** Where a pull request left its base. */
  mergeBase(pull: PullRequestState): Promise<string>;
  /** Open pull requests with this head, forks included. */
  pullRequestsOf(sha: string): Promise<readonly number[]>;
}

/** The commit to judge, and the pull request that it is the head of. */
export interface Head {
  readonly sha: string;
  readonly pull: PullRequestState | undefined;
}

/**
 * What is true now of the subject: a webhook is only a hint. Undefined when there is nothing left to
 * review: the pull request was closed, or the merge group dissolved.
 * @throws PassingFault where GitHub shows a state older than the one that it told of
 */
export async function headOf(
  request: ReviewRequest,
  pulls: PullRequests,
  records: Pick<Records, "publishedCheck">,
): Promise<Head | undefined> {
  const { repository, subject, ended } = request;
  if (subject.kind === "pull-request") return headOfPull(subject.number, pulls, request);
  if (ended) return undefined;
  if (subject.kind !== "commit") return { sha: subject.sha, pull: undefined };
  const lane = (await records.publishedCheck(repository, subject.sha))?.lane;
  const stored = /(?:^|\/)pull\/(\d+)$/.exec(lane ?? "")?.[1];
  const number = stored ? Number(stored) : (await pulls.pullRequestsOf(subject.sha))[0];
  const head = number === undefined ? undefined : await headOfPull(number, pulls);
  // A re-run is about the commit that it names, whatever became of the pull request since.
  return head?.sha === subject.sha ? head : { sha: subject.sha, pull: undefined };
}

async function headOfPull(number: number, pulls: PullRequests, told?: ReviewRequest): Promise<Head | undefined> {
  const pull = await pulls.pullRequest(number);
  if (told && isOlder(pull, told))
    throw new PassingFault("GitHub still shows the pull request as it was before the event");
  return pull.open ? { sha: pull.headSha, pull } : undefined;
}

/** GitHub's times are whole seconds: within one, the head tells what came before. */
function isOlder({ headSha, updatedAt }: PullRequestState, told: ReviewRequest): boolean {
  if (told.updatedAt === undefined) return false;
  const seconds = Date.parse(updatedAt) - Date.parse(told.updatedAt);
  return seconds < 0 || (seconds === 0 && headSha === told.beforeSha);
}
