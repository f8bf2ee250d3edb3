import type { Repair } from "../engine/repair/repairs.ts";

/** Where the links of a report lead; no address ends with a slash. */
export interface Links {
  /** The rules' pages. */
  readonly docsUrl: string;
  /** The repository's files at the commit that was judged, where a reader can open them. */
  readonly filesUrl?: string;
}

/** A report that is read on its own, wherever that is. */
export interface ReportContext extends Links {
  /** Repairs that were tried on this commit, and hold; absent where none was tried. */
  readonly repairs?: readonly Repair[];
}

/** What a published report says of its own making. */
export interface PublishContext extends Links {
  /** Full id of the commit that was judged. */
  readonly headSha: string;
  /** The review's own id, also the check run's external id and in the logs. */
  readonly reviewId: string;
  readonly durationMs: number;
  /** Requests to GitHub that the review took. */
  readonly requests: number;
  /** The check run's page, where it is known. */
  readonly checkUrl?: string;
  /** The branch that the change is to be merged into; text of the repository. */
  readonly baseBranch?: string;
  /** Full id of the commit whose policy holds, where there is one. */
  readonly policySha?: string;
  /** Whether the organisation has a policy; absent where there is no organisation. */
  readonly organisation?: "found" | "absent";
  /** Ids of rules whose repair was tried on this commit, and holds. */
  readonly repairable?: ReadonlySet<string>;
  /** The App may write the repairs: then there is a button for it. */
  readonly mayProposeFixes?: boolean;
  /** What became of the findings that the policy wants uploaded to code scanning; absent where it does not. */
  readonly upload?: "uploaded" | "not-permitted" | "refused";
  /** Nothing was published in this repository before: the report explains itself. */
  readonly isFirst?: boolean;
}
