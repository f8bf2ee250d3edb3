/** The installation is gone or suspended, or no longer holds the repository. */
export class NotInstalled extends Error {
  /** True where it may come back with all that it had. */
  readonly isSuspended: boolean;

  constructor(message: string, { isSuspended = false } = {}) {
    super(message);
    this.isSuspended = isSuspended;
  }
}

/** The installation is there, and does not hold the repository. */
export class NotHeld extends NotInstalled {}

/** GitHub takes no requests of the installation for a while. */
export class Limited extends Error {
  readonly until: Date;
  /** GitHub's two kinds of limits, its maintenance, or what we allow ourselves of them. */
  readonly kind: "primary" | "secondary" | "maintenance" | "own";
  /** GitHub did not say for how long. */
  readonly isGuess: boolean;
  /** As GitHub says it: the request has had no effect. */
  readonly status = 429;

  constructor(kind: Limited["kind"], until: Date, { isGuess = false } = {}) {
    super(`GitHub's ${kind} limit holds until ${until.toISOString()}`);
    this.kind = kind;
    this.until = until;
    this.isGuess = isGuess;
  }
}

/** What came is no answer of GitHub's: it passes, and says nothing of what was asked. */
export class UnreadableAnswer extends Error {
  readonly status = 502;
}

/** The installation lacks a permission, or has lost it: asking again is no use. */
export class NotPermitted extends Error {
  readonly status = 403;
  /** What GitHub would accept, as it names it: `checks=write`. */
  readonly needed: string | null;

  constructor(needed: string | null) {
    super(`GitHub does not permit it to the installation${needed === null ? "" : `: it takes ${needed}`}`);
    this.needed = needed;
  }
}

const LONGEST_MESSAGE = 200;

/** GitHub's refusal of a request, or its failure, without anything of what was sent or received. */
export class GithubError extends Error {
  /** GitHub's, or 500 where no answer came. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(redacted(message.split("\n", 1)[0] ?? "").slice(0, LONGEST_MESSAGE));
    this.name = "GithubError";
    this.status = status;
  }
}

/** Text without what looks like a token of GitHub's, in its short and its long form, a JSON web token or an address. */
function redacted(text: string): string {
  return text
    .replace(/\b(gh[a-z]_|github_pat_|ey[JK])[A-Za-z0-9_.-]+/g, "[token]")
    .replace(/\bhttps?:\/\/\S+/g, "[address]");
}
