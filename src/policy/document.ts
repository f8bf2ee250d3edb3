import { type DataNode, FormatError } from "../facts/formats/node.ts";
import { parseToml } from "../facts/formats/toml.ts";
import { parseYaml } from "../facts/formats/yaml.ts";
import type { FileContent } from "../snapshot/snapshot.ts";

/** Where a repository's policy stands. */
export const POLICY_PATH = ".github/pyready.yml";
/** Where it may stand as well, as `[tool.pyready]`. */
export const PYPROJECT_PATH = "pyproject.toml";

const MAX_CHARACTERS = 64_000;
const MAX_VALUES = 5000;

/** Steps from the root of a file to a value. */
export type Pointer = readonly string[];

/** A file of policy, as plain values whose lines are known. */
export interface PolicyDocument {
  readonly path: string;
  readonly data: unknown;
  /** The line of a key or element; of the nearest thing above where there is none. */
  lineOf(pointer: Pointer): number;
}

/** What is wrong with a file of policy, and where. */
export interface Complaint {
  readonly message: string;
  readonly path: string;
  /** Null where the file as a whole is meant. */
  readonly line: number | null;
}

/** Reads a file of policy; undefined where it says nothing of pyready. */
export function readDocument(path: string, content: FileContent): PolicyDocument | Complaint | undefined {
  if (content.kind === "unreadable") return { path, line: null, message: `It cannot be read: ${content.reason}.` };
  try {
    const root = path.endsWith(".toml") ? tableOf(content.text) : yamlOf(content.text);
    if (!root || root.isNull) return undefined;
    const data = plain(root, { left: MAX_VALUES });
    return { path, data, lineOf: (pointer) => lineIn(root, pointer) };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const line = /\((\d+):\d+\)|line (\d+)/.exec(error.message);
    const at = line ? Number(line[1] ?? line[2]) : null;
    return { path, line: at, message: sentence(error.message.replace(/ \(\d+:\d+\)$/, "")) };
  }
}

export function isComplaint(read: PolicyDocument | Complaint): read is Complaint {
  return "message" in read;
}

function yamlOf(text: string): DataNode | undefined {
  if (text.length > MAX_CHARACTERS) throw new FormatError(`it is longer than ${MAX_CHARACTERS} characters`);
  const [document, second] = parseYaml(text, { uniqueKeys: true });
  if (second) throw new FormatError(`line ${second.line} begins a second document, and only one is read`);
  return document;
}

function tableOf(text: string): DataNode | undefined {
  // Most such files say nothing of pyready, and need not be parsed.
  return text.includes("pyready") ? parseToml(text).get("tool", "pyready") : undefined;
}

/** @throws FormatError for more values than a policy may have, those of aliases counted at each place */
function plain(node: DataNode, budget: { left: number }): unknown {
  if (budget.left-- <= 0) throw new FormatError(`it has more than ${MAX_VALUES} values`);
  if (node.kind === "list") return node.items.map((item) => plain(item, budget));
  if (node.kind === "map")
    return Object.fromEntries(
      // A key without a value says nothing: its content is often commented out.
      node.entries.flatMap(({ key, value }) => (value.isNull ? [] : [[key, plain(value, budget)]])),
    );
  if (node.isNull) return null;
  if (node.isQuoted) return node.text;
  const { text = "" } = node;
  return node.boolean ?? (/^[+-]?\d/.test(text) ? node.number : undefined) ?? text;
}

function lineIn(root: DataNode, pointer: Pointer): number {
  let { line } = root;
  let node: DataNode | undefined = root;
  for (const step of pointer) {
    const key: string | number = node.kind === "list" ? Number(step) : step;
    const next: DataNode | undefined = node.get(key);
    line = (typeof key === "string" ? node.lineOfKey(key) : next?.line) ?? line;
    if (!next) return line;
    node = next;
  }
  return line;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
