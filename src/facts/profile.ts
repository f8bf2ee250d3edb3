import type { Profile } from "../rule.ts";
import { dependencies, runtimeOf } from "./dependencies.ts";
import { dockerfiles } from "./dockerfiles.ts";
import { defineFact } from "./fact.ts";
import { packages } from "./packages.ts";
import { platformFiles } from "./platform-files.ts";
import { automation, commandLine, dataPipeline, library, machineLearning, notebooks } from "./profile/programs.ts";
import { serverlessFunction, webService, worker } from "./profile/services.ts";
import { isInstalled, type Signal, type SignalSources } from "./profile/sources.ts";
import { publishing } from "./publishing.ts";
import { pythonFiles } from "./python-files.ts";
import { isAuxiliary } from "./tree.ts";

export interface ProfileFound {
  readonly id: Profile | "none";
  /** What told it. */
  readonly signals: readonly Signal[];
  /** True where it reaches its users as a package of an index, and nothing in the repository deploys it. */
  readonly isInstalled: boolean;
}

/** Points from which on a profile is found. */
const ENOUGH = 3;
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

const HINTS = [
  webService,
  worker,
  serverlessFunction,
  dataPipeline,
  machineLearning,
  commandLine,
  library,
  automation,
  notebooks,
];

/** What kind of thing a component is, by points for signals. */
export const profile = defineFact({
  uses: { pythonFiles, dependencies, packages, dockerfiles, platformFiles, publishing },
  combine: ({ tree, uses }): ProfileFound => {
    const { paths } = uses.pythonFiles;
    if (paths.length === 0) return { id: "none", signals: [], isInstalled: false };
    if (paths.every((path) => /(^|\/)docs?\//.test(path))) return { id: "docs-only", signals: [], isInstalled: false };
    const sources: SignalSources = {
      tree,
      product: tree.paths.filter((path) => tree.isFirstParty(path) && !isAuxiliary(path)),
      packages: uses.packages.all,
      runtime: new Map([...runtimeOf(uses.dependencies)].map(([name, { path }]) => [name, path])),
      images: uses.dockerfiles.files.filter(({ purpose, inherited }) => purpose === "production" && !inherited),
      platforms: uses.platformFiles.files,
      uploads: [...uses.publishing.uploads.filter(({ isRunHere }) => isRunHere), ...uses.publishing.elsewhere],
    };
    const signals = HINTS.flatMap((hints) => hints(sources));
    const id = strongest(signals);
    return {
      id,
      signals: signals.filter((signal) => signal.profile === id && signal.points > 0),
      isInstalled: isInstalled(sources),
    };
  },
});

/** The profile with the most points; scripts that nothing else claims are automation. */
function strongest(signals: readonly Signal[]): Profile {
  const totals = new Map<Profile, number>();
  for (const { profile: id, points } of signals) totals.set(id, (totals.get(id) ?? 0) + points);
  const [best] = MOST_DEMANDING_FIRST.map((id) => ({ id, points: totals.get(id) ?? 0 })).sort(
    (a, b) => b.points - a.points,
  );
  return best && best.points >= ENOUGH ? best.id : "automation";
}
