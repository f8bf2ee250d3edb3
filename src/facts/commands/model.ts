import type { Purpose } from "./purpose.ts";
import type { TargetScript } from "./targets.ts";
import type { Variables } from "./variables.ts";

/** A command that runs in the end, wherever it was called from. */
export interface ResolvedCommand {
  /** Without wrappers. */
  readonly words: readonly string[];
  readonly purposes: readonly Purpose[];
  /** Where it stands itself. */
  readonly path: string;
  readonly line: number;
  /** How its failure is thrown away right there; undefined where it is not. */
  readonly masked: string | undefined;
  /** True where it runs in a container, with what the image holds. */
  readonly inContainer: boolean;
}

/** A command whose effect cannot be known. */
export interface UnresolvedCommand {
  readonly reason: string;
  /** What it may well do, by its name; empty where it plainly does something else. */
  readonly possible: readonly Purpose[];
  readonly path: string;
  readonly line: number;
  readonly inContainer?: boolean;
}

export interface Resolution {
  readonly commands: readonly ResolvedCommand[];
  readonly unresolved: readonly UnresolvedCommand[];
}

/** A script to be followed. */
export interface Script extends TargetScript {
  readonly path: string;
  /** The folder that it runs in, from the repository's root. */
  readonly folder: string;
  readonly variables?: Variables | undefined;
  /** What the step or job is called, which tells what an opaque command in it is for. */
  readonly title?: string | undefined;
  /** True for one that runs in a container. */
  readonly inContainer?: boolean | undefined;
  /** True for a shell whose variables look like commands. */
  readonly isPowerShell?: boolean | undefined;
}
