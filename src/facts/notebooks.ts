import type { TreeEntry } from "../snapshot/snapshot.ts";
import { ci } from "./ci.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { parseJson } from "./formats/json.ts";
import type { DataNode } from "./formats/node.ts";
import { preCommit } from "./pre-commit.ts";
import { targetFiles } from "./target-files.ts";
import { isAuxiliary, nameOf, type Tree } from "./tree.ts";
import { workflows } from "./workflows.ts";

export interface Notebook {
  readonly path: string;
  /** Characters of what its cells left behind. */
  readonly outputLength: number;
  /** Thousands of them, where they are more than anybody reviews. */
  readonly excess: number | undefined;
  /** One-based numbers of the first cell with an error, and of the first with somebody's own path. */
  readonly errorCell: number | undefined;
  readonly userPathCell: number | undefined;
}

/** Characters of outputs that nobody reviews. */
const MUCH = 100_000;

interface Place {
  readonly path: string;
  readonly line: number;
}

export interface Notebooks {
  /** All that are neither examples nor documentation, whose outputs are kept on purpose. */
  readonly paths: readonly string[];
  /** Those of the sample, the largest first. */
  readonly read: readonly Notebook[];
  /** What keeps outputs out of commits. */
  readonly stripped: Place | undefined;
  /** What runs them in CI. */
  readonly executed: Place | undefined;
  readonly unread: readonly UnreadFile[];
}

/** Notebooks that are read at most, and their bytes in all: with their outputs they are large. */
const SAMPLE = 30;
const MAX_BYTES = 1_500_000;
/** A larger one is not held as text. */
const READABLE = 1_000_000;
const STRIPS = /\b(nbstripout|nb-clean|nbdime|jupytext|nbqa|clear-output|ClearOutputPreprocessor)\b/i;
const EXECUTES =
  /--nbmake\b|--nbval(-lax)?\b|\bpapermill\b|\bnbconvert\b.{0,200}--execute|\bjupyter[ -]execute\b|\btreon\b|\bploomber\b/;
/** A home folder that is not one of an image or service. */
const USER_PATH =
  /(?:\/Users\/|\/home\/|[A-Z]:\\{1,2}Users\\{1,2})(?!jovyan|user\b|runner|sagemaker|ec2-user|ubuntu|vscode|azureuser|coder|studio-lab-user|jupyter|app\b|Public|Shared|username|<|\$|\{)[\w.-]+[/\\]/;

/** What the notebooks of a repository carry, and what controls them. */
export const notebooks = defineFact({
  spans: "repository",
  uses: { preCommit, ci, targetFiles, workflows },
  reads: (path, tree) => isOwn(path, tree) || nameOf(path) === ".gitattributes",
  select: (entries) => [...entries.filter(({ path }) => !isNotebook(path)), ...sample(entries)],
  parse: ({ path, text }): Notebook | number =>
    isNotebook(path) ? readNotebook(path, parseJson(text)) : filterLine(text),
  combine: ({ files, unread, tree, uses }): Notebooks => {
    const filter = files.find(({ parsed }) => typeof parsed === "number" && parsed > 0);
    const hook = uses.preCommit.hooks.find(({ id, command }) => STRIPS.test(`${id} ${command}`));
    const scripts = [
      ...uses.workflows.files.flatMap(({ path, jobs }) =>
        jobs.flatMap(({ steps }) =>
          steps.flatMap(({ run }) => (run ? [{ path, text: run.text ?? "", lineAt: run.lineAt.bind(run) }] : [])),
        ),
      ),
      ...[...uses.targetFiles.files].flatMap(([path, { targets }]) =>
        [...targets.values()].flat().map(({ text, lineAt }) => ({ text, path, lineAt })),
      ),
    ];
    const inScripts = (pattern: RegExp): Place | undefined => {
      const script = scripts.find(({ text }) => pattern.test(text));
      return script && { path: script.path, line: script.lineAt(pattern.exec(script.text)?.index ?? 0) };
    };
    const inCi = (pattern: RegExp): Place | undefined =>
      uses.ci.jobs.flatMap(({ commands }) => commands).find(({ words }) => pattern.test(words.join(" ")));
    return {
      paths: tree.paths.filter((path) => isOwn(path, tree)),
      read: files.flatMap(({ parsed }) => (typeof parsed === "number" ? [] : [parsed])),
      stripped:
        hook ?? (filter && { path: filter.path, line: filter.parsed as number }) ?? inCi(STRIPS) ?? inScripts(STRIPS),
      executed: inCi(EXECUTES) ?? inScripts(EXECUTES),
      unread: unread.filter(({ path }) => isNotebook(path)),
    };
  },
});

function isNotebook(path: string): boolean {
  return path.endsWith(".ipynb");
}

function isOwn(path: string, tree: Tree): boolean {
  return isNotebook(path) && tree.isFirstParty(path) && !isAuxiliary(path) && !path.includes(".ipynb_checkpoints/");
}

/** The largest that together are not too much: outputs make a notebook large. */
function sample(entries: readonly TreeEntry[]): readonly TreeEntry[] {
  const bySize = entries
    .filter(({ path }) => isNotebook(path))
    .sort((a, b) => (b.size ?? 0) - (a.size ?? 0) || (a.path < b.path ? -1 : 1));
  let left = MAX_BYTES;
  return bySize
    .filter(({ size }) => {
      const fits = (size ?? 0) <= Math.min(left, READABLE);
      if (fits) left -= size ?? 0;
      return fits;
    })
    .slice(0, SAMPLE);
}

/** The line of `.gitattributes` that has git strip notebooks; 0 where there is none. */
function filterLine(text: string): number {
  return text.split("\n").findIndex((line) => /^[^#\s]{0,200}\.ipynb\s.{0,200}\bfilter=/.test(line)) + 1;
}

function readNotebook(path: string, data: DataNode): Notebook {
  const cells = (data.get("cells") ?? data.get("worksheets", 0, "cells"))?.items ?? [];
  const outputs = cells.map((cell) => cell.get("outputs")?.items ?? []);
  const raises = cells.map((cell) => cell.get("metadata", "tags")?.texts.includes("raises-exception") === true);
  const error = outputs.findIndex(
    (all, index) => !raises[index] && all.some((one) => /^(error|pyerr)$/.test(one.get("output_type")?.text ?? "")),
  );
  const personal = cells.findIndex((cell) => [...cell.walk()].some(({ text }) => USER_PATH.test(text ?? "")));
  const outputLength = outputs.flat().reduce((sum, one) => sum + lengthOf(one), 0);
  return {
    path,
    outputLength,
    excess: outputLength > MUCH ? Math.round(outputLength / 1000) : undefined,
    errorCell: error < 0 ? undefined : error + 1,
    userPathCell: personal < 0 ? undefined : personal + 1,
  };
}

function lengthOf(node: DataNode): number {
  let length = 0;
  for (const { text } of node.walk()) length += text?.length ?? 0;
  return length;
}

/** True for a notebook whose outputs are a fault already: much, an error, a path of somebody's own computer. */
export function isLaden({ excess, errorCell, userPathCell }: Notebook): boolean {
  return excess !== undefined || errorCell !== undefined || userPathCell !== undefined;
}
