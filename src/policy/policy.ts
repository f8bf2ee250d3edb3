import { defaultTerms, type Terms, type WaiverTerms } from "../engine/terms.ts";

/** What fails a check. */
export interface Gate {
  /** `new-blocker`: only what the change brings; without a base every blocker is new. */
  readonly failOn: "never" | "blocker" | "new-blocker";
  /** Absolute, 0 to 100; null where none is asked for. */
  readonly minScore: number | null;
  /** Points that a change may lose against its merge base; null where any. */
  readonly maxDrop: number | null;
}

/** When a pull request is commented. */
export type CommentMode = "changes" | "always" | "never";

/** A finding that is accepted for a while. */
export interface Waiver extends WaiverTerms {
  readonly origin: Origin;
}

/** What a check run of a regime's own does: it tells, or it also fails where a change opens a gap. */
export type RegimeCheck = "inform" | "block";
/** How often a pack of evidence is kept of the default branch. */
export type EvidencePeriod = "weekly" | "monthly";

/** Compliance regimes that apply, or why none does; neither where nobody said. */
export interface Compliance {
  readonly regimes: readonly string[];
  readonly none: string | null;
  /** By regime; one that is not there has no check run of its own. */
  readonly checks: Readonly<Record<string, RegimeCheck>>;
  /** By regime; of one that is not there no packs are kept. */
  readonly evidence: Readonly<Record<string, EvidencePeriod>>;
}

/** What people attest of controls that no repository can tell of. */
export interface Attestation {
  readonly regime: string;
  /** Ids of controls of that regime. */
  readonly controls: readonly string[];
  /** Who attests. */
  readonly owner: string;
  /** ISO day on which it was attested. */
  readonly date: string;
  /** ISO day, the last on which it holds: at most twelve months later. */
  readonly expires: string;
  /** Where the evidence is, as a link or in words. */
  readonly evidence: string;
  readonly origin: Origin;
}

/** The rules of the game for one repository, as they stand at the base. */
export interface Policy extends Terms {
  readonly gate: Gate;
  readonly comment: CommentMode;
  readonly waivers: readonly Waiver[];
  /** Branches whose pushes are reviewed beside the default one, as globs. */
  readonly branches: readonly string[];
  readonly compliance: Compliance;
  readonly attestations: readonly Attestation[];
  /** Who has to approve a change to the waivers; null where nobody in particular. */
  readonly approval: "code-owners" | null;
  /** Whether findings are uploaded to code scanning, where the App may. */
  readonly sarif: boolean;
}

/** The regimes in words, each with what more the policy wants of it. */
export function regimeWords({ regimes, checks, evidence }: Compliance): readonly string[] {
  return regimes.map((id) => {
    const more = [checks[id] && `check: ${checks[id]}`, evidence[id] && `evidence: ${evidence[id]}`].filter(Boolean);
    return more.length > 0 ? `${id} (${more.join(", ")})` : id;
  });
}

/** Where a value of the policy comes from. */
export interface Origin {
  readonly by: "default" | "organisation" | "repository" | "floor";
  /** The file, as readers name it; null for the default. */
  readonly path: string | null;
  /** One-based. */
  readonly line: number | null;
}

/** What holds where nobody wrote a policy. */
export const defaultPolicy: Policy = {
  gate: { failOn: "new-blocker", minScore: null, maxDrop: null },
  comment: "changes",
  ...defaultTerms,
  waivers: [],
  branches: [],
  compliance: { regimes: [], none: null, checks: {}, evidence: {} },
  attestations: [],
  approval: null,
  sarif: false,
};
