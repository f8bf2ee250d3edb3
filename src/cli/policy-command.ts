import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join, normalize } from "node:path";
import { rules } from "../../rules/index.ts";
import { reviewSnapshot } from "../engine/review-snapshot.ts";
import { createParseCache } from "../facts/parse-cache.ts";
import { assess } from "../policy/assess.ts";
import { POLICY_PATH } from "../policy/document.ts";
import type { OrganisationFiles } from "../policy/read-layers.ts";
import { type Simulated, simulated } from "../policy/simulate.ts";
import { createPythonReader } from "../python/pool.ts";
import { namedValues, policyReport } from "../report/policy-report.ts";
import type { FileContent, Snapshot } from "../snapshot/snapshot.ts";
import { errorLines, maker, ownPolicy, printable } from "./own-policy.ts";
import type { Streams, Target } from "./review-command.ts";

/** The machine is the user's own. */
const python = createPythonReader({ threads: availableParallelism() });

export interface PolicyOptions {
  readonly format: "terminal" | "json";
  /** ISO day that expiry is counted from. */
  readonly date: string;
  /** A file with the organisation's policy. */
  readonly organisation?: string | undefined;
}

/** Shows the policy that holds for a target, with the origin of every value; 1 where something is wrong with it. */
export async function showPolicy(target: Target, options: PolicyOptions, streams: Streams): Promise<number> {
  const { head: snapshot } = await target.open();
  const effective = await ownPolicy(snapshot, options.date, organisationOf(options.organisation));
  for (const line of errorLines(effective.notices)) streams.error.write(`pyready: ${line}\n`);
  const { hash, isValid, notices } = effective;
  streams.out.write(
    options.format === "json"
      ? `${JSON.stringify({ hash, valid: isValid, values: namedValues(effective), notices })}\n`
      : policyReport(effective, streams),
  );
  return notices.length > 0 ? 1 : 0;
}

/** Tells which targets would turn red under a new floor, and by which rules; 1 where any would. */
export async function simulateFloor(
  targets: readonly Target[],
  { format, date, organisation }: PolicyOptions,
  streams: Streams,
): Promise<number> {
  const floor = organisationOf(organisation);
  const wrong = floor && maker.policyOf({ files: {}, organisation: floor, date }).notices;
  for (const line of errorLines(wrong ?? [])) streams.error.write(`pyready: ${line}\n`);
  // Under half of a floor nobody learns what the whole of it would do.
  if (wrong?.length) return 2;
  let exit = 0;
  for (const { name, open } of targets) {
    try {
      const outcome = await underFloor((await open()).head, floor, date);
      streams.out.write(
        format === "json" ? `${JSON.stringify({ target: name, ...outcome })}\n` : lineOf(name, outcome),
      );
      exit = Math.max(exit, outcome.turnsRed ? 1 : 0);
    } catch (error) {
      const reason = printable((error as Error).message.split("\n", 1)[0] ?? "");
      if (format === "json") streams.out.write(`${JSON.stringify({ target: name, error: reason })}\n`);
      streams.error.write(`pyready: ${reason}\n`);
      exit = 2;
    }
  }
  return exit;
}

/** The same files judged twice: what was read and parsed is kept between. */
async function underFloor(snapshot: Snapshot, floor: OrganisationFiles | undefined, date: string): Promise<Simulated> {
  const cache = createParseCache();
  const assessed = async (organisation?: OrganisationFiles) => {
    const { policy } = await ownPolicy(snapshot, date, organisation);
    return assess(
      await reviewSnapshot(snapshot, { rules, date, cache, python, terms: async () => policy }),
      null,
      policy,
    );
  };
  return simulated(await assessed(), await assessed(floor));
}

function lineOf(name: string, { turnsRed, after, rules: blocking, reasons }: Simulated): string {
  const by = blocking.map(({ id, findings }) => `${id} (${findings})`).join(", ");
  const passes = after === "success" || after === "neutral";
  const state = turnsRed ? "turns red" : passes ? "passes" : "is red already";
  const why = turnsRed || by ? `  ${[by, ...reasons].filter(Boolean).join("; ")}` : "";
  return printable(`${state.padEnd(14)}  ${name}${why}`).concat("\n");
}

/**
 * A file as the policy of an organisation; what it builds on is looked for beside it, as in its repository.
 * @throws with a message for the person who named it
 */
function organisationOf(file: string | undefined): OrganisationFiles | undefined {
  if (file === undefined) return undefined;
  const inRepository = normalize(file).endsWith(normalize(POLICY_PATH));
  const root = inRepository ? dirname(dirname(file)) : dirname(file);
  const main: OrganisationFiles = {
    repository: file,
    files: { [POLICY_PATH]: textOf(file) },
    nameOf: (path) => (path === POLICY_PATH ? file : join(root, path)),
  };
  const present = maker.check(main).wanted.filter((path) => existsSync(join(root, path)));
  const more = present.map((path) => [path, textOf(join(root, path))]);
  return { ...main, files: { ...main.files, ...Object.fromEntries(more) } };
}

function textOf(file: string): FileContent {
  try {
    return { kind: "text", text: readFileSync(file, "utf8") };
  } catch (error) {
    throw new Error(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? "error"})`);
  }
}
