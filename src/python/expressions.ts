import type { Expression, Keyword, Parameter } from "../facts/source/syntax.ts";
import { childOf, childrenOf, hasToken, namedChildren, type SyntaxNode } from "./node.ts";
import { concatenated, stringOf } from "./strings.ts";
import type { SourceText } from "./text.ts";

type Reader = (node: SyntaxNode, read: ExpressionReader, line: number) => Expression;

const SEQUENCES: Readonly<Record<string, "List" | "Tuple" | "Set">> = {
  list: "List",
  list_pattern: "List",
  tuple: "Tuple",
  tuple_pattern: "Tuple",
  expression_list: "Tuple",
  pattern_list: "Tuple",
  set: "Set",
};
const COMPREHENSIONS: Readonly<Record<string, "list" | "set" | "dict" | "generator">> = {
  list_comprehension: "list",
  set_comprehension: "set",
  dictionary_comprehension: "dict",
  generator_expression: "generator",
};
const CONSTANTS: Readonly<Record<string, "number" | "bool" | "None" | "Ellipsis">> = {
  integer: "number",
  float: "number",
  true: "bool",
  false: "bool",
  none: "None",
  ellipsis: "Ellipsis",
};

/** Turns nodes of the grammar into expressions. */
export class ExpressionReader {
  readonly source: SourceText;

  constructor(source: SourceText) {
    this.source = source;
  }

  read = (node: SyntaxNode): Expression => {
    const line = this.source.lineAt(node.start);
    const sequence = SEQUENCES[node.type];
    if (sequence) return { kind: sequence, line, elts: this.all(node) };
    const constant = CONSTANTS[node.type];
    if (constant) return { kind: "Constant", type: constant, line, value: this.source.of(node) };
    const comprehension = COMPREHENSIONS[node.type];
    if (comprehension) return this.#comprehension(node, comprehension, line);
    return READERS[node.type]?.(node, this, line) ?? { kind: "Other", line, parts: this.all(node) };
  };

  all(node: SyntaxNode): readonly Expression[] {
    return namedChildren(node).map(this.read);
  }

  /** The named child at this place; what the grammar could not read is no expression. */
  child(node: SyntaxNode, index: number): Expression {
    const child = namedChildren(node)[index];
    return child ? this.read(child) : { kind: "Other", line: this.source.lineAt(node.start), parts: [] };
  }

  keywords(list: SyntaxNode): readonly Keyword[] {
    return childrenOf(list, "keyword_argument", "dictionary_splat").map((node) => {
      const isSplat = node.type === "dictionary_splat";
      const [name] = namedChildren(node);
      return {
        line: this.source.lineAt(node.start),
        arg: isSplat || !name ? null : this.source.of(name),
        value: this.child(node, isSplat ? 0 : 1),
      };
    });
  }

  positional(list: SyntaxNode): readonly Expression[] {
    const isKeyword = ({ type }: SyntaxNode) => type === "keyword_argument" || type === "dictionary_splat";
    return namedChildren(list)
      .filter((node) => !isKeyword(node))
      .map(this.read);
  }

  parameters(list: SyntaxNode | undefined): readonly Parameter[] {
    const isSeparator = ({ type }: SyntaxNode) => type === "keyword_separator" || type === "positional_separator";
    return (list ? namedChildren(list) : []).filter((node) => !isSeparator(node)).map((node) => this.#parameter(node));
  }

  #parameter(node: SyntaxNode): Parameter {
    const parts = namedChildren(node);
    const name = node.type === "identifier" || parts.length === 0 ? node : (parts[0] as SyntaxNode);
    const splat = [node, name].find(({ type }) => type.endsWith("splat_pattern"));
    const type = childOf(node, "type");
    const given = node.type.endsWith("default_parameter") ? parts.at(-1) : undefined;
    return {
      line: this.source.lineAt(node.start),
      name: this.source.of(name).replace(/^\*+\s*/, ""),
      kind: splat === undefined ? "plain" : splat.type.startsWith("dictionary") ? "double-star" : "star",
      annotation: type ? this.read(type) : null,
      default: given ? this.read(given) : null,
    };
  }

  #comprehension(node: SyntaxNode, of: "list" | "set" | "dict" | "generator", line: number): Expression {
    const [body, ...clauses] = namedChildren(node);
    const isPair = body?.type === "pair";
    return {
      kind: "Comprehension",
      of,
      line,
      elt: isPair ? this.child(body, 0) : this.child(node, 0),
      value: isPair ? this.child(body, 1) : null,
      clauses: clauses.flatMap((clause) =>
        clause.type === "for_in_clause" ? this.all(clause).slice(1) : this.all(clause),
      ),
    };
  }
}

