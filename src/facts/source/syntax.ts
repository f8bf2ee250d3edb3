/**
 * Python's syntax under the names of its own `ast` module, as far as rules ask for it.
 * Source: https://docs.python.org/3/library/ast.html
 */

interface Located {
  /** One-based. */
  readonly line: number;
}

export interface Name extends Located {
  readonly kind: "Name";
  readonly id: string;
}

export interface Attribute extends Located {
  readonly kind: "Attribute";
  readonly value: Expression;
  readonly attr: string;
}

/** A literal. Numbers keep their text, because only few of them fit a number of JavaScript's. */
export interface Constant extends Located {
  readonly kind: "Constant";
  readonly type: "str" | "bytes" | "number" | "bool" | "None" | "Ellipsis";
  /** The text of a string, its escapes decoded; of a number as written; `True`, `False`, `None`, `...`. */
  readonly value: string;
}

/** An f-string or t-string: literal parts are constants, the others what stands in braces. */
export interface JoinedStr extends Located {
  readonly kind: "JoinedStr";
  readonly values: readonly Expression[];
}

export interface Keyword extends Located {
  /** Null for `**mapping`. */
  readonly arg: string | null;
  readonly value: Expression;
}

export interface Call extends Located {
  readonly kind: "Call";
  readonly func: Expression;
  readonly args: readonly Expression[];
  readonly keywords: readonly Keyword[];
}

export interface Subscript extends Located {
  readonly kind: "Subscript";
  readonly value: Expression;
  /** A tuple where several stand between the brackets. */
  readonly slice: Expression;
}

export interface Sequence extends Located {
  readonly kind: "List" | "Tuple" | "Set";
  readonly elts: readonly Expression[];
}

export interface Dict extends Located {
  readonly kind: "Dict";
  /** A null key stands for `**mapping`. */
  readonly items: readonly { readonly key: Expression | null; readonly value: Expression }[];
}

export interface UnaryOp extends Located {
  readonly kind: "UnaryOp";
  readonly op: string;
  readonly operand: Expression;
}

export interface BinOp extends Located {
  readonly kind: "BinOp";
  readonly op: string;
  readonly left: Expression;
  readonly right: Expression;
}

export interface BoolOp extends Located {
  readonly kind: "BoolOp";
  readonly op: "and" | "or";
  readonly left: Expression;
  readonly right: Expression;
}

export interface Compare extends Located {
  readonly kind: "Compare";
  readonly left: Expression;
  readonly ops: readonly string[];
  readonly comparators: readonly Expression[];
}

export interface IfExp extends Located {
  readonly kind: "IfExp";
  readonly test: Expression;
  readonly body: Expression;
  readonly orelse: Expression;
}

export interface Lambda extends Located {
  readonly kind: "Lambda";
  readonly args: readonly Parameter[];
  readonly body: Expression;
}

export interface Comprehension extends Located {
  readonly kind: "Comprehension";
  readonly of: "list" | "set" | "dict" | "generator";
  readonly elt: Expression;
  /** The value of a dictionary's comprehension. */
  readonly value: Expression | null;
  /** What is iterated over and what is asked of each, in order. */
  readonly clauses: readonly Expression[];
}

/** `await x`, `yield x`, `yield from x`, `*x`, `(name := x)`: one expression inside another. */
export interface Wrapped extends Located {
  readonly kind: "Await" | "Yield" | "Starred" | "NamedExpr";
  readonly value: Expression | null;
  /** The name that a named expression binds. */
  readonly target: Expression | null;
}

/** What is not Python, or is not asked for: slices, patterns, types of the newest grammar. */
export interface Other extends Located {
  readonly kind: "Other";
  readonly parts: readonly Expression[];
}

export type Expression =
  | Name
  | Attribute
  | Constant
  | JoinedStr
  | Call
  | Subscript
  | Sequence
  | Dict
  | UnaryOp
  | BinOp
  | BoolOp
  | Compare
  | IfExp
  | Lambda
  | Comprehension
  | Wrapped
  | Other;

