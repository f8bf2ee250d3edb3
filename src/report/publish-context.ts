/** What a published report says of its own making. */
export interface PublishContext {
  /** Full id of the commit that was judged. */
  readonly headSha: string;
  /** The review's own id, also the check run's external id and in the logs. */
  readonly reviewId: string;
  readonly durationMs: number;
  /** Requests to GitHub that the review took. */
  readonly requests: number;
  /** Where the rules' pages are, without a slash at the end. */
  readonly docsUrl: string;
  /** The check run's page, where it is known. */
  readonly checkUrl?: string;
}
