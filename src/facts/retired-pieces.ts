import { defineFact, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import type { ActionReference, Job, Step, Workflow, Workflows } from "./workflows/model.ts";
import {
  ARCHIVED_ACTIONS,
  BROKEN_ACTIONS,
  FIRST_ON_NODE_20,
  RETIRED_RUNNERS,
  RUNNER_SUCCESSORS,
} from "./workflows/retirements.ts";
import { runnersOf } from "./workflows/runners.ts";
import { fileCommand, raised, type Successor } from "./workflows/successors.ts";
import { workflows } from "./workflows.ts";

/** A part of a pipeline that GitHub, or its author, gave up. */
export interface RetiredPiece {
  readonly path: string;
  readonly line: number;
  /** What it is called, with its version. */
  readonly name: string;
  readonly why: "runner" | "service" | "node" | "archived" | "command";
  /** The day from which it does not work; undefined where it still does. */
  readonly since: string | undefined;
  /** What of the line to write instead of what; undefined where people have to choose. */
  readonly successor: Successor | undefined;
}

export interface RetiredPieces {
  readonly retired: readonly RetiredPiece[];
  /** Actions, runners and workflow commands, the retired among them. */
  readonly total: number;
  readonly hasWorkflows: boolean;
  readonly unread: readonly UnreadFile[];
}

interface Piece {
  readonly path: string;
  readonly line: number;
  readonly name: string;
  readonly retired: Pick<RetiredPiece, "why" | "since"> | undefined;
  readonly successor?: Successor | undefined;
}

/** The sizes and processors that GitHub offers of one image. */
const VARIANT = /-(large|xlarge|xl|arm)$/;
const COMMAND = /::(set-output|save-state|set-env|add-path)(?=::|\s+name=)/g;
const INSECURE = "ACTIONS_ALLOW_UNSECURE_COMMANDS";
/** The version that a comment behind a commit gives. */
const COMMENTED = /(?:^|[@=\s/])(?:v(\d+)|(\d+)\.\d)/;

/** Retired runners, actions and commands in the workflows and the repository's own actions. */
export const retiredPieces = defineFact({
  spans: "repository",
  uses: { workflows },
  combine: ({ uses: { workflows: found }, date }): RetiredPieces => {
    const pieces = [
      ...found.files.flatMap((workflow) => [...runnersIn(workflow, found, date), ...stepsIn(workflow, found, date)]),
      ...found.actions.flatMap(({ path, steps }) => steps.flatMap((step) => piecesOf(path, step, date))),
    ];
    const distinct = new Map(pieces.map((piece) => [`${piece.path}:${piece.line}:${piece.name}`, piece]));
    return {
      retired: [...distinct.values()].flatMap(({ retired, ...piece }) =>
        retired ? [{ successor: undefined, ...piece, ...retired }] : [],
      ),
      total: distinct.size,
      hasWorkflows: found.files.length > 0 || found.actions.length > 0,
      unread: found.unread,
    };
  },
});

function runnersIn(workflow: Workflow, found: Workflows, date: string): readonly Piece[] {
  return workflow.jobs.flatMap((job) => {
    const labels = runnersOf(workflow, job, found)?.labels ?? [];
    // The labels of one's own machines are free text.
    if (labels.some(({ text }) => text === "self-hosted")) return [];
    return labels.map(({ text, line }) => {
      const since = RETIRED_RUNNERS[text.toLowerCase().replace(VARIANT, "")];
      const isRetired = since !== undefined && since <= date;
      const by = RUNNER_SUCCESSORS[text];
      const successor = by && !labels.some((other) => other.text === by) ? { piece: text, by } : undefined;
      const retired = isRetired ? ({ why: "runner", since } as const) : undefined;
      return { path: workflow.path, line, name: text, retired, successor };
    });
  });
}

function stepsIn(workflow: Workflow, found: Workflows, date: string): readonly Piece[] {
  const { path, jobs } = workflow;
  return [
    ...insecureIn(path, workflow.env),
    ...jobs.flatMap((job) => [
      ...insecureIn(path, job.env),
      ...job.steps.flatMap((step) => piecesOf(path, step, date, runsBash(workflow, job, found))),
    ]),
  ];
}

/** True where a step that names no shell gets one like bash. */
function runsBash(workflow: Workflow, job: Job, found: Workflows): boolean {
  const labels = runnersOf(workflow, job, found)?.labels ?? [];
  return labels.length > 0 && labels.every(({ text }) => /^(ubuntu|macos)-/.test(text)) && !workflow.defaults;
}

function piecesOf(path: string, { uses, run, env, shell }: Step, date: string, isBash = false): readonly Piece[] {
  const commands = [...(run?.text ?? "").matchAll(COMMAND)].map(({ 0: name, 1: command, index }): Piece => {
    const since = command === "set-env" || command === "add-path" ? "2020-11-16" : undefined;
    const successor = (shell === undefined ? isBash : /^(bash|sh)$/.test(shell))
      ? fileCommand(run?.text ?? "", index)
      : undefined;
    return { path, line: run?.lineAt(index) ?? 1, name, retired: { why: "command", since }, successor };
  });
  const action =
    uses?.kind === "remote"
      ? [{ path, line: uses.line, name: uses.text, retired: fateOf(uses, date), successor: raised(uses) }]
      : [];
  return [...action, ...commands, ...insecureIn(path, env)];
}

function insecureIn(path: string, env: DataNode | undefined): readonly Piece[] {
  const line = env?.get(INSECURE)?.boolean === false ? undefined : env?.lineOfKey(INSECURE);
  return line === undefined ? [] : [{ path, line, name: INSECURE, retired: { why: "command", since: undefined } }];
}

function fateOf(uses: Extract<ActionReference, { kind: "remote" }>, date: string): Piece["retired"] {
  const name = `${uses.owner}/${uses.repository}`.toLowerCase();
  if (ARCHIVED_ACTIONS.has(name)) return { why: "archived", since: undefined };
  const major = majorOf(uses);
  if (major === undefined) return undefined;
  const broken = BROKEN_ACTIONS[name];
  if (broken && major < broken.below && broken.since <= date) return { why: "service", since: broken.since };
  return major < (FIRST_ON_NODE_20[name] ?? 0) ? { why: "node", since: undefined } : undefined;
}

/** The major version that the reference names, or the comment behind a commit. */
function majorOf({ ref = "", comment = "" }: Extract<ActionReference, { kind: "remote" }>): number | undefined {
  const isCommit = /^[0-9a-f]{40}$/i.test(ref);
  const [, named, dotted] = isCommit ? (COMMENTED.exec(comment) ?? []) : (/^v(\d+)|^(\d+)(?:\.|$)/.exec(ref) ?? []);
  const major = named ?? dotted;
  return major === undefined ? undefined : Number(major);
}
