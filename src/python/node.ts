import type { TreeCursor } from "web-tree-sitter";

/** A node of tree-sitter's tree, brought over from WebAssembly at once. */
export interface SyntaxNode {
  readonly type: string;
  /** False for a token of the grammar: a keyword, an operator, a bracket. */
  readonly isNamed: boolean;
  /** Offsets into the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly children: readonly SyntaxNode[];
}

/** What the grammar calls the kinds of nodes, by their ids. */
export interface NodeKinds {
  readonly nameOf: readonly string[];
  readonly isNamed: readonly boolean[];
}

/** Deeper nesting is not read: every stage after this one recurs. */
const MAX_DEPTH = 1500;

/**
 * The tree under the cursor, comments left out and handed to `onComment`.
 * One walk of a cursor costs half of what parsing does; a query for the same nodes costs as much (decision 8).
 * @throws RangeError where it is nested too deeply
 */
export function nodeUnder(cursor: TreeCursor, kinds: NodeKinds, onComment: (node: SyntaxNode) => void): SyntaxNode {
  const visit = (depth: number): SyntaxNode => {
    if (depth > MAX_DEPTH) throw new RangeError("nested too deeply");
    const id = cursor.nodeTypeId;
    const isNamed = kinds.isNamed[id] ?? true;
    // Nobody asks where a token stands.
    const start = isNamed ? cursor.startIndex : 0;
    const end = isNamed ? cursor.endIndex : 0;
    const children: SyntaxNode[] = [];
    if (cursor.gotoFirstChild()) {
      do {
        const child = visit(depth + 1);
        if (child.type === "comment") onComment(child);
        else if (child.type !== "line_continuation") children.push(child);
      } while (cursor.gotoNextSibling());
      cursor.gotoParent();
    }
    return { type: kinds.nameOf[id] ?? "ERROR", isNamed, start, end, children };
  };
  return visit(0);
}

/** The children that are not tokens. */
export function namedChildren(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children.filter(({ isNamed }) => isNamed);
}

/** The named children of one type. */
export function childrenOf(node: SyntaxNode, ...types: readonly string[]): readonly SyntaxNode[] {
  return node.children.filter(({ type }) => types.includes(type));
}

export function childOf(node: SyntaxNode, ...types: readonly string[]): SyntaxNode | undefined {
  return node.children.find(({ type }) => types.includes(type));
}

export function hasToken(node: SyntaxNode, token: string): boolean {
  return node.children.some(({ type, isNamed }) => !isNamed && type === token);
}
