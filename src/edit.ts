/** A value as it is written into YAML or TOML. */
export type Data = string | number | boolean | null | readonly Data[] | { readonly [key: string]: Data };

/** Where a value stands in a YAML or TOML file. */
interface DataPlace {
  readonly path: string;
  /** Keys and indexes from the root of the document, or from the map that `line` names. */
  readonly at: readonly (string | number)[];
  /** YAML: `at` starts at the map whose key is the first on this one-based line, in whatever document it is. */
  readonly line?: number | undefined;
  /** YAML: of the maps on `line`, the one that has this key there. */
  readonly key?: string | undefined;
  /** YAML: the zero-based document of the file; the first when absent. */
  readonly document?: number | undefined;
}

/**
 * One change to a file, as plain data: a rule says what should stand where, and the engine finds the
 * characters. All that an edit does not name keeps its comments, order, quotes, indentation and line ends.
 * Lines are one-based lines of the file as it is; texts are written with `\n` and get the file's line ends.
 */
export type Edit =
  /** A new file; refused where one is. */
  | { readonly kind: "create"; readonly path: string; readonly text: string }
  /** Another text for a piece that stands exactly once on the line. */
  | {
      readonly kind: "replace";
      readonly path: string;
      readonly line: number;
      readonly piece: string;
      readonly by: string;
    }
  /** Whole lines after a line; 0 is before the first. */
  | { readonly kind: "insert"; readonly path: string; readonly after: number; readonly lines: string }
  /** Whole lines at the end of a file, which is created where it is absent. */
  | { readonly kind: "append"; readonly path: string; readonly lines: string }
  /** Takes lines out: one, or so many from it on. */
  | { readonly kind: "delete"; readonly path: string; readonly line: number; readonly count?: number }
  /**
   * A value at a path of a YAML or TOML file; file and keys are created where absent, in YAML before the key
   * `before` where the map has it. A comment stands behind a scalar, and above a map or list.
   */
  | (DataPlace & {
      readonly kind: "set";
      readonly value: Data;
      readonly before?: string | undefined;
      readonly comment?: string | undefined;
    })
  /** An item of the list at a path, which is created where absent as its file is: at the end, or before the item of this index. */
  | (DataPlace & { readonly kind: "add"; readonly value: Data; readonly before?: number | undefined })
  /** Takes out a key or an item, and a map or list that is empty without it. */
  | (DataPlace & { readonly kind: "unset" })
  /** Lines of a Dockerfile in place of the instruction that stands on this line, or around it; no text takes it out. */
  | {
      readonly kind: "instruction";
      readonly path: string;
      readonly line: number;
      readonly put: "instead" | "before" | "after";
      readonly text: string;
    }
  /**
   * The commit of an action's tag or branch in place of it, which stays as a comment. Only GitHub knows the commit:
   * whoever applies the edit asks for it first.
   */
  | {
      readonly kind: "pin";
      readonly path: string;
      readonly line: number;
      readonly owner: string;
      readonly repository: string;
      readonly ref: string;
    };
