import type { TargetFiles } from "../target-files.ts";
import type { Budget } from "./budget.ts";
import { Follower } from "./follower.ts";
import type { Resolution, Script } from "./model.ts";

/** Follows a script through the targets and scripts of the repository to the commands that run in the end. */
export function resolveScript(script: Script, sources: TargetFiles, shared: Budget): Resolution {
  const follower = new Follower(sources, shared);
  follower.follow(script);
  return { commands: distinct(follower.commands), unresolved: distinct(follower.unresolved) };
}

function distinct<Item extends object>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