export interface Parameter extends Located {
  readonly name: string;
  readonly kind: "plain" | "star" | "double-star";
  readonly annotation: Expression | null;
  readonly default: Expression | null;
}

export interface FunctionDef extends Located {
  readonly kind: "FunctionDef";
  readonly name: string;
  readonly isAsync: boolean;
  readonly args: readonly Parameter[];
  readonly returns: Expression | null;
  readonly decorators: readonly Expression[];
  readonly body: readonly Statement[];
  readonly endLine: number;
}

export interface ClassDef extends Located {
  readonly kind: "ClassDef";
  readonly name: string;
  readonly bases: readonly Expression[];
  readonly keywords: readonly Keyword[];
  readonly decorators: readonly Expression[];
  readonly body: readonly Statement[];
  readonly endLine: number;
}

/** `a = b = value`, `a: int = value`, `a += value`. */
export interface Assign extends Located {
  readonly kind: "Assign";
  readonly targets: readonly Expression[];
  readonly annotation: Expression | null;
  /** `=`, or the operator of an augmented assignment: `+=`. */
  readonly op: string;
  /** Null for a bare annotation. */
  readonly value: Expression | null;
}

export interface If extends Located {
  readonly kind: "If";
  readonly test: Expression;
  readonly body: readonly Statement[];
  /** `elif` is an If that stands alone here. */
  readonly orelse: readonly Statement[];
}

export interface For extends Located {
  readonly kind: "For";
  readonly isAsync: boolean;
  readonly target: Expression;
  readonly iter: Expression;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
}

export interface While extends Located {
  readonly kind: "While";
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
}

export interface With extends Located {
  readonly kind: "With";
  readonly isAsync: boolean;
  readonly items: readonly { readonly context: Expression; readonly target: Expression | null }[];
  readonly body: readonly Statement[];
}

export interface ExceptHandler extends Located {
  /** Null for a bare `except:`. */
  readonly type: Expression | null;
  readonly name: string | null;
  readonly body: readonly Statement[];
}

export interface Try extends Located {
  readonly kind: "Try";
  readonly body: readonly Statement[];
  readonly handlers: readonly ExceptHandler[];
  readonly orelse: readonly Statement[];
  readonly finalbody: readonly Statement[];
}

export interface Match extends Located {
  readonly kind: "Match";
  readonly subject: Expression;
  readonly cases: readonly (readonly Statement[])[];
}

export interface Import extends Located {
  readonly kind: "Import";
  readonly names: readonly ImportedName[];
}

export interface ImportFrom extends Located {
  readonly kind: "ImportFrom";
  /** Without the leading dots; empty for `from . import x`. */
  readonly module: string;
  /** How many dots lead. */
  readonly level: number;
  /** One name `*` for everything. */
  readonly names: readonly ImportedName[];
}

export interface ImportedName {
  readonly name: string;
  readonly asName: string | null;
}

/** Statements that are one word and at most expressions. */
export interface Simple extends Located {
  readonly kind:
    | "Expr"
    | "Return"
    | "Raise"
    | "Assert"
    | "Delete"
    | "Pass"
    | "Break"
    | "Continue"
    | "Global"
    | "TypeAlias"
    | "NotPython3";
  readonly values: readonly Expression[];
}

export type Statement =
  | FunctionDef
  | ClassDef
  | Assign
  | If
  | For
  | While
  | With
  | Try
  | Match
  | Import
  | ImportFrom
  | Simple;

/** What Ruff says of a place. */
export interface Diagnostic extends Located {
  readonly message: string;
}

export interface Comment extends Located {
  readonly text: string;
}

/** One file of Python. */
export interface Module {
  readonly path: string;
  readonly text: string;
  /** How many lines it has. */
  readonly lines: number;
  readonly body: readonly Statement[];
  readonly comments: readonly Comment[];
  /** True where some of it does not follow the grammar, which is wider than any one version of Python. */
  readonly hasErrors: boolean;
  /** What Ruff says of its syntax, as Python 3.7 reads it; asked once, when first wanted. */
  diagnostics(): readonly Diagnostic[];
}