/** The tokens between the operands. */
function operators(node: SyntaxNode): readonly string[] {
  return node.children.filter(({ isNamed }) => !isNamed).map(({ type }) => type);
}

const READERS: Readonly<Record<string, Reader>> = {
  identifier: (node, { source }, line) => ({ kind: "Name", line, id: source.of(node) }),
  dotted_name: (node, { source }, line) =>
    namedChildren(node)
      .map((part): Expression => ({ kind: "Name", line, id: source.of(part) }))
      .reduce((value, part) => ({ kind: "Attribute", line, value, attr: part.kind === "Name" ? part.id : "" })),
  attribute: (node, read) => {
    const name = namedChildren(node)[1];
    // The line of the name: a chain over several lines is found where its call stands.
    const line = read.source.lineAt(name?.start ?? node.start);
    return { kind: "Attribute", line, value: read.child(node, 0), attr: name ? read.source.of(name) : "" };
  },
  call: (node, read, line) => {
    const [, list] = namedChildren(node);
    const isGenerator = list?.type === "generator_expression";
    return {
      kind: "Call",
      line,
      func: read.child(node, 0),
      args: list ? (isGenerator ? [read.read(list)] : read.positional(list)) : [],
      keywords: list && !isGenerator ? read.keywords(list) : [],
    };
  },
  string: (node, read) => stringOf(node, read.source, read.read),
  concatenated_string: (node, read, line) => concatenated(read.all(node), line),
  parenthesized_expression: (node, read) => read.child(node, 0),
  type: (node, read) => read.child(node, 0),
  subscript: (node, read, line) => {
    const [value, ...slices] = read.all(node);
    const [only] = slices;
    const slice: Expression = only && slices.length === 1 ? only : { kind: "Tuple", line, elts: slices };
    return { kind: "Subscript", line, value: value ?? read.child(node, 0), slice };
  },
  // `list[int]` in an annotation.
  generic_type: (node, read, line) => {
    const parameters = namedChildren(node)[1];
    const elts = parameters ? read.all(parameters) : [];
    const [only] = elts;
    const slice: Expression = only && elts.length === 1 ? only : { kind: "Tuple", line, elts };
    return { kind: "Subscript", line, value: read.child(node, 0), slice };
  },
  union_type: (node, read, line) => ({
    kind: "BinOp",
    line,
    op: "|",
    left: read.child(node, 0),
    right: read.child(node, 1),
  }),
  dictionary: (node, read, line) => ({
    kind: "Dict",
    line,
    items: namedChildren(node).map((item) =>
      item.type === "pair"
        ? { key: read.child(item, 0), value: read.child(item, 1) }
        : { key: null, value: read.child(item, 0) },
    ),
  }),
  unary_operator: (node, read, line) => ({
    kind: "UnaryOp",
    line,
    op: operators(node)[0] ?? "",
    operand: read.child(node, 0),
  }),
  not_operator: (node, read, line) => ({ kind: "UnaryOp", line, op: "not", operand: read.child(node, 0) }),
  binary_operator: (node, read, line) => ({
    kind: "BinOp",
    line,
    op: operators(node)[0] ?? "",
    left: read.child(node, 0),
    right: read.child(node, 1),
  }),
  boolean_operator: (node, read, line) => ({
    kind: "BoolOp",
    line,
    op: hasToken(node, "and") ? "and" : "or",
    left: read.child(node, 0),
    right: read.child(node, 1),
  }),
  comparison_operator: (node, read, line) => ({
    kind: "Compare",
    line,
    left: read.child(node, 0),
    ops: operators(node),
    comparators: read.all(node).slice(1),
  }),
  conditional_expression: (node, read, line) => ({
    kind: "IfExp",
    line,
    body: read.child(node, 0),
    test: read.child(node, 1),
    orelse: read.child(node, 2),
  }),
  lambda: (node, read, line) => ({
    kind: "Lambda",
    line,
    args: read.parameters(childOf(node, "lambda_parameters")),
    body: read.child(node, namedChildren(node).length - 1),
  }),
  await: (node, read, line) => ({ kind: "Await", line, value: read.child(node, 0), target: null }),
  yield: (node, read, line) => ({ kind: "Yield", line, value: read.all(node)[0] ?? null, target: null }),
  named_expression: (node, read, line) => ({
    kind: "NamedExpr",
    line,
    target: read.child(node, 0),
    value: read.child(node, 1),
  }),
  list_splat: (node, read, line) => ({ kind: "Starred", line, value: read.child(node, 0), target: null }),
  list_splat_pattern: (node, read, line) => ({ kind: "Starred", line, value: read.child(node, 0), target: null }),
  as_pattern_target: (node, read) => read.child(node, 0),
  // An assignment that is the value of another: `a = b = c`.
  assignment: (node, read) => read.child(node, namedChildren(node).length - 1),
};
