import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import type { Complaint, Pointer, PolicyDocument } from "./document.ts";
import { nearest } from "./nearest.ts";
import type { EvidencePeriod, RegimeCheck } from "./policy.ts";

type Map = Readonly<Record<string, unknown>>;

/** A policy as its file says it, in the words of the schema. */
export interface PolicyData {
  readonly extends?: readonly string[];
  readonly profile?: string;
  readonly gate?: Map;
  readonly comment?: string;
  readonly branches?: readonly string[];
  readonly exclude?: readonly string[];
  readonly components?: readonly (string | { readonly path: string; readonly profile?: string })[];
  readonly rules?: Map;
  /** Those that were left out leave a hole, so that the others keep their places. */
  readonly waivers?: readonly (WaiverData | undefined)[];
  readonly "waiver-approval"?: "code-owners";
  readonly compliance?: readonly (string | RegimeData)[] | { readonly none: string };
  /** With holes like the waivers. */
  readonly attestations?: readonly (AttestationData | undefined)[];
  readonly deploy?: { readonly repo?: string };
  readonly observability?: { readonly alerts?: string };
  readonly sarif?: boolean;
  readonly "rule-set"?: string;
  readonly enforce?: { readonly gate?: Map; readonly rules?: Map; readonly waivers?: boolean };
}

export interface RegimeData {
  readonly regime: string;
  readonly check?: RegimeCheck;
  readonly evidence?: EvidencePeriod;
}

export interface WaiverData {
  readonly rule: string;
  readonly paths?: readonly string[];
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
}

export interface AttestationData {
  readonly regime: string;
  readonly controls: readonly string[];
  readonly owner: string;
  readonly date: string;
  readonly expires: string;
  readonly evidence: string;
}

/** What of a file can be used, and what is wrong with the rest. */
export interface Validated {
  /** Undefined where the file as a whole cannot be used. */
  readonly data: PolicyData | undefined;
  readonly complaints: readonly Complaint[];
}

/** Holds a file of policy against the schema. */
export type Validator = (document: PolicyDocument) => Validated;

/** Entries that are left out alone; whatever else is wrong, the file is not used. */
const ENTRIES: readonly Pointer[] = [["rules"], ["waivers"], ["attestations"], ["enforce", "rules"]];

/** A validator by this schema. */
export function validatorOf(schema: object): Validator {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: false, inlineRefs: false });
  const validate = ajv.addFormat("glob", isCheap).compile(schema);
  return (document) => {
    const data = structuredClone(document.data);
    if (validate(data)) return { data: data as PolicyData, complaints: [] };
    const faults = (validate.errors ?? []).map(faultOf);
    const complaints: Complaint[] = [];
    let usable = true;
    for (const fault of telling(faults)) {
      const dropped = droppedFor(fault, faults);
      usable &&= dropped !== undefined;
      const consequence = dropped ? "This entry is left out." : "The file is not used.";
      complaints.push({
        message: `${wordsOf(fault)} ${consequence}`,
        path: document.path,
        line: document.lineOf(fault.at),
      });
      if (dropped) remove(data, dropped);
    }
    return { data: usable ? (data as PolicyData) : undefined, complaints };
  };
}

/** Wildcards that meet make every path be tried in many ways. */
function isCheap(glob: string): boolean {
  const parts = glob.split("/");
  const stars = (part: string): number => part.split("*").length - 1;
  const isAnyDepth = (part: string): boolean => part === "**";
  return (
    parts.filter(isAnyDepth).length <= 2 &&
    parts.every((part) => isAnyDepth(part) || stars(part) <= 2) &&
    glob.split("{").length <= 2
  );
}

/** One thing that is wrong. */
interface Fault {
  readonly at: Pointer;
  readonly keyword: string;
  readonly value: unknown;
  readonly schema: Map;
  /** The keys that the map around an unknown one may have; the one that a map lacks. */
  readonly missing: string | undefined;
}

function faultOf({ instancePath, keyword, params, data, parentSchema }: ErrorObject): Fault {
  const at = instancePath
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const unknown = keyword === "additionalProperties" ? String(params.additionalProperty) : undefined;
  return {
    at: unknown === undefined ? at : [...at, unknown],
    keyword,
    value: data,
    schema: (parentSchema ?? {}) as Map,
    missing: keyword === "required" ? String(params.missingProperty) : undefined,
  };
}

