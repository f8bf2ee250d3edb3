import { availableParallelism } from "node:os";
import { rules } from "../../rules/index.ts";
import { type Repair, repairsOf } from "../engine/repair/repairs.ts";
import { reviewChange } from "../engine/review-change.ts";
import { silences, trusted } from "../engine/trusted.ts";
import { createParseCache } from "../facts/parse-cache.ts";
import { assess } from "../policy/assess.ts";
import type { Assessment } from "../policy/assessment.ts";
import { silencingNotices } from "../policy/changes.ts";
import { passesGate } from "../policy/gate.ts";
import type { Policy } from "../policy/policy.ts";
import { reviewNotices } from "../policy/review-notices.ts";
import { createPythonReader } from "../python/pool.ts";
import { recorded } from "../snapshot/saved.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { errorLines, ownPolicy } from "./own-policy.ts";
import { ownRulesOf } from "./own-rules.ts";
import { type Format, render } from "./render.ts";
import { createReportWriter } from "./report-writer.ts";

/** The machine is the user's own: it may be busy for the seconds that a review takes. */
export const python = createPythonReader({ threads: availableParallelism() });

export interface ReviewOptions {
  readonly format: Format;
  /** A file, or a folder for a file each, instead of standard output. */
  readonly output?: string | undefined;
  readonly minScore?: number | undefined;
  /** ISO day from which end-of-life is counted. */
  readonly date: string;
  /** A file to keep the snapshot in, with what was read of it. */
  readonly save?: string | undefined;
  readonly docsUrl: string;
  /** Tries what `fix` would change, so that the report can tell. */
  readonly repairs?: boolean | undefined;
}

/** Where the command line writes. */
export interface Streams {
  readonly out: { write(text: string): void };
  readonly error: { write(text: string): void };
  /** True where `out` is a person's terminal. */
  readonly color: boolean;
  /** True where `error` is one, and progress may be shown on it. */
  readonly progress: boolean;
}

/** A snapshot, and what it is compared with, if anything. */
export interface Compared {
  readonly head: Snapshot;
  readonly base: Snapshot | null;
}

/** Snapshots to come, with the name that their errors are told by. */
export interface Target {
  readonly name: string;
  open(): Promise<Compared>;
}

/**
 * Reviews targets in their order and writes a report for each.
 * @returns 0 when every gate passes, 1 when one does not, 2 when a target could not be reviewed.
 */
export async function reviewTargets(
  targets: readonly Target[],
  options: ReviewOptions,
  streams: Streams,
): Promise<number> {
  const { format, output } = options;
  const showsProgress = streams.progress && targets.length > 1;
  const clear = showsProgress ? "\r\u001b[K" : "";
  const write = (text: string): void => {
    streams.error.write(clear);
    streams.out.write(text);
  };
  const fail = (error: unknown): 2 => {
    streams.error.write(`${clear}pyready: ${oneLine(error)}\n`);
    return 2;
  };
  try {
    const writer = createReportWriter({ format, output, targets: targets.length, stream: { write } });
    let exit = 0;
    for (const [index, target] of targets.entries()) {
      if (showsProgress) streams.error.write(`${clear}${index + 1} of ${targets.length}  ${printable(target.name)}`);
      try {
        const { assessment, repairs } = await judgeOne(target, options);
        for (const line of errorLines(assessment.notices)) streams.error.write(`${clear}pyready: ${line}\n`);
        writer.write(target.name, render(assessment, format, { ...options, repairs }, streams.color));
        exit = Math.max(exit, passesGate(assessment) ? 0 : 1);
      } catch (error) {
        if (format === "json")
          writer.write(target.name, `${JSON.stringify({ target: target.name, error: oneLine(error) })}\n`);
        exit = fail(error);
      }
    }
    writer.end();
    streams.error.write(clear);
    return exit;
  } catch (error) {
    return fail(error);
  }
}

interface JudgedTarget {
  readonly assessment: Assessment;
  /** Those that were tried, and hold. */
  readonly repairs: readonly Repair[];
}

/** Judges a target by its own policy. */
export async function assessOne(target: Target, options: Pick<ReviewOptions, "date">): Promise<Assessment> {
  return (await judgeOne(target, options)).assessment;
}

async function judgeOne(
  target: Target,
  options: Pick<ReviewOptions, "date" | "save" | "minScore" | "repairs">,
): Promise<JudgedTarget> {
  const { date, save } = options;
  const { head, base } = await target.open();
  const kept = recorded(head);
  const own = await ownPolicy(kept.snapshot, date);
  const more = await ownRulesOf(kept.snapshot);
  const policy = withMinScore(own.policy, options);
  const all = [...rules, ...more.rules];
  const how = { rules: all, date, python, cache: createParseCache(), terms: async () => policy };
  const reviewed = base ? trusted(kept.snapshot, base) : kept.snapshot;
  const source = { snapshot: async () => base, isProposed: base !== null };
  const { review, comparison } = await reviewChange(reviewed, source, how);
  const { repairs } = options.repairs ? await repairsOf(reviewed, how) : { repairs: [] };
  if (save !== undefined)
    await kept.save(save).catch((error: NodeJS.ErrnoException) => {
      throw new Error(`${save} cannot be written (${error.code ?? "error"})`);
    });
  const { touched = [], removed = [] } = comparison?.change ?? {};
  const silencing = silencingNotices([...touched, ...removed].filter(silences).sort());
  const notices = [...own.notices, ...more.notices, ...reviewNotices(policy, review), ...silencing];
  return { assessment: assess(review, comparison, policy, notices), repairs };
}

/** What is asked for on the command line wins over the policy. */
function withMinScore(policy: Policy, { minScore }: Pick<ReviewOptions, "minScore">): Policy {
  return minScore === undefined ? policy : { ...policy, gate: { ...policy.gate, minScore } };
}

export function oneLine(error: unknown): string {
  return printable((error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "");
}

export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, " ");
}
