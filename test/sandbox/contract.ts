import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";

interface Operation {
  readonly body: object | null;
  readonly responses: Readonly<Record<string, object | null>>;
}

interface Slice {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly components: object;
  readonly examples: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const slice = JSON.parse(readFileSync("test/sandbox/openapi/github.json", "utf8")) as Slice;
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema({ $id: "github", components: slice.components });
const compiled = new Map<object, ValidateFunction>();

/** GitHub's own example of a thing, for the fields that the sandbox does not model. */
export function exampleOf(name: string): Readonly<Record<string, unknown>> {
  return slice.examples[name] ?? {};
}

/** Of a pull request whose fork was deleted GitHub sends no repository, whatever it says. */
const SENT_ALL_THE_SAME = /^(\/\d+)?\/head\/repo must be object$/;

/** How a request breaks GitHub's description; undefined when it does not. */
export function requestProblem(operation: string, body: unknown): string | undefined {
  const schema = slice.operations[operation]?.body;
  return schema ? problem(`${operation} request`, schema, body) : undefined;
}

/** How a response of the sandbox breaks GitHub's description; undefined when it does not. */
export function responseProblem(operation: string, status: number, body: unknown): string | undefined {
  if (status >= 300) return undefined;
  const { responses } = slice.operations[operation] ?? {};
  if (!responses || !(String(status) in responses)) return `${operation} never answers ${status}`;
  const schema = responses[status];
  return schema ? problem(`${operation} response ${status}`, schema, body) : undefined;
}

function problem(what: string, schema: object, value: unknown): string | undefined {
  const validate = compiled.get(schema) ?? ajv.compile(inSlice(schema));
  compiled.set(schema, validate);
  if (validate(value)) return undefined;
  const errors = (validate.errors ?? [])
    .map(({ instancePath, message }) => `${instancePath} ${message}`)
    .filter((error) => !SENT_ALL_THE_SAME.test(error));
  if (errors.length === 0) return undefined;
  return `${what}: ${[...new Set(errors)].join("; ")}`;
}

/** References of the description point into it: the slice is registered under a name of its own. */
function inSlice(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"github#/components/'));
}
