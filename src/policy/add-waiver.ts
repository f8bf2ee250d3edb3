import { applyEdits } from "../engine/repair/apply-edits.ts";
import { EditRefused } from "../engine/repair/splice.ts";
import { FormatError } from "../facts/formats/node.ts";
import { parseToml } from "../facts/formats/toml.ts";
import { parseYamlDocument } from "../facts/formats/yaml.ts";
import type { ProposedWaiver } from "./proposed-waiver.ts";

/** Where a policy stands, in the order in which it is looked for. */
export const POLICY_FILES = [".github/pyready.yml", "pyproject.toml"] as const;

const LONGEST = 500_000;
const BEGINNING = "# The policy of pyready for this repository.\nwaivers:\n";

/** A file of policy with one waiver more. */
export interface PolicyChange {
  readonly path: string;
  /** Null where there was no such file. */
  readonly before: string | null;
  readonly after: string;
}

/**
 * Adds a waiver to the policy where it stands; comments, order and line ends of everything else are kept.
 * @param texts the files of policy that are there; null for one that cannot be read
 * @returns the reason where the file cannot be changed for sure, in words that follow "because"
 */
export function withWaiver(texts: ReadonlyMap<string, string | null>, waiver: ProposedWaiver): PolicyChange | string {
  const [yaml, toml] = POLICY_FILES;
  const path = texts.has(yaml) || !isTable(texts.get(toml)) ? yaml : toml;
  const before = texts.get(path);
  if (before === null || (before?.length ?? 0) > LONGEST) return `${path} cannot be read`;
  try {
    const after = path === yaml ? inYaml(before, waiver) : inToml(before ?? "", waiver);
    return isAdded(path, after, waiver) ? { path, before: before ?? null, after } : `${path} is not written as usual`;
  } catch (error) {
    if (error instanceof EditRefused || error instanceof FormatError) return `${path} is not written as usual`;
    throw error;
  }
}

function inYaml(before: string | undefined, waiver: ProposedWaiver): string {
  const [path] = POLICY_FILES;
  const isEmpty = before === undefined || parseYamlDocument(before) === undefined;
  const text = isEmpty ? `${before ?? ""}${before && !before.endsWith("\n") ? "\n" : ""}${BEGINNING}` : before;
  return applyEdits(text, [{ kind: "add", path, at: ["waivers"], value: entryOf(waiver) }]);
}

function inToml(before: string, waiver: ProposedWaiver): string {
  const path = POLICY_FILES[1];
  const at = ["tool", "pyready", "waivers"];
  if (!/^\s*\[\[\s*tool\s*\.\s*pyready\s*\.\s*waivers\s*\]\]/m.test(before))
    return applyEdits(before, [{ kind: "add", path, at, value: entryOf(waiver) }]);
  const values = Object.entries(entryOf(waiver)).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
  const lines = ["", "[[tool.pyready.waivers]]", ...values].join("\n");
  return applyEdits(before, [{ kind: "append", path, lines }]);
}

/** In the order in which people read it. */
function entryOf({ rule, path, reason, owner, expires }: ProposedWaiver) {
  return { rule, ...(path === null ? {} : { paths: [path] }), reason, owner, expires };
}

/** Whether the last waiver of the file is the one that was to be added, as a reader of it finds it. */
function isAdded(path: string, text: string, waiver: ProposedWaiver): boolean {
  const waivers = path.endsWith(".toml")
    ? parseToml(text).get("tool", "pyready", "waivers")
    : parseYamlDocument(text)?.get("waivers");
  const last = waivers?.items?.at(-1);
  return Object.entries(entryOf(waiver)).every(([key, value]) =>
    Array.isArray(value) ? last?.get(key)?.items[0]?.text === value[0] : last?.get(key)?.text === value,
  );
}

/** Whether the policy stands there, or may: what nobody can read may hold one, which another file would hide. */
function isTable(text: string | null | undefined): boolean {
  if (text === null) return true;
  if (!text?.includes("pyready")) return false;
  try {
    return parseToml(text).get("tool", "pyready") !== undefined;
  } catch (error) {
    if (error instanceof FormatError) return true;
    throw error;
  }
}
