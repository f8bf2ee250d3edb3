import { type Purpose, purposesOf } from "./purpose.ts";
import { shellCommands } from "./shell.ts";
import { suggestedBy } from "./suggestion.ts";
import type { TargetFile } from "./targets.ts";
import { unwrap } from "./unwrap.ts";

const known = new WeakMap<TargetFile, readonly Purpose[]>();

/** What any target of a file may be for; by a name where none of their commands is known. */
export function purposesOfTargets(file: TargetFile, name: string): readonly Purpose[] {
  const found = known.get(file) ?? purposesOfAll(file);
  known.set(file, found);
  return found.length > 0 ? found : suggestedBy(name);
}

function purposesOfAll({ targets }: TargetFile): readonly Purpose[] {
  const found = [...targets.values()]
    .flat()
    .flatMap(({ text }) => shellCommands(text))
    .flatMap(({ words }) => [...purposesOf(words), ...purposesOf(unwrap(words))]);
  return [...new Set(found)];
}
