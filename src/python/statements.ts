import type { ExceptHandler, Expression, FunctionDef, ImportedName, Statement } from "../facts/source/syntax.ts";
import { ExpressionReader } from "./expressions.ts";
import { childOf, childrenOf, hasToken, namedChildren, type SyntaxNode } from "./node.ts";
import type { SourceText } from "./text.ts";

type Reader = (node: SyntaxNode, read: StatementReader, line: number) => readonly Statement[];

/** The statements of a module, a function or a block. */
export function statementsOf(block: SyntaxNode | undefined, source: SourceText): readonly Statement[] {
  return new StatementReader(source).block(block);
}

class StatementReader {
  readonly source: SourceText;
  readonly expressions: ExpressionReader;

  constructor(source: SourceText) {
    this.source = source;
    this.expressions = new ExpressionReader(source);
  }

  block(node: SyntaxNode | undefined): readonly Statement[] {
    return node ? namedChildren(node).flatMap((child) => this.statement(child)) : [];
  }

  statement(node: SyntaxNode): readonly Statement[] {
    return READERS[node.type]?.(node, this, this.source.lineAt(node.start)) ?? [];
  }

  expression(node: SyntaxNode | undefined, beside: SyntaxNode): Expression {
    return node ? this.expressions.read(node) : { kind: "Other", line: this.source.lineAt(beside.start), parts: [] };
  }

  /** The block of a clause; of `else` and `finally` as well. */
  body(node: SyntaxNode | undefined): readonly Statement[] {
    return node ? this.block(childOf(node, "block")) : [];
  }

  /** What `elif` and `else` hold: each `elif` is an `if` inside the one before. */
  alternatives([first, ...rest]: readonly SyntaxNode[]): readonly Statement[] {
    if (!first) return [];
    if (first.type === "else_clause") return this.body(first);
    return [
      {
        kind: "If",
        line: this.source.lineAt(first.start),
        test: this.expression(namedChildren(first)[0], first),
        body: this.body(first),
        orelse: this.alternatives(rest),
      },
    ];
  }

  handler(clause: SyntaxNode): ExceptHandler {
    const values = namedChildren(clause).filter(({ type }) => type !== "block");
    const [first] = values;
    const aliased = first?.type === "as_pattern" ? first : undefined;
    const types = (aliased ? namedChildren(aliased).slice(0, 1) : values).map(this.expressions.read);
    const alias = aliased && childOf(aliased, "as_pattern_target");
    return {
      line: this.source.lineAt(clause.start),
      type:
        types.length > 1 ? { kind: "Tuple", line: this.source.lineAt(clause.start), elts: types } : (types[0] ?? null),
      name: alias ? this.source.of(alias) : null,
      body: this.body(clause),
    };
  }

  importedNames(nodes: readonly SyntaxNode[]): readonly ImportedName[] {
    return nodes.map((node) => {
      const [name, alias] = node.type === "aliased_import" ? namedChildren(node) : [node];
      return { name: this.source.of(name ?? node).replace(/\s/g, ""), asName: alias ? this.source.of(alias) : null };
    });
  }

  definition(node: SyntaxNode, decorators: readonly Expression[]): readonly Statement[] {
    const name = childOf(node, "identifier");
    const shared = {
      line: this.source.lineAt(node.start),
      endLine: this.source.lineAt(Math.max(node.start, node.end - 1)),
      name: name ? this.source.of(name) : "",
      decorators,
      body: this.body(node),
    };
    if (node.type === "class_definition") {
      const list = childOf(node, "argument_list");
      const bases = list ? this.expressions.positional(list) : [];
      return [{ kind: "ClassDef", ...shared, bases, keywords: list ? this.expressions.keywords(list) : [] }];
    }
    const returns = childOf(node, "type");
    const definition: FunctionDef = {
      kind: "FunctionDef",
      ...shared,
      isAsync: hasToken(node, "async"),
      args: this.expressions.parameters(childOf(node, "parameters")),
      returns: returns ? this.expressions.read(returns) : null,
    };
    return [definition];
  }

  /** `a = b = value` has one value and several targets. */
  assignment(node: SyntaxNode, line: number): readonly Statement[] {
    const targets: Expression[] = [];
    let at: SyntaxNode | undefined = node;
    let value: SyntaxNode | undefined;
    let annotation: Expression | null = null;
    while (at?.type === "assignment") {
      const [left, ...rest] = namedChildren(at);
      targets.push(this.expression(left, at));
      const type = childOf(at, "type");
      if (type) annotation = this.expressions.read(type);
      at = rest.at(-1);
      value = at === type ? undefined : at;
    }
    return [{ kind: "Assign", line, targets, annotation, op: "=", value: value ? this.expressions.read(value) : null }];
  }
}

