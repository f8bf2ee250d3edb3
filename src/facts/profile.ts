import type { Profile } from "../rule.ts";
import { dependencies, runtimeOf } from "./dependencies.ts";
import { defineFact } from "./fact.ts";
import { type Signal, signalsOf } from "./profile-signals.ts";
import { describesPackage, pyprojects } from "./pyprojects.ts";
import { pythonFiles } from "./python-files.ts";

export interface ProfileFound {
  readonly id: Profile | "none";
  /** What told it. */
  readonly signals: readonly Signal[];
}

/** Points from which on a profile is found. */
const ENOUGH = 5;
/** Where points are equal, the one that asks for more. */
const MOST_DEMANDING_FIRST: readonly Profile[] = [
  "web-service",
  "serverless",
  "worker",
  "ml",
  "data-pipeline",
  "cli",
  "library",
  "automation",
  "notebooks",
  "docs-only",
];

/** What kind of thing a component is, by points for signals. */
export const profile = defineFact({
  uses: { pyprojects, pythonFiles, dependencies },
  combine: ({ tree, uses }): ProfileFound => {
    const { paths } = uses.pythonFiles;
    if (paths.length === 0) return { id: "none", signals: [] };
    if (paths.every((path) => /(^|\/)docs?\//.test(path))) return { id: "docs-only", signals: [] };
    const packages = uses.pyprojects.files.filter((file) => !file.inherited && describesPackage(file));
    const runtime = new Map([...runtimeOf(uses.dependencies)].map(([name, { path }]) => [name, path]));
    const signals = signalsOf({ tree, packages, runtime, imported: new Set() });
    const best = strongest(signals);
    return { id: best, signals: signals.filter((signal) => signal.profile === best && signal.points > 0) };
  },
});

/** The profile with the most points; scripts that nothing else claims are automation. */
function strongest(signals: readonly Signal[]): Profile {
  const totals = new Map<Profile, number>();
  for (const { profile: id, points } of signals) totals.set(id, (totals.get(id) ?? 0) + points);
  const ranked = MOST_DEMANDING_FIRST.map((id) => ({ id, points: totals.get(id) ?? 0 })).sort(
    (a, b) => b.points - a.points,
  );
  const [best] = ranked;
  if (!best || best.points === 0) return "automation";
  const isPackage = (totals.get("library") ?? 0) > 0;
  return best.points >= ENOUGH || isPackage || best.points >= 3 ? best.id : "automation";
}
