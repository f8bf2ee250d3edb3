import { defineFact } from "./fact.ts";
import { parseJson } from "./formats/json.ts";
import { parseToml } from "./formats/toml.ts";
import { nameOf } from "./tree.ts";

/** What the project told its scanners to pass over, after it had looked at it. */
export interface SecretAllowlists {
  /** By a line of its own, or by what it says of the path; null where it does not. */
  allows(path: string, line: number): "place" | "path" | null;
}

interface Allowed {
  /** `path:line`. */
  readonly places: readonly string[];
  /** Expressions over paths. */
  readonly paths: readonly string[];
}

const NAMES = new Set([".secrets.baseline", ".gitleaks.toml", ".gitleaksignore"]);
/** Expressions that cost no more than their length allows: letters, escapes, and a few times anything. */
const PLAIN = /^\^?(?:[\w/\- ]|\\[./\-_]|\.(?:[*+]\??)?)*\$?$/;
const MAX_ANYTHING = 3;

/** The allowlists of detect-secrets and gitleaks at the root. */
export const secretAllowlists = defineFact({
  spans: "repository",
  reads: (path) => NAMES.has(path),
  parse: ({ path, text }): Allowed => {
    if (nameOf(path) === ".gitleaksignore") return { places: ignored(text), paths: [] };
    return path.endsWith(".toml") ? { places: [], paths: allowedPaths(text) } : { places: audited(text), paths: [] };
  },
  combine: ({ files }): SecretAllowlists => {
    const places = new Set(files.flatMap(({ parsed }) => parsed.places));
    const paths = files
      .flatMap(({ parsed }) => parsed.paths)
      .filter((one) => PLAIN.test(one) && (one.match(/[*+]/g)?.length ?? 0) <= MAX_ANYTHING)
      .map((one) => new RegExp(one));
    return {
      allows(path, line) {
        if (paths.some((one) => one.test(path))) return "path";
        return places.has(`${path}:${line}`) ? "place" : null;
      },
    };
  },
});

/** `path:rule:line`, where a commit may stand before it. */
function ignored(text: string): readonly string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [, path, number] = /^(?:[0-9a-f]{40}:)?([^:#]+):[\w-]+:(\d+)\s*$/.exec(line) ?? [];
    return path && number ? [`${path}:${number}`] : [];
  });
}

function allowedPaths(text: string): readonly string[] {
  const data = parseToml(text);
  const lists = [data.get("allowlist"), ...(data.get("allowlists")?.items ?? [])];
  return lists.flatMap((list) => list?.get("paths")?.texts ?? []);
}

/** What the baseline lists, save what somebody found to be a real secret. */
function audited(text: string): readonly string[] {
  const results = parseJson(text).get("results")?.entries ?? [];
  return results.flatMap(({ key, value }) =>
    value.items
      .filter((one) => one.get("is_secret")?.boolean !== true)
      .flatMap((one) => one.get("line_number")?.text ?? [])
      .map((line) => `${key}:${line}`),
  );
}
