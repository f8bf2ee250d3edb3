import type { KnownRepository } from "../store/records.ts";
import type { RequestedRepository, ReviewRequest, Subject } from "../webhooks/review-request.ts";

/** A repository and what is open in it, as GitHub shows them now. */
export interface OpenHeads extends Omit<KnownRepository, "installationId" | "defaultBranch"> {
  readonly branch: DefaultBranch | null;
  readonly pulls: OpenPulls;
}

/** Where the default branch stands; there is none in an empty repository. */
export interface DefaultBranch {
  readonly name: string;
  readonly sha: string;
  /** When somebody last pushed to the repository; ISO time. */
  readonly pushedAt: string;
}

/** Open pull requests, those touched last first. */
export interface OpenPulls {
  readonly pulls: readonly OpenPull[];
  /** Where the next of them begin; null where these are all. */
  readonly next: string | null;
}

export interface OpenPull {
  readonly number: number;
  readonly headSha: string;
  /** ISO time. */
  readonly updatedAt: string;
}

/** From when on what happened counts. */
export interface Since {
  /** In pull requests: those of before the App came are left alone until their next event. */
  readonly pulls: Date;
  /** On the default branch. */
  readonly branch: Date;
}

/** The reviews that what is open may ask for: whether they have been done is not known here. */
export function reviewsOf(
  repository: RequestedRepository,
  { archived, branch, pulls: { pulls } }: OpenHeads,
  since: Since,
): readonly ReviewRequest[] {
  // An archived repository takes no result.
  if (archived) return [];
  const ofBranch: readonly ReviewRequest[] =
    branch && isSince(branch.pushedAt, since.branch)
      ? [
          {
            repository,
            subject: { kind: "branch", branch: branch.name, sha: branch.sha },
            headSha: branch.sha,
            asked: false,
          },
        ]
      : [];
  const ofPulls = pulls
    .filter(({ updatedAt }) => isSince(updatedAt, since.pulls))
    .map(({ number, headSha, updatedAt }) => ({
      repository,
      subject: { kind: "pull-request", number } as const,
      headSha,
      updatedAt,
      asked: false,
    }));
  return [...ofBranch, ...ofPulls];
}

/** GitHub's times are whole seconds. */
export function isSince(time: string, since: Date): boolean {
  return Date.parse(time) >= Math.floor(since.getTime() / 1000) * 1000;
}

/** What a lane reviews, told by its name; undefined for lanes of another kind. */
export function subjectOfLane(lane: string, headSha: string): Subject | undefined {
  const [, kind, rest = ""] = /^(pull|branch|merge-group|commit)\/(.+)$/.exec(lane) ?? [];
  switch (kind) {
    case "pull":
      return { kind: "pull-request", number: Number(rest) };
    case "branch":
      return { kind, branch: rest, sha: headSha };
    case "merge-group":
    case "commit":
      return { kind, sha: rest };
    default:
      return undefined;
  }
}
