import type { ExternalImage } from "../containers/container.ts";
import { expand, type Variables } from "../containers/variables.ts";
import { FormatError } from "../formats/node.ts";
import { assignmentsOf, type Instruction, readInstructions, unquote } from "./instructions.ts";

/** What a stage is built from. */
export type Base =
  | { readonly kind: "image"; readonly reference: string; readonly line: number }
  | { readonly kind: "stage"; readonly index: number; readonly line: number }
  | { readonly kind: "scratch"; readonly line: number }
  /** An argument without a default decides. */
  | { readonly kind: "computed"; readonly text: string; readonly line: number };

/** An instruction that holds until the next of its kind. */
export interface Setting {
  readonly text: string;
  /** With variables replaced; undefined where that is not possible. */
  readonly value: string | undefined;
  readonly line: number;
}

export interface Stage {
  readonly name: string | undefined;
  readonly base: Base;
  /** The base where its chain of stages starts. */
  readonly origin: Exclude<Base, { kind: "stage" }>;
  /** Its own instructions, in order. */
  readonly instructions: readonly Instruction[];
  /** What holds at its end: its own, or what the stage that it is built from left. */
  readonly user: Setting | undefined;
  readonly entrypoint: Setting | undefined;
  readonly command: Setting | undefined;
  readonly healthcheck: Setting | undefined;
  readonly variables: Variables;
}

export interface Stages {
  readonly stages: readonly Stage[];
  readonly images: readonly ExternalImage[];
}

/** More than any Dockerfile has; a hostile one could have them grow without end. */
const MAX_STAGES = 200;
const MAX_VARIABLES = 2000;

/** @throws FormatError for a text without FROM, or with more stages or variables than anybody has. */
export function readStages(text: string): Stages {
  const instructions = readInstructions(text);
  const first = instructions.findIndex(({ keyword }) => keyword === "FROM");
  if (first < 0) throw new FormatError("it has no FROM instruction");
  if (instructions.filter(({ keyword }) => keyword === "FROM").length > MAX_STAGES)
    throw new FormatError(`it has more than ${MAX_STAGES} stages`);
  const declared = instructions.filter(isDeclaration).reduce((sum, { words }) => sum + words.length, 0);
  if (declared > MAX_VARIABLES) throw new FormatError(`it sets more than ${MAX_VARIABLES} variables`);
  const globals = new Map<string, string | undefined>();
  for (const instruction of instructions.slice(0, first)) declare(instruction, globals, globals);
  const stages: Stage[] = [];
  const images: ExternalImage[] = [];
  for (const own of splitAtFrom(instructions.slice(first))) {
    const stage = readStage(own, stages, globals);
    if (stage.base.kind === "image")
      images.push({ text: stage.base.reference, reference: stage.base.reference, line: stage.base.line });
    if (stage.base.kind === "computed")
      images.push({ text: stage.base.text, reference: undefined, line: stage.base.line });
    stages.push(stage);
    images.push(...own.flatMap((instruction) => copiedFrom(instruction, stages, globals)));
  }
  return { stages, images };
}

/** A stage and those that it is built from, itself first. */
export function lineageOf(stage: Stage, stages: readonly Stage[]): readonly Stage[] {
  const lineage: Stage[] = [];
  for (let at: Stage | undefined = stage; at; at = at.base.kind === "stage" ? stages[at.base.index] : undefined)
    lineage.push(at);
  return lineage;
}

function splitAtFrom(instructions: readonly Instruction[]): readonly (readonly Instruction[])[] {
  const starts = instructions.flatMap(({ keyword }, index) => (keyword === "FROM" ? [index] : []));
  return starts.map((start, at) => instructions.slice(start, starts[at + 1]));
}

function readStage([from, ...own]: readonly Instruction[], earlier: readonly Stage[], globals: Variables): Stage {
  const [image, as, name] = (from as Instruction).words;
  const base = baseOf(unquote(image?.text ?? ""), (from as Instruction).line, earlier, globals);
  const parent = base.kind === "stage" ? earlier[base.index] : undefined;
  const variables = new Map(parent?.variables);
  const held: Record<string, Setting | undefined> = {
    USER: parent?.user,
    ENTRYPOINT: parent?.entrypoint,
    CMD: parent?.command,
    HEALTHCHECK: parent?.healthcheck,
  };
  for (const instruction of own) {
    declare(instruction, variables, globals);
    const { keyword, text, line } = instruction;
    if (keyword in held) held[keyword] = { text, value: expand(unquoted(keyword, text), variables), line };
  }
  return {
    name: as?.text.toUpperCase() === "AS" ? name?.text.toLowerCase() : undefined,
    base,
    origin: parent?.origin ?? (base as Stage["origin"]),
    instructions: own,
    user: held.USER,
    entrypoint: held.ENTRYPOINT,
    command: held.CMD,
    healthcheck: held.HEALTHCHECK,
    variables,
  };
}

function unquoted(keyword: string, text: string): string {
  return keyword === "USER" ? unquote(text) : text;
}

function baseOf(text: string, line: number, earlier: readonly Stage[], globals: Variables): Base {
  const reference = expand(text, globals);
  if (reference === undefined || reference === "") return { kind: "computed", text, line };
  if (reference.toLowerCase() === "scratch") return { kind: "scratch", line };
  const index = earlier.findLastIndex(({ name }) => name === reference.toLowerCase());
  return index < 0 ? { kind: "image", reference, line } : { kind: "stage", index, line };
}

function isDeclaration({ keyword }: Instruction): boolean {
  return keyword === "ENV" || keyword === "ARG";
}

/** ENV always has a value; ARG takes its default, or the one of the same name before the first FROM. */
function declare(instruction: Instruction, variables: Map<string, string | undefined>, globals: Variables): void {
  if (!isDeclaration(instruction)) return;
  for (const { name, value } of assignmentsOf(instruction)) {
    variables.set(name, value === undefined ? globals.get(name) : expand(value, variables));
  }
}

/** Images that COPY and `RUN --mount` take files from; plain words may be build contexts and are left out. */
function copiedFrom(instruction: Instruction, stages: readonly Stage[], globals: Variables): readonly ExternalImage[] {
  return instruction.flags.flatMap(({ name, value }) => {
    const text = name === "mount" ? /(?:^|,)from=([^,]+)/.exec(value)?.[1] : name === "from" ? value : undefined;
    if (!text) return [];
    const reference = expand(unquote(text), globals);
    const isStage = stages.some((stage) => stage.name === (reference ?? text).toLowerCase()) || /^\d+$/.test(text);
    const isPlainWord = !/[/:$@]/.test(text);
    return isStage || isPlainWord ? [] : [{ text, reference, line: instruction.line }];
  });
}
