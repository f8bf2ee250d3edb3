import { type AnyFact, globs } from "../facts/fact.ts";
import type { DataNode } from "../facts/formats/node.ts";
import type { Facts } from "../facts/index.ts";
import { cannotJudge, fail, failIfAny, type Judgement, pass, skip } from "../rule.ts";
import type { Scalar, ValueCheck } from "./definition.ts";
import { type Documents, documentsOf, paths } from "./documents.ts";
import { scalarOf } from "./plain.ts";

/** What a check needs and does; it gets the published facts and its own by their names. */
export interface Checked {
  readonly needs: readonly (keyof Facts)[];
  readonly facts: Readonly<Record<string, AnyFact>>;
  check(given: Readonly<Record<string, unknown>>): Judgement<null>;
}

/** One file at least that one of the globs matches. */
export function present(patterns: readonly string[]): Checked {
  const matches = globs(...patterns);
  return overPaths((own) => (own.some(matches) ? pass() : fail([{ found: null }])));
}

/** No file that one of the globs matches. */
export function absent(patterns: readonly string[]): Checked {
  const matches = globs(...patterns);
  return overPaths((own) => failIfAny(own.filter(matches).map((path) => ({ path, found: null }))));
}

/** A value at a path of each file that the glob matches. */
export function valueAt({ file, at, ...wanted }: ValueCheck): Checked {
  return {
    needs: [],
    facts: { documents: documentsOf([file]) },
    check({ documents }) {
      const { files, unread } = documents as Documents;
      const offenders = files.flatMap(({ path, data }) => {
        const node = data.get(...at);
        return isRight(node, wanted) ? [] : [{ path, line: lineOf(data, at), found: null }];
      });
      if (offenders.length === 0 && unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
      return files.length === 0 ? skip(`no file is there that ${file} matches`) : failIfAny(offenders);
    },
  };
}

function overPaths(judge: (own: readonly string[]) => Judgement<null>): Checked {
  return { needs: [], facts: { paths }, check: (given) => judge(given.paths as readonly string[]) };
}

function isRight(node: DataNode | undefined, wanted: Omit<ValueCheck, "file" | "at">): boolean {
  const there = node !== undefined && !node.isNull;
  if (wanted.exists !== undefined) return there === wanted.exists;
  const found = there && node.kind === "scalar" ? scalarOf(node) : undefined;
  const options: readonly Scalar[] | undefined = wanted.is === undefined ? wanted["one-of"] : [wanted.is];
  if (options) return found !== undefined && options.includes(found);
  const number = typeof found === "number" ? found : Number.NaN;
  return number >= (wanted["at-least"] ?? -Infinity) && number <= (wanted["at-most"] ?? Infinity);
}

/** The line of the value, else of the nearest thing above it. */
function lineOf(data: DataNode, at: ValueCheck["at"]): number {
  let { line } = data;
  for (let depth = 1; depth <= at.length; depth++) {
    const holder = data.get(...at.slice(0, depth - 1));
    const key = at[depth - 1];
    const next =
      (typeof key === "string" ? holder?.lineOfKey(key) : undefined) ?? data.get(...at.slice(0, depth))?.line;
    if (next === undefined) return line;
    line = next;
  }
  return line;
}
