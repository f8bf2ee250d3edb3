import type { TreeCursor } from "web-tree-sitter";

/** A node of tree-sitter's tree, brought over from WebAssembly at once. */
export interface SyntaxNode {
  readonly type: string;
  /** False for a token of the grammar: a keyword, an operator, a bracket. */
  readonly isNamed: boolean;
  /** Offsets into the text, in UTF-16 units; of a token nobody asks where it stands. */
  readonly start: number;
  readonly end: number;
  readonly children: readonly SyntaxNode[];
}

/** What the grammar calls the kinds of nodes, by their ids. */
export interface NodeKinds {
  readonly nameOf: readonly string[];
  /** The node that stands for every token of this kind; undefined for kinds that are named. */
  readonly tokenOf: readonly (SyntaxNode | undefined)[];
}

/** Named nodes in which nobody looks for others. */
const LEAVES: ReadonlySet<string> = new Set([
  "identifier",
  "integer",
  "float",
  "string_start",
  "string_end",
  "comment",
]);

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
    // Every question to the cursor crosses into WebAssembly: of a token only the kind is asked.
    const token = kinds.tokenOf[id];
    if (token) return token;
    const type = kinds.nameOf[id] ?? "ERROR";
    const start = cursor.startIndex;
    const end = cursor.endIndex;
    const children: SyntaxNode[] = [];
    if (!LEAVES.has(type) && cursor.gotoFirstChild()) {
      do {
        const child = visit(depth + 1);
        if (child.type === "comment") onComment(child);
        else if (child.type !== "line_continuation") children.push(child);
      } while (cursor.gotoNextSibling());
      cursor.gotoParent();
    }
    return { type, isNamed: true, start, end, children };
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
