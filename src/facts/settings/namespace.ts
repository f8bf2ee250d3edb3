import type { DataNode } from "../formats/node.ts";
import type { ProductionVariable } from "../production-variables.ts";
import type { SettingsSource } from "../source/settings.ts";
import type { Folded } from "./folded.ts";

/** A setting with where it got its value last. */
export interface Setting {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  readonly value: Folded;
}

/** What a module leaves behind when it has run. */
export interface Namespace {
  readonly settings: ReadonlyMap<string, Setting>;
  /** True where something that is not here sets more. */
  readonly isOpen: boolean;
  /** True where a file that need not be there may set more. */
  readonly isExtensible: boolean;
  /** What the start is refused for. */
  readonly refused: ReadonlySet<string>;
}

/** The modules that can be imported, and what is set from outside. */
export interface Program {
  source(path: string): SettingsSource | undefined;
  /** The path of a module as seen from a file; undefined where the repository has none of that name. */
  resolve(module: string, level: number, from: string): string | undefined;
  /** The files that a pattern of django-split-settings means. */
  included(pattern: string, from: string): readonly string[];
  /** True for a module that exists and whose text tells nothing, or could not be read. */
  isUnread(path: string): boolean;
  variable(name: string): ProductionVariable | undefined;
  /** All of them. */
  readonly variables: ReadonlyMap<string, ProductionVariable>;
  /** True for a path that is there. */
  has(path: string): boolean;
  readonly paths: readonly string[];
  /** The data of a file of settings that is no Python; undefined where it could not be read. */
  data(path: string): DataNode | undefined;
  /** An attribute of an object of settings: `settings.DEBUG`. */
  attribute(name: string): Folded | undefined;
}
