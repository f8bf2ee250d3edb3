/** A part of a package's metadata. */
export type Part = "version" | "description" | "readme" | "license" | "urls" | "requires-python";

/** What one manifest says of the package that it describes. */
export interface Package {
  readonly path: string;
  /** Of the section that describes it. */
  readonly line: number;
  readonly name: string | undefined;
  /** The version where it is written down; undefined where it is made from tags or read from a module. */
  readonly version: string | undefined;
  /** True where something builds it: a build backend, or setuptools by its own files. */
  readonly isBuilt: boolean;
  /** The keys of `[build-system]` that it has. */
  readonly buildSystem: ReadonlySet<"requires" | "build-backend">;
  /** As the index asks for them; with "Private ::" among them it takes none. */
  readonly classifiers: readonly string[];
  /** The commands that it installs. */
  readonly commands: readonly string[];
  /** The versions of Python that it allows, as written. */
  readonly requiresPython: { readonly text: string; readonly line: number } | undefined;
  /** What it states beside its name, or says to be made when it is built. */
  readonly states: ReadonlySet<Part>;
  /** True where a program makes the metadata, so that it may state more. */
  readonly isComputed: boolean;
}
