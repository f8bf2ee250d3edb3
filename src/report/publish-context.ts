/** Where the links of a report lead; no address ends with a slash. */
export interface Links {
  /** The rules' pages. */
  readonly docsUrl: string;
  /** The repository's files at the commit that was judged, where a reader can open them. */
  readonly filesUrl?: string;
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
}
