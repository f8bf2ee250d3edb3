import type { Edit } from "../../edit.ts";
import { createParseCache } from "../../facts/parse-cache.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import type { Judged } from "../judge.ts";
import type { Review } from "../review.ts";
import { type JudgedSnapshot, judgeSnapshot, type ReviewOptions } from "../review-snapshot.ts";
import { type Commits, questionOf } from "./apply-edits.ts";
import { editedSnapshot, type FileChange } from "./edited-snapshot.ts";
import { changesBy, commitsFor, type TagReader } from "./plan.ts";
import { EditRefused } from "./splice.ts";
import { whyNot } from "./well.ts";

export type { FileChange } from "./edited-snapshot.ts";
export type { TagReader } from "./plan.ts";

export interface RepairOptions extends ReviewOptions {
  /** Ids of the rules to repair; all that can be when absent. */
  readonly only?: readonly string[] | undefined;
  /** Who knows the commits of tags; without it no action is pinned. */
  readonly tags?: TagReader | undefined;
}

/** A repair that was tried: the rule then passes or fails at fewer places, and no other gets worse. */
export interface Repair {
  readonly ruleId: string;
  readonly edits: readonly Edit[];
  /** The files that this repair alone changes. */
  readonly changes: readonly FileChange[];
  /** True where the rule then passes. */
  readonly isWhole: boolean;
}

/** A failing rule that is not repaired, with the reason in words that follow "not repaired:". */
export interface NotRepaired {
  readonly ruleId: string;
  readonly reason: string;
  /** True for a rule that has no repair. */
  readonly isByHand?: true;
}

export interface Repairs {
  /** The review of the snapshot as it is. */
  readonly review: Review;
  readonly repairs: readonly Repair[];
  readonly notRepaired: readonly NotRepaired[];
  /** The files after all repairs together, and the review of that. */
  readonly changes: readonly FileChange[];
  readonly after: Review;
  /** What `after` was made of: where the next round starts. */
  readonly judged: JudgedSnapshot;
}

const NOTHING = "nothing here can be changed for sure";
/** Edits of one rule: more are no repair that anybody reads. */
const MAX_EDITS = 2000;

interface Candidate {
  readonly ruleId: string;
  readonly edits: readonly Edit[];
}

/**
 * Finds what of a snapshot can be repaired, by trying it: all repairs at once, and one by one where that
 * does not go well. What is offered goes together.
 * @param judged the snapshot's judgements with repairs, where they are there already
 * @throws when the snapshot's source fails
 */
export async function repairsOf(snapshot: Snapshot, options: RepairOptions, judged?: JudgedSnapshot): Promise<Repairs> {
  // Each trial parses only what it changes.
  const judging = { ...options, cache: options.cache ?? createParseCache(), withRepairs: true };
  const before = judged ?? (await judgeSnapshot(snapshot, judging));
  const notRepaired: NotRepaired[] = [];
  const proposed = candidatesOf(before, options, notRepaired).toSorted((a, b) => Number(pins(a)) - Number(pins(b)));
  const commits = await commitsFor(
    proposed.flatMap(({ edits }) => edits),
    options.tags,
  );
  const candidates = answered(proposed, commits, options, notRepaired);
  const trial = new Trial(snapshot, before, commits, judging);
  const fitting = await trial.fitting(candidates, notRepaired);
  const all = await trial.of(fitting);
  const accepted = all.reasons.size === 0 ? fitting : await trial.oneByOne(fitting, notRepaired);
  const last = accepted === fitting ? all : await trial.of(accepted);
  const repairs = await Promise.all(
    accepted.map(async ({ ruleId, edits }) => ({
      ruleId,
      edits,
      changes: await changesBy(snapshot, edits, commits),
      isWhole: last.after.review.rules.find(({ id }) => id === ruleId)?.outcome === "pass",
    })),
  );
  return {
    review: before.review,
    repairs,
    notRepaired,
    changes: last.changes,
    after: last.after.review,
    judged: last.after,
  };
}

/** What the rules propose; rules that propose nothing are told of with the reason. */
function candidatesOf(
  { judged }: JudgedSnapshot,
  { only }: RepairOptions,
  notRepaired: NotRepaired[],
): readonly Candidate[] {
  return judged.flatMap(({ id, rule, judged: parts }) => {
    if (only && !only.includes(id)) return [];
    if (!parts.some(({ outcome }) => outcome === "fail" || outcome === "partial")) return [];
    const refuse = (reason: string): [] => {
      notRepaired.push({ ruleId: id, reason, ...(!rule.repair && { isByHand: true }) });
      return [];
    };
    if (!rule.repair) return refuse(rule.byHand ?? "it takes a person");
    const proposals = parts.flatMap(({ propose }) => (propose ? [propose()] : []));
    const isWaived = waivedIn(parts);
    const edits = proposals
      .flatMap((proposal) => ("edits" in proposal ? proposal.edits : []))
      .filter(({ path }) => !isWaived(path));
    if (edits.length > 0) return [{ ruleId: id, edits }];
    const reason = proposals.find((proposal) => "reason" in proposal);
    return refuse(reason?.reason ?? NOTHING);
  });
}

