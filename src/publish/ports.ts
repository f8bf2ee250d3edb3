/** A finding beside a line of a file. */
export interface CheckAnnotation {
  readonly path: string;
  /** One-based. */
  readonly line: number;
  readonly level: "notice" | "warning" | "failure";
  readonly title: string;
  readonly message: string;
}

/** What a check run shows. */
export interface CheckRunShown {
  readonly title: string;
  readonly summary: string;
  /** At most 50. GitHub adds them to those that the run has. */
  readonly annotations: readonly CheckAnnotation[];
}

/** A check run as it is written. */
export interface CheckRunWrite {
  readonly name: string;
  /** The review's id: by it a run whose answer was lost is found again. */
  readonly externalId: string;
  readonly status: "in_progress" | "completed";
  readonly conclusion?: "success" | "failure" | "neutral" | "action_required" | "cancelled";
  readonly output?: CheckRunShown;
  readonly actions?: readonly { readonly label: string; readonly description: string; readonly identifier: string }[];
}

/** What publishing needs of GitHub's checks. Errors carry GitHub's `status`. */
export interface CheckRuns {
  createCheckRun(headSha: string, run: CheckRunWrite): Promise<number>;
  updateCheckRun(id: number, run: CheckRunWrite): Promise<void>;
  /** How many annotations a run has. */
  annotationsOn(id: number): Promise<number>;
  /** Our newest run of this name that carries one of these external ids. */
  findCheckRun(headSha: string, externalIds: readonly string[], name: string): Promise<number | undefined>;
  /** The newest run of this name that this App made on a head, whatever is known of it here. */
  ownCheckRun(headSha: string, name: string, appId: number): Promise<number | undefined>;
}

export interface PublishedComment {
  readonly id: number;
  readonly body: string;
  /** The App that wrote it; null for a person. */
  readonly appId: number | null;
}

/** What publishing needs of a pull request's conversation. */
export interface Comments {
  comments(number: number): Promise<readonly PublishedComment[]>;
  createComment(number: number, body: string): Promise<number>;
  updateComment(id: number, body: string): Promise<void>;
  deleteComment(id: number): Promise<void>;
}
