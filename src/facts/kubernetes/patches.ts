import { DataNode, type Entry } from "../formats/node.ts";

/** Values that a patch may have; a larger one is no patch that a person wrote. */
const MOST_VALUES = 5_000;

const MOST_OPERATIONS = 200;

/**
 * Kustomize's strategic merge: maps by key, lists of named things by name, all else is replaced. Every
 * line of the result is one of the base, because that is the file that a finding names.
 */
export function merged(base: DataNode, patch: DataNode): DataNode {
  return isSmall(patch) ? mergedInto(base, patch) : base;
}

function mergedInto(base: DataNode, patch: DataNode): DataNode {
  if (base.kind === "map" && patch.kind === "map") return mergedMaps(base, patch);
  if (base.kind === "list" && patch.kind === "list" && patch.items.every((item) => nameOf(item) !== undefined))
    return mergedLists(base, patch);
  return placedAt(base.line, patch);
}

function mergedMaps(base: DataNode, patch: DataNode): DataNode {
  const entries = entriesOf(base);
  for (const { key, value } of patch.entries) {
    const own = entries.get(key);
    if (value.isNull) entries.delete(key);
    else if (own) entries.set(key, { value: mergedInto(own.value, value), line: own.line });
    else entries.set(key, { value: placedAt(base.line, value), line: base.line });
  }
  return DataNode.map(entries, base.line);
}

function mergedLists(base: DataNode, patch: DataNode): DataNode {
  const changes = new Map(patch.items.map((item) => [nameOf(item), item]));
  const names = new Set(base.items.map(nameOf));
  const kept = base.items.map((item) => {
    const change = changes.get(nameOf(item));
    return change ? mergedInto(item, change) : item;
  });
  const added = patch.items.filter((item) => !names.has(nameOf(item))).map((item) => placedAt(base.line, item));
  return DataNode.list([...kept, ...added], base.line);
}

/** The operations of a JSON patch that set a value; one whose place does not exist changes nothing. */
export function withOperations(base: DataNode, operations: readonly DataNode[]): DataNode {
  let result = base;
  for (const operation of operations.slice(0, MOST_OPERATIONS)) {
    const value = operation.get("value");
    const steps = (operation.get("path")?.text ?? "").split("/").slice(1).map(unescaped);
    if (!/^(add|replace)$/.test(operation.get("op")?.text ?? "") || !value || !isSmall(value)) continue;
    result = withValue(result, steps, value);
  }
  return result;
}

function withValue(node: DataNode, [step, ...rest]: readonly string[], value: DataNode): DataNode {
  if (step === undefined) return placedAt(node.line, value);
  if (node.kind === "list") {
    const at = step === "-" ? node.items.length : Number(step);
    const own = node.items[at];
    const changed = own ? withValue(own, rest, value) : rest.length === 0 ? placedAt(node.line, value) : undefined;
    return changed && at <= node.items.length ? DataNode.list(node.items.toSpliced(at, 1, changed), node.line) : node;
  }
  const own = node.get(step);
  if (node.kind !== "map" || (!own && rest.length > 0)) return node;
  const line = node.lineOfKey(step) ?? node.line;
  const changed = own ? withValue(own, rest, value) : placedAt(line, value);
  return DataNode.map(entriesOf(node).set(step, { value: changed, line }), node.line);
}

function unescaped(step: string): string {
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}

function entriesOf(node: DataNode): Map<string, Entry> {
  return new Map(node.entries.map(({ key, value, line }) => [key, { value, line }]));
}

function nameOf(node: DataNode): string | undefined {
  return node.get("name")?.text;
}

/** The same data, all of it at one line. */
function placedAt(line: number, node: DataNode): DataNode {
  if (node.kind === "list")
    return DataNode.list(
      node.items.map((item) => placedAt(line, item)),
      line,
    );
  if (node.kind === "scalar") return DataNode.scalar(node.text ?? "", line);
  return DataNode.map(
    new Map(node.entries.map(({ key, value }) => [key, { value: placedAt(line, value), line }])),
    line,
  );
}

function isSmall(node: DataNode): boolean {
  let count = 0;
  for (const _ of node.walk()) if (++count > MOST_VALUES) return false;
  return true;
}