function simple(
  kind:
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
    | "NotPython3",
): Reader {
  return (node, read, line) => [{ kind, line, values: read.expressions.all(node) }];
}

const READERS: Readonly<Record<string, Reader>> = {
  expression_statement: (node, read, line) => {
    const [only] = namedChildren(node);
    if (only?.type === "assignment") return read.assignment(only, line);
    if (only?.type !== "augmented_assignment") return [{ kind: "Expr", line, values: read.expressions.all(node) }];
    const [left, right] = namedChildren(only);
    const op = only.children.find(({ isNamed }) => !isNamed)?.type ?? "";
    return [
      {
        kind: "Assign",
        line,
        targets: [read.expression(left, only)],
        annotation: null,
        op,
        value: read.expression(right, only),
      },
    ];
  },
  return_statement: simple("Return"),
  raise_statement: simple("Raise"),
  assert_statement: simple("Assert"),
  delete_statement: simple("Delete"),
  pass_statement: simple("Pass"),
  break_statement: simple("Break"),
  continue_statement: simple("Continue"),
  global_statement: simple("Global"),
  nonlocal_statement: simple("Global"),
  type_alias_statement: simple("TypeAlias"),
  print_statement: simple("NotPython3"),
  exec_statement: simple("NotPython3"),
  function_definition: (node, read) => read.definition(node, []),
  class_definition: (node, read) => read.definition(node, []),
  decorated_definition: (node, read) => {
    const definition = childOf(node, "function_definition", "class_definition");
    const decorators = childrenOf(node, "decorator").map((decorator) =>
      read.expression(namedChildren(decorator)[0], decorator),
    );
    return definition ? read.definition(definition, decorators) : [];
  },
  if_statement: (node, read, line) => [
    {
      kind: "If",
      line,
      test: read.expression(namedChildren(node)[0], node),
      body: read.body(node),
      orelse: read.alternatives(childrenOf(node, "elif_clause", "else_clause")),
    },
  ],
  for_statement: (node, read, line) => {
    const [target, iter] = namedChildren(node);
    return [
      {
        kind: "For",
        line,
        isAsync: hasToken(node, "async"),
        target: read.expression(target, node),
        iter: read.expression(iter, node),
        body: read.body(node),
        orelse: read.body(childOf(node, "else_clause")),
      },
    ];
  },
  while_statement: (node, read, line) => [
    {
      kind: "While",
      line,
      test: read.expression(namedChildren(node)[0], node),
      body: read.body(node),
      orelse: read.body(childOf(node, "else_clause")),
    },
  ],
  with_statement: (node, read, line) => {
    const items = childrenOf(childOf(node, "with_clause") ?? node, "with_item").map((item) => {
      const [inside] = namedChildren(item);
      if (inside?.type !== "as_pattern") return { context: read.expression(inside, item), target: null };
      const [context, target] = namedChildren(inside);
      return { context: read.expression(context, item), target: target ? read.expression(target, item) : null };
    });
    return [{ kind: "With", line, isAsync: hasToken(node, "async"), items, body: read.body(node) }];
  },
  try_statement: (node, read, line) => [
    {
      kind: "Try",
      line,
      body: read.body(node),
      handlers: childrenOf(node, "except_clause").map((clause) => read.handler(clause)),
      orelse: read.body(childOf(node, "else_clause")),
      finalbody: read.body(childOf(node, "finally_clause")),
    },
  ],
  match_statement: (node, read, line) => [
    {
      kind: "Match",
      line,
      subject: read.expression(namedChildren(node)[0], node),
      cases: childrenOf(childOf(node, "block") ?? node, "case_clause").map((clause) => read.body(clause)),
    },
  ],
  import_statement: (node, read, line) => [{ kind: "Import", line, names: read.importedNames(namedChildren(node)) }],
  future_import_statement: (node, read, line) => [
    { kind: "ImportFrom", line, module: "__future__", level: 0, names: read.importedNames(namedChildren(node)) },
  ],
  import_from_statement: (node, read, line) => {
    const [from, ...names] = namedChildren(node);
    const written = from ? read.source.of(from).replace(/\s/g, "") : "";
    const module = written.replace(/^\.+/, "");
    const imported = names.map((name) => (name.type === "wildcard_import" ? { name: "*", asName: null } : name));
    return [
      {
        kind: "ImportFrom",
        line,
        module,
        level: written.length - module.length,
        names: imported.flatMap((name) => ("asName" in name ? [name] : read.importedNames([name]))),
      },
    ];
  },
  // What stands around a syntax error is read as far as it can be.
  ERROR: (node, read) => read.block(node),
};
