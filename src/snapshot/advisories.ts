/** One version of a package, by its normalised name. */
export interface PackageVersion {
  readonly name: string;
  readonly version: string;
}

/** What a database of advisories says of one package. */
export interface Advisory {
  /** `GHSA-…`. */
  readonly id: string;
  /** `CVE-…`, where there is one. */
  readonly cve: string | null;
  /** The package's name, as the database writes it. */
  readonly name: string;
  readonly severity: "critical" | "high" | "medium" | "low" | "unknown";
  readonly isMalware: boolean;
  readonly isWithdrawn: boolean;
  /** Versions concerned, as `>= 3.0, < 3.2.13`. */
  readonly range: string;
  readonly fixedIn: string | null;
}

/** What is known of versions at the time of a review. */
export interface KnownAdvisories {
  /** By `keyOf`; a version that is absent has not been asked about. */
  readonly byVersion: ReadonlyMap<string, readonly Advisory[]>;
  /** Why versions are absent. */
  readonly reason: string;
  /** ISO time of the oldest answer among them; null where there is none. */
  readonly readAt: string | null;
}

/** Hands out what is known of these versions. */
export type AdvisorySource = (versions: readonly PackageVersion[]) => Promise<KnownAdvisories>;

export function keyOf({ name, version }: PackageVersion): string {
  return `${name}@${version}`;
}