/** True for a file whose findings are all waived: it was agreed that it stays as it is. */
function waivedIn(parts: readonly Judged[]): (path: string) => boolean {
  const open = new Set(parts.flatMap(({ evidence }) => evidence.map(({ path }) => path)));
  const waived = parts.flatMap((one) => one.waived ?? []).map(({ remark }) => remark.path);
  return (path) => waived.includes(path) && !open.has(path);
}

/** What is pinned is raised first. */
function pins({ edits }: Candidate): boolean {
  return edits.some(({ kind }) => kind === "pin");
}

/** Without the pins whose commit nobody knows. */
function answered(
  candidates: readonly Candidate[],
  commits: Commits,
  { tags }: RepairOptions,
  notRepaired: NotRepaired[],
): readonly Candidate[] {
  return candidates.flatMap(({ ruleId, edits }) => {
    const known = edits.filter((edit) => edit.kind !== "pin" || commits.has(questionOf(edit)));
    if (known.length > 0) return [{ ruleId, edits: known }];
    const reason = tags ? "GitHub knows no such tags" : "only GitHub knows the commits of tags, and it was not asked";
    notRepaired.push({ ruleId, reason });
    return [];
  });
}

interface Tried {
  readonly changes: readonly FileChange[];
  readonly after: JudgedSnapshot;
  /** Why each of these repairs is not well, by rule; another rule that gets worse is told of under an empty id. */
  readonly reasons: ReadonlyMap<string, string>;
}

/** Tries repairs on a snapshot in memory. */
class Trial {
  readonly #snapshot: Snapshot;
  readonly #before: JudgedSnapshot;
  readonly #commits: Commits;
  readonly #options: ReviewOptions;

  constructor(snapshot: Snapshot, before: JudgedSnapshot, commits: Commits, options: ReviewOptions) {
    this.#snapshot = snapshot;
    this.#before = before;
    this.#commits = commits;
    this.#options = options;
  }

  /** Those that can be applied, alone and with those before them; of each the files where it can. */
  async fitting(candidates: readonly Candidate[], notRepaired: NotRepaired[]): Promise<readonly Candidate[]> {
    const fitting: Candidate[] = [];
    for (const { ruleId, edits } of candidates) {
      const well: Edit[] = [];
      let reason = edits.length > MAX_EDITS ? `it takes more than ${MAX_EDITS} changes` : undefined;
      for (const [path, own] of reason === undefined ? Map.groupBy(edits, (edit) => edit.path) : []) {
        const others = fitting.flatMap((one) => one.edits.filter((edit) => edit.path === path));
        const refused = (await this.#whyRefused(own)) ?? (await this.#whyRefused([...others, ...own]));
        if (refused === undefined) well.push(...own);
        else reason ??= refused;
      }
      if (well.length > 0) fitting.push({ ruleId, edits: well });
      else notRepaired.push({ ruleId, reason: reason ?? NOTHING });
    }
    return fitting;
  }

  /** Why edits of one file cannot be done; undefined where they can, and change something. */
  async #whyRefused(edits: readonly Edit[]): Promise<string | undefined> {
    try {
      return (await changesBy(this.#snapshot, edits, this.#commits)).length > 0 ? undefined : NOTHING;
    } catch (error) {
      if (error instanceof EditRefused) return error.message;
      throw error;
    }
  }

  async of(candidates: readonly Candidate[]): Promise<Tried> {
    if (candidates.length === 0) return { changes: [], after: this.#before, reasons: new Map() };
    const changes = await this.#changesOf(candidates);
    const after = await judgeSnapshot(editedSnapshot(this.#snapshot, changes), this.#options);
    return {
      changes,
      after,
      reasons: whyNot(
        this.#before,
        after,
        candidates.map(({ ruleId }) => ruleId),
      ),
    };
  }

  /** Adds one at a time and keeps it where all is still well. */
  async oneByOne(candidates: readonly Candidate[], notRepaired: NotRepaired[]): Promise<readonly Candidate[]> {
    const accepted: Candidate[] = [];
    for (const candidate of candidates) {
      const { reasons } = await this.of([...accepted, candidate]);
      const [reason] = reasons.values();
      if (reason === undefined) accepted.push(candidate);
      else notRepaired.push({ ruleId: candidate.ruleId, reason });
    }
    return accepted;
  }

  #changesOf(candidates: readonly Candidate[]): Promise<readonly FileChange[]> {
    const edits = candidates.flatMap((candidate) => candidate.edits);
    return changesBy(this.#snapshot, edits, this.#commits);
  }
}
