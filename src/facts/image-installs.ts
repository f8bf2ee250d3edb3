import { type Dependencies, dependencies } from "./dependencies.ts";
import { stagesOf } from "./dockerfiles/reach.ts";
import { lineageOf } from "./dockerfiles/stages.ts";
import { type Dockerfile, dockerfiles } from "./dockerfiles.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { firmnessOf, type InstallSources, type Verdict } from "./image-installs/firmness.ts";
import { exportHasHashes, listOf } from "./image-installs/lists.ts";
import { type InstallCommand, installsIn } from "./installs/command.ts";
import { type Lock, locks } from "./locks.ts";

/** An installation into an image of production, and how firmly it is held to tested versions. */
export interface ImageInstall extends InstallCommand, Verdict {
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

export interface ImageInstalls {
  readonly installs: readonly ImageInstall[];
  readonly unread: readonly UnreadFile[];
}

/** What the images of production install, in the stages that reach them. */
export const imageInstalls = defineFact({
  uses: { dockerfiles, dependencies, locks },
  combine: ({ uses }): ImageInstalls => ({
    installs: uses.dockerfiles.files
      .filter(({ purpose, inherited }) => purpose === "production" && !inherited)
      .flatMap((dockerfile) => installsOf(dockerfile, uses.dependencies, uses.locks.files)),
    unread: [
      ...uses.dockerfiles.unread.filter(({ purpose }) => purpose === "production"),
      ...uses.dependencies.unread.filter(({ path }) => path.endsWith(".txt")),
    ],
  }),
});

function installsOf(
  dockerfile: Dockerfile,
  { manifests, constraints }: Dependencies,
  all: readonly Lock[],
): readonly ImageInstall[] {
  const stages = stagesOf(dockerfile.shipped, dockerfile);
  const lineage = lineageOf(dockerfile.shipped, dockerfile.stages);
  const sources: InstallSources = {
    dockerfile: dockerfile.path,
    lists: [...manifests, ...constraints],
    locks: all,
    instructions: stages.flatMap(({ instructions }) => instructions),
    variables: new Map(stages.flatMap(({ variables }) => [...variables])),
  };
  return stages.flatMap((stage) =>
    stage.instructions.flatMap(({ scripts }) =>
      scripts.flatMap(({ text, lineAt }) =>
        installsIn(text, stage.variables).map((command) => ({
          ...command,
          ...firmnessOf(command, sources),
          path: dockerfile.path,
          line: lineAt(command.offset),
          isFinal: lineage.includes(stage),
          variables: stage.variables,
          requirements: (command.options.get("--requirement") ?? []).map((file) => installedFile(file, sources)),
        })),
      ),
    ),
  );
}

function installedFile(written: string, sources: InstallSources): InstalledFile {
  const list = written.includes("$") ? undefined : listOf(written, sources);
  return { written, path: list?.path, isHashed: list ? list.isHashed : exportHasHashes(written, sources.instructions) };
}
