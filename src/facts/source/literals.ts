import type { Expression } from "./syntax.ts";

/** The text of a string literal. */
export function textOf(node: Expression | null | undefined): string | undefined {
  return node?.kind === "Constant" && node.type === "str" ? node.value : undefined;
}

/** True or false of a literal that is one. */
export function booleanOf(node: Expression | null | undefined): boolean | undefined {
  return node?.kind === "Constant" && node.type === "bool" ? node.value === "True" : undefined;
}

export function numberOf(node: Expression | null | undefined): number | undefined {
  if (node?.kind === "UnaryOp" && node.op === "-") {
    const positive = numberOf(node.operand);
    return positive === undefined ? undefined : -positive;
  }
  if (node?.kind !== "Constant" || node.type !== "number") return undefined;
  const value = Number(node.value.replaceAll("_", ""));
  return Number.isNaN(value) ? undefined : value;
}

export function isNone(node: Expression | null | undefined): boolean {
  return node?.kind === "Constant" && node.type === "None";
}

/** True where nothing but literals and containers of them stands: the value is what is written. */
export function isLiteral(node: Expression): boolean {
  switch (node.kind) {
    case "Constant":
      return true;
    case "List":
    case "Tuple":
    case "Set":
      return node.elts.every(isLiteral);
    case "Dict":
      return node.items.every(({ key, value }) => key !== null && isLiteral(key) && isLiteral(value));
    case "UnaryOp":
      return isLiteral(node.operand);
    case "BinOp":
      return isLiteral(node.left) && isLiteral(node.right);
    default:
      return false;
  }
}

/** Whether a literal counts as true in Python; undefined for what is computed. */
export function truthOf(node: Expression | null | undefined): boolean | undefined {
  if (!node) return undefined;
  if (node.kind === "List" || node.kind === "Tuple" || node.kind === "Set") return node.elts.length > 0;
  if (node.kind === "Dict") return node.items.length > 0;
  if (node.kind === "UnaryOp" && node.op === "not") {
    const truth = truthOf(node.operand);
    return truth === undefined ? undefined : !truth;
  }
  if (node.kind !== "Constant") return undefined;
  if (node.type === "bool") return node.value === "True";
  if (node.type === "None") return false;
  if (node.type === "number") return numberOf(node) !== 0;
  return node.value !== "";
}
