import { dependencies } from "./dependencies.ts";
import type { Instruction } from "./dockerfiles/instructions.ts";
import type { Stage } from "./dockerfiles/stages.ts";
import { type Dockerfile, dockerfiles } from "./dockerfiles.ts";
import { defineFact } from "./fact.ts";
import { type InstallCommand, installsIn } from "./installs/command.ts";
import { nameOf } from "./tree.ts";

/** An installation into an image of production. */
export interface ImageInstall extends InstallCommand {
  readonly path: string;
  readonly line: number;
  /** True in the stage that is shipped and those that it is built from; else only what is copied out of it counts. */
  readonly isFinal: boolean;
  /** What ENV and ARG set where it runs; undefined values are computed. */
  readonly variables: ReadonlyMap<string, string | undefined>;
  /** Requirements files by `-r`, as the repository holds them, or as the image's build makes them. */
  readonly requirements: readonly InstalledFile[];
}

/** A requirements file that an image installs from. */
export interface InstalledFile {
  readonly written: string;
  /** The file of the repository; undefined where the build writes it, or nobody knows. */
  readonly path: string | undefined;
  /** Whether pip checks hashes of what it holds. */
  readonly isHashed: boolean | undefined;
}

/** What the images of production install, in the stages that reach them. */
export const imageInstalls = defineFact({
  uses: { dockerfiles, dependencies },
  combine: ({ uses }): readonly ImageInstall[] => {
    const manifests = [...uses.dependencies.manifests, ...uses.dependencies.constraints];
    return uses.dockerfiles.files
      .filter(({ purpose, inherited }) => purpose === "production" && !inherited)
      .flatMap((file) =>
        shippedStages(file).flatMap((stage) =>
          stage.instructions.flatMap(({ scripts }) =>
            scripts.flatMap(({ text, lineAt }) =>
              installsIn(text).map((command) => ({
                ...command,
                path: file.path,
                line: lineAt(command.offset),
                isFinal: isBuiltFrom(file, stage),
                variables: stage.variables,
                requirements: (command.options.get("--requirement") ?? []).map((written) =>
                  fileOf(written, file, manifests),
                ),
              })),
            ),
          ),
        ),
      );
  },
});

/** The stage that is shipped, those that it is built from, and those that it copies from. */
function shippedStages({ stages, shipped }: Pick<Dockerfile, "stages" | "shipped">): readonly Stage[] {
  const reached = new Set<Stage>();
  const visit = (stage: Stage | undefined): void => {
    if (!stage || reached.has(stage)) return;
    if (stage.base.kind === "stage") visit(stages[stage.base.index]);
    reached.add(stage);
    for (const instruction of stage.instructions) for (const name of sourcesOf(instruction)) visit(stageNamed(name));
  };
  const stageNamed = (name: string): Stage | undefined =>
    stages.find((stage) => stage.name === name.toLowerCase()) ??
    (/^\d+$/.test(name) ? stages[Number(name)] : undefined);
  visit(shipped);
  return [...reached];
}

function isBuiltFrom({ stages, shipped }: Dockerfile, wanted: Stage): boolean {
  let stage: Stage | undefined = shipped;
  while (stage && stage !== wanted) stage = stage.base.kind === "stage" ? stages[stage.base.index] : undefined;
  return stage === wanted;
}

function sourcesOf({ flags }: Instruction): readonly string[] {
  return flags.flatMap(({ name, value }) =>
    name === "from" ? [value] : name === "mount" ? (/(?:^|,)from=([^,]+)/.exec(value)?.slice(1) ?? []) : [],
  );
}

type Listed = { readonly path: string; readonly isHashed: boolean };

/** The file of that name with the longest common ending; else what the build exports under the name. */
function fileOf(written: string, { stages }: Dockerfile, manifests: readonly Listed[]): InstalledFile {
  const ending = written.replace(/^(\.{0,2}\/)+/, "").split("/");
  const sameName = manifests.filter(({ path }) => nameOf(path) === ending.at(-1));
  const common = ({ path }: Listed): number => {
    const parts = path.split("/").reverse();
    return parts.findIndex((part, index) => part !== ending.at(-1 - index)) >>> 0;
  };
  const [best] = [...sameName].sort((a, b) => common(b) - common(a) || a.path.length - b.path.length);
  if (best && !written.includes("$")) return { written, path: best.path, isHashed: best.isHashed };
  const name = ending.at(-1) ?? "";
  const exports = stages
    .flatMap(({ instructions }) => instructions.flatMap(({ scripts }) => scripts.map(({ text }) => text)))
    .find((text) => /\b(poetry|uv|pdm|pipenv)\b[^\n;]*\b(export|requirements)\b/.test(text) && text.includes(name));
  if (exports === undefined) return { written, path: undefined, isHashed: undefined };
  const hasHashes = /\bpipenv\b/.test(exports)
    ? /--hash\b/.test(exports)
    : !/--without-hashes|--no-hashes/.test(exports);
  return { written, path: undefined, isHashed: hasHashes };
}
