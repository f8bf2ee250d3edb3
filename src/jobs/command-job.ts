import { type AnswerTarget, answerOnce } from "../publish/answer.ts";
import type { Comments } from "../publish/ports.ts";
import { acknowledge, type Reaction, type Reactions } from "../publish/reaction.ts";
import { statusOf } from "../publish/write-errors.ts";
import { helpAnswer } from "../report/answers.ts";
import type { Records } from "../store/records.ts";
import type { Command } from "../webhooks/command.ts";
import type { CommandRequest } from "../webhooks/review-request.ts";
import { type Explaining, explain } from "./explain.ts";
import { fenced } from "./fenced.ts";
import { type Fixing, fix } from "./fix.ts";
import { pause } from "./pause.ts";
import { type AddWork, reviewWork } from "./requests.ts";
import type { Job } from "./run-work.ts";
import { type Waiving, waive } from "./waive.ts";

/** Commands that are heeded in an hour. */
const PER_HOUR = { own: 6, ofPerson: 20, onPull: 12, inRepository: 60 } as const;
/** What the author of a pull request may ask for without any right to the repository. */
const AUTHORS: ReadonlySet<Command["name"]> = new Set(["recheck", "explain", "help", "unknown"]);

/** What is done when a review is published. */
const REVIEWED: ReadonlySet<Command["name"]> = new Set(["recheck", "resume"]);

/** What a command writes to GitHub. */
export type CommandWriter = Reactions & Comments;

export interface CommandPorts extends Explaining, Waiving, Fixing {
  readonly appId: number;
  readonly records: Records;
  readonly add: AddWork;
  /** `admin`, `write`, `read` or `none`, as GitHub has it now. */
  permissionOf(login: string): Promise<string>;
  publisher(): Promise<CommandWriter>;
}

/** What a command does its work with. */
export interface Given {
  readonly ports: CommandPorts;
  readonly request: CommandRequest;
  readonly writer: CommandWriter;
  readonly target: AnswerTarget;
  /** Answers in a comment of its own. */
  answer(body: string): Promise<void>;
}

/** How it ended; undefined where a review will tell. */
export type CommandEnd = Extract<Reaction, "rocket" | "confused"> | undefined;

/**
 * Heeds a command, where the person may give it; others get one reaction, once. The permission is asked
 * of GitHub, never read from the delivery. Safe to repeat at any point.
 */
export async function runCommand(given: CommandPorts, job: Job<CommandRequest>): Promise<void> {
  const ports = writingOnlyWhile(given, job);
  const { records } = ports;
  const { request } = job;
  const { repository, commentId } = request;
  const command = commandOf(request);
  const before = await records.commandState(repository, commentId);
  const isPressed = isButton(request);
  // A comment commands once; a button may be pressed again.
  if (!isPressed && (before === "done" || before === "refused")) return;
  const writer = await ports.publisher();
  if ((isPressed || before === undefined) && !(await isHeeded(ports, request))) return refuse(ports, request, writer);
  if (command.name !== "unknown") await react(writer, request, "eyes");
  await records.noteCommand(repository, request, REVIEWED.has(command.name) ? "waiting" : "accepted");
  const target: AnswerTarget = { ...request, appId: ports.appId, mayBeThere: before !== undefined };
  // Only a pull request has a conversation.
  const answer = async (body: string): Promise<void> => {
    if (request.number > 0) await answerOnce(writer, target, body);
  };
  const end = await heed({ ports, request, writer, target, answer }, command);
  if (end === undefined) return;
  await react(writer, request, end);
  await records.finishCommand(repository, commentId);
}

/** Tells who asked that it did not work, after the last attempt. */
export async function giveUpCommand(given: CommandPorts, job: Job<CommandRequest>): Promise<void> {
  const { publisher, records } = writingOnlyWhile(given, job);
  const { repository, commentId } = job.request;
  await react(await publisher(), job.request, "confused");
  await records.finishCommand(repository, commentId);
}

/** The same, but that every write proves first that the lane is still this job's. */
function writingOnlyWhile(ports: CommandPorts, { standing }: Job<CommandRequest>): CommandPorts {
  return {
    ...ports,
    publisher: async () => fenced(await ports.publisher(), standing),
    proposer: async () => fenced(await ports.proposer(), standing),
    lines: async () => fenced(await ports.lines(), standing),
  };
}

async function heed(given: Given, command: Command): Promise<CommandEnd> {
  const { ports, request, writer, target, answer } = given;
  switch (command.name) {
    case "recheck":
      return recheck(ports, request);
    case "pause":
      return pause(ports.records, request, writer);
    case "resume":
      await ports.records.setPaused(request.repository, request.number, false);
      return recheck(ports, request);
    case "help":
      await answer(helpAnswer(command.about));
      return "rocket";
    case "fix":
      return fix(ports, { target, login: request.login, rule: command.rule, answer });
    case "waive":
      return waive(ports, request, answer, command);
    case "explain":
      return explain(ports, answer, command.rule);
    default:
      return "confused";
  }
}

async function recheck({ add }: CommandPorts, { repository, number }: CommandRequest): Promise<undefined> {
  await add([reviewWork({ repository, subject: { kind: "pull-request", number }, headSha: null, asked: true })]);
}

async function isHeeded(ports: CommandPorts, request: CommandRequest): Promise<boolean> {
  const isAuthors = request.isAuthor && AUTHORS.has(commandOf(request).name);
  if (!isAuthors && !(await mayWrite(ports, request.login))) return false;
  const counts = await ports.records.recentCommands(request.repository, request);
  return Object.entries(PER_HOUR).every(([what, most]) => counts[what as keyof typeof PER_HOUR] < most);
}

async function mayWrite({ permissionOf }: CommandPorts, login: string): Promise<boolean> {
  const permission = await permissionOf(login).catch((error: unknown) => {
    if (statusOf(error) === 404) return "none";
    throw error;
  });
  return ["admin", "maintain", "write"].includes(permission);
}

async function refuse({ records }: CommandPorts, request: CommandRequest, writer: Reactions): Promise<void> {
  const { repository } = request;
  // Noted before it is looked who was first: others are refused at the same time.
  if (
    (await records.noteCommand(repository, request, "refused")) &&
    (await records.isFirstRefused(repository, request))
  )
    await react(writer, request, "confused");
}

/** A button has nothing to react to. */
async function react(writer: Reactions, request: CommandRequest, content: Reaction): Promise<void> {
  if (!isButton(request)) await acknowledge(writer, request.commentId, content);
}

function isButton({ commentId }: CommandRequest): boolean {
  return commentId < 0;
}

/** What the release before accepted knew one command alone. */
function commandOf({ command = { name: "recheck" } }: CommandRequest): Command {
  return command;
}
