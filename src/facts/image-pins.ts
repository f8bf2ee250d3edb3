import { shellCommands } from "./commands/shell.ts";
import { expand } from "./containers/variables.ts";
import { type Dependencies, dependencies } from "./dependencies.ts";
import type { Instruction } from "./dockerfiles/instructions.ts";
import { stagesOf } from "./dockerfiles/reach.ts";
import type { Stage } from "./dockerfiles/stages.ts";
import { dockerfiles } from "./dockerfiles.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { type Firmness, firmnessOf, type InstallSources } from "./image-pins/firmness.ts";
import { installOf } from "./image-pins/install.ts";
import { locks } from "./locks.ts";

/** A command of an image that installs Python packages. */
export interface PinnedInstall {
  readonly path: string;
  /** Of the instruction. */
  readonly line: number;
  readonly firmness: Firmness;
  /** Why, where the versions are not held. */
  readonly because: string;
}

export interface ImagePins {
  readonly installs: readonly PinnedInstall[];
  readonly unread: readonly UnreadFile[];
}

/** `if [ "$DEVEL" = "yes" ]`, up to its `then`. */
const FOR_DEVELOPMENT = /\bif\b[^;\n]{0,80}\$\{?\w{0,40}(?:DEV|TEST|DEBUG)\w{0,40}[^;\n]{0,80}/gi;

/** How shipped images install Python packages. */
export const imagePins = defineFact({
  spans: "repository",
  uses: { dockerfiles, dependencies, locks },
  combine: ({ tree, uses }): ImagePins => {
    const lists = [...uses.dependencies.manifests, ...uses.dependencies.constraints];
    return {
      installs: uses.dockerfiles.files
        .filter(({ purpose }) => purpose === "production")
        .flatMap((dockerfile) => {
          const stages = stagesOf(dockerfile.shipped, dockerfile);
          const sources: InstallSources = {
            dockerfile: dockerfile.path,
            lists,
            locks: uses.locks.files,
            instructions: stages.flatMap(({ instructions }) => instructions),
            variables: new Map(stages.flatMap(({ variables }) => [...variables])),
            tree,
          };
          return stages.flatMap((stage) => installsIn(dockerfile.path, stage, sources));
        }),
      unread: [
        ...uses.dockerfiles.unread.filter(({ purpose }) => purpose === "production"),
        ...unreadOf(uses.dependencies),
      ],
    };
  },
});

function unreadOf({ unread }: Dependencies): readonly UnreadFile[] {
  return unread.filter(({ path }) => path.endsWith(".txt"));
}

function installsIn(
  path: string,
  { instructions, variables }: Stage,
  sources: InstallSources,
): readonly PinnedInstall[] {
  return instructions
    .filter(({ keyword }) => keyword === "RUN")
    .flatMap((instruction) =>
      commandsOf(instruction).flatMap((words) => {
        // A variable that is empty gives no word.
        const install = installOf(words.map((word) => expand(word, variables) ?? word).filter(Boolean));
        return install ? [{ path, line: instruction.line, ...firmnessOf(install, sources) }] : [];
      }),
    );
}

/** The commands of a RUN, without those that only an image for development runs. */
function commandsOf({ text, heredocs }: Instruction): readonly (readonly string[])[] {
  return [text, ...heredocs].flatMap((script) => {
    const guarded = [...script.matchAll(FOR_DEVELOPMENT)].map(({ 0: whole, index }) => {
      const end = script.slice(index).search(/\bfi\b/);
      return { start: index + whole.length, end: end < 0 ? script.length : index + end };
    });
    return shellCommands(script)
      .filter(({ offset }) => !guarded.some(({ start, end }) => start <= offset && offset < end))
      .map(({ words }) => words);
  });
}
