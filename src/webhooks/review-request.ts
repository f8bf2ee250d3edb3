import type { Command } from "./command.ts";

/** The repository that a request is about, as the delivery told. */
export interface RequestedRepository {
  readonly installationId: number;
  readonly repositoryId: number;
  readonly owner: string;
  readonly name: string;
  readonly visibility: "public" | "private" | "internal" | "unknown";
  readonly ownerType: "organization" | "user" | "unknown";
  readonly defaultBranch: string | null;
}

/** What is to be reviewed. A webhook is a hint: the pull request's head is asked of GitHub again. */
export type Subject =
  | { readonly kind: "pull-request"; readonly number: number }
  | { readonly kind: "branch"; readonly branch: string; readonly sha: string }
  | { readonly kind: "merge-group"; readonly sha: string }
  | { readonly kind: "commit"; readonly sha: string };

/** A review that somebody or something asked for. */
export interface ReviewRequest {
  readonly repository: RequestedRepository;
  readonly subject: Subject;
  /** The head that the delivery named, where it named one. */
  readonly headSha: string | null;
  /** When the pull request was as the delivery tells, as GitHub writes times; what is older is stale. */
  readonly updatedAt?: string | undefined;
  /** The commit that a merge group stands on. */
  readonly baseSha?: string | undefined;
  /** The head before the push that the delivery tells of. */
  readonly beforeSha?: string | undefined;
  /** A person asked for it: it is published even if nothing changed. */
  readonly asked: boolean;
  /** GitHub told that there is nothing left to review: the pull request was closed, the merge group dissolved. */
  readonly ended?: true;
}

/** A command on the first line of a comment, or a button of a check run. */
export interface CommandRequest {
  readonly repository: RequestedRepository;
  /** The pull request; 0 for a button of the default branch's check run. */
  readonly number: number;
  /** For a button the negative of the check run's id: nothing is there to react to. */
  readonly commentId: number;
  readonly login: string;
  /** True when the commenter opened the pull request. */
  readonly isAuthor: boolean;
  /** Absent in what the release before accepted: that knew `/recheck` alone. */
  readonly command?: Command;
}

/** What a delivery asks for. */
export type Request =
  | { readonly kind: "review"; readonly review: ReviewRequest }
  | { readonly kind: "command"; readonly command: CommandRequest }
  | { readonly kind: "life-cycle"; readonly change: LifeCycle };

/** What became of an installation, or of repositories of it. */
export type LifeCycle =
  | { readonly kind: "removal"; readonly installationId: number; readonly repositoryIds: readonly number[] | null }
  | {
      readonly kind: "suspension";
      readonly installationId: number;
      readonly suspended: boolean;
      /** When GitHub changed it; ISO time. */
      readonly toldAt: string | undefined;
    }
  | { readonly kind: "installed"; readonly installationId: number }
  | { readonly kind: "permissions"; readonly installationId: number }
  | {
      readonly kind: "repositories";
      readonly installationId: number;
      readonly repositories: readonly (RequestedRepository & { readonly archived: boolean })[];
    };

/** The lane within its repository: at most one review of it runs at a time, and of those waiting only the newest stays. */
export function laneOf({ subject }: ReviewRequest): string {
  if (subject.kind === "pull-request") return `pull/${subject.number}`;
  return subject.kind === "branch" ? `branch/${subject.branch}` : `${subject.kind}/${subject.sha}`;
}
