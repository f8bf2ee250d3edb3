import type { DataNode } from "../formats/node.ts";
import { type Found, minorOf } from "./in-files.ts";

const SETS_UP_PYTHON = /^(actions\/setup-python|astral-sh\/setup-uv|pdm-project\/setup-pdm)@/;

/** What is needed of a job of GitHub Actions. */
export interface JobWithPython {
  readonly id: string;
  readonly steps: readonly {
    readonly uses: { readonly text: string } | undefined;
    readonly with: DataNode | undefined;
    readonly run: DataNode | undefined;
  }[];
  readonly matrix: { readonly rows: readonly ReadonlyMap<string, DataNode>[] } | undefined;
}

/** The versions that a job sets up: literal ones, and those of its matrix. */
export function versionsInJob({ steps, matrix }: JobWithPython): readonly Found[] {
  const setup = steps.filter(({ uses }) => SETS_UP_PYTHON.test(uses?.text ?? ""));
  return setup.flatMap(({ with: inputs }) => {
    const version = inputs?.get("python-version");
    const key = /\$\{\{\s*matrix\.([\w-]+)\s*\}\}/.exec(version?.text ?? "")?.[1];
    if (key === undefined) return (version?.text ?? "").split(/\s+/).flatMap((text) => found(text, version?.line ?? 1));
    return (matrix?.rows ?? []).flatMap((row) => found(row.get(key)?.text ?? "", row.get(key)?.line ?? 1));
  });
}

function found(text: string, line: number): readonly Found[] {
  const minor = minorOf(text);
  return minor ? [{ minor, line }] : [];
}

const TESTS =
  /\b(pytest|tox|nox|unittest|stestr|trial|manage\.py\s+test|hatch\s+(test|run)|(make|just|task)\s+\S*(test|check))\b/;

/** True for a job that runs tests, as far as its name and its own steps show. */
export function runsTests({ id, steps }: JobWithPython): boolean {
  return /test/i.test(id) || steps.some(({ run }) => TESTS.test(run?.text ?? ""));
}
