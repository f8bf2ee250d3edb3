/** A token of an installation for one repository. */
export interface InstallationToken {
  readonly token: string;
  /** Milliseconds of GitHub's clock. */
  readonly mintedAt: number;
  /** Milliseconds since then; no clock that may jump. */
  age(): number;
  /** What it may do; absent for a person's own. */
  readonly permissions?: Readonly<Record<string, string>>;
}

/** Where the token of each request comes from. */
export interface Credentials {
  current(): Promise<InstallationToken>;
  /** GitHub does not know it any more: the next one is another. */
  discard(token: InstallationToken): void;
}

/** A person's own token. */
export function fixedToken(token: string): Credentials {
  const known: InstallationToken = { token, mintedAt: 0, age: () => Number.POSITIVE_INFINITY };
  return { current: async () => known, discard: () => {} };
}
