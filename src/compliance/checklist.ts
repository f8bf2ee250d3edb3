/** One control of a regime, with what a repository can and cannot tell of it. */
export interface Control {
  readonly id: string;
  /** In our own words. */
  readonly title: string;
  /** Ids of the rules whose evidence speaks to it. */
  readonly rules: readonly string[];
  /** True where these rules only support it: they neither carry it, nor is it a gap where they fail. */
  readonly supporting: boolean;
  /** True where nothing of it can be seen in a repository. */
  readonly outside: boolean;
  /** What people have to attest; null where the checklist asks for nothing in particular. */
  readonly attest: string | null;
  /** What nobody may conclude from this evidence. */
  readonly never: string | null;
  readonly note: string | null;
}

/** A regime, as controls that evidence of a repository is mapped to. */
export interface Checklist {
  readonly id: string;
  readonly title: string;
  /** The edition that its identifiers are of. */
  readonly source: string;
  readonly scope: string;
  readonly controls: readonly Control[];
}

/** Stands on every rendering of a checklist, in these words. */
export const DISCLAIMER =
  "This list maps repository evidence to control identifiers as an aid to engineers; it sees one repository at one commit and its current settings; it is not an audit, an attestation or legal advice; scope, operating effectiveness, people, contracts, physical and production environments are outside its sight.";