/** Options that are told one by one. */
const MAX_SHOWN = 12;

/** Of faults on one branch of the data the deepest says most, and of those at one place the first of these. */
const TELLING = ["additionalProperties", "required", "anyOf"];

function telling(faults: readonly Fault[]): readonly Fault[] {
  const byPlace = Map.groupBy(faults, ({ at }) => JSON.stringify(at));
  const places = [...byPlace.values()].map((all) => [...all].sort((a, b) => rank(a) - rank(b))[0] as Fault);
  return places.filter(({ at }) => !places.some((other) => other.at.length > at.length && startsWith(other.at, at)));
}

function rank({ keyword }: Fault): number {
  const place = TELLING.indexOf(keyword);
  return place < 0 ? TELLING.length : place;
}

/** What has to leave so that the rest can be used; undefined where nothing helps. */
function droppedFor({ at, keyword }: Fault, faults: readonly Fault[]): Pointer | undefined {
  const entry = ENTRIES.find((above) => at.length > above.length && startsWith(at, above));
  if (entry) return at.slice(0, entry.length + 1);
  // A misspelt key leaves a gap where the right one was needed.
  const holder = at.slice(0, -1);
  const leavesGap = faults.some(
    (other) => other.keyword === "required" && other.at.length === holder.length && startsWith(other.at, holder),
  );
  return keyword === "additionalProperties" && !leavesGap ? at : undefined;
}

function startsWith(at: Pointer, above: Pointer): boolean {
  return above.every((step, index) => at[index] === step);
}

function remove(data: unknown, pointer: Pointer): void {
  let holder = data as Record<string, unknown>;
  for (const step of pointer.slice(0, -1)) holder = holder[step] as Record<string, unknown>;
  const last = pointer.at(-1) as string;
  if (Array.isArray(holder)) holder[Number(last)] = undefined;
  else delete holder[last];
}

function wordsOf({ at, keyword, value, schema, missing }: Fault): string {
  const name = nameOf(at);
  if (keyword === "additionalProperties") return unknownKey(at, schema);
  if (missing !== undefined) return `${name} lacks ${missing}.`;
  if (keyword === "maxItems") return `${name} has more than ${schema.maxItems} elements.`;
  if (keyword === "maxLength") return `${name} is longer than ${schema.maxLength} characters.`;
  const options = optionsOf(schema);
  const similar = typeof value === "string" ? nearest(value, options) : undefined;
  const wanted = options.length > 0 && options.length <= MAX_SHOWN ? oneOf(options) : String(schema.title);
  const hint = similar ? ` Did you mean ${similar}?` : "";
  if (at.length === 0) return `It is ${shown(value)}, and has to be a map of keys.`;
  return `${name} is ${shown(value)}, and has to be ${wanted}.${hint}`;
}

function unknownKey(at: Pointer, schema: Map): string {
  const known = Object.keys((schema.properties ?? {}) as Map);
  const key = at.at(-1) as string;
  const similar = nearest(key, known);
  const holder = at.slice(0, -1);
  const isRule = holder.at(-1) === "rules";
  const hint = similar ? ` Did you mean ${similar}?` : isRule ? "" : ` There is ${known.join(", ")}.`;
  return isRule
    ? `${quoted(key)} is no rule.${hint}`
    : `${holder.length ? nameOf(holder) : "The policy"} has no key ${quoted(key)}.${hint}`;
}

function optionsOf({ enum: options, anyOf }: Map): readonly string[] {
  const all = options ?? ((anyOf ?? []) as readonly Map[]).flatMap((one) => one.enum ?? []);
  return [...new Set((all as readonly unknown[]).filter((one) => typeof one === "string"))] as readonly string[];
}

function oneOf(options: readonly string[]): string {
  return options.length === 1 ? String(options[0]) : `${options.slice(0, -1).join(", ")} or ${options.at(-1)}`;
}

/** `rules."testing/tests-present".severity`, `waivers[2].expires`. */
function nameOf(at: Pointer): string {
  return at.reduce((name, step) => {
    if (/^\d+$/.test(step)) return `${name}[${step}]`;
    const key = /^[\w-]+$/.test(step) ? step : quoted(step);
    return name ? `${name}.${key}` : key;
  }, "");
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "a map";
  return typeof value === "string" ? quoted(value) : value === null ? "empty" : String(value);
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}
