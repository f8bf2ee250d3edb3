import type { Data } from "../../../edit.ts";
import { EditRefused } from "../splice.ts";
import type { Path } from "./document.ts";

/** Longest line that a list is written on. */
const MAX_LINE = 100;

/** A path as TOML writes it. */
export function keyOf(path: Path): string {
  return path.map((key) => (/^[A-Za-z0-9_-]+$/.test(String(key)) ? key : JSON.stringify(String(key)))).join(".");
}

/** A value as TOML writes it; long lists get a line an item. */
export function toToml(value: Data): string {
  if (value === null) throw new EditRefused("TOML has no null");
  if (typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) {
    const items = value.map(toToml);
    const line = `[${items.join(", ")}]`;
    return line.length <= MAX_LINE ? line : `[\n${items.map((item) => `    ${item},\n`).join("")}]`;
  }
  return `{ ${Object.entries(value)
    .map(([key, one]) => `${keyOf([key])} = ${toToml(one as Data)}`)
    .join(", ")} }`;
}
