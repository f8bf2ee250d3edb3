import { categories } from "../engine/weights.ts";
import { profiles, severities } from "../policy/schema.ts";

type Schema = Readonly<Record<string, unknown>>;

/** Rules of one's own in one file. */
const MAX_RULES = 50;
const MAX_CASES = 20;

const text = (least: number, most: number, title: string, description: string): Schema => ({
  type: "string",
  minLength: least,
  maxLength: most,
  title,
  description,
});
const map = (properties: Readonly<Record<string, Schema>>, required: readonly string[], title: string): Schema => ({
  type: "object",
  additionalProperties: false,
  properties,
  required,
  title,
});
const glob: Schema = {
  type: "string",
  minLength: 1,
  maxLength: 300,
  pattern: "^[^/][^\\\\()!|\\u0000-\\u001f]*$",
  format: "glob",
  title: 'a glob from the repository\'s root, as "**/Dockerfile"',
};
const globs = (title: string): Schema => ({ type: "array", items: glob, minItems: 1, maxItems: 20, title });
const dataGlob: Schema = {
  ...glob,
  pattern: "^[^/][^\\\\()!|\\u0000-\\u001f]*[.](ya?ml|toml|json|ini|cfg)$",
  title: "a glob of YAML, TOML, JSON or INI files, by their ending",
};
const scalar: Schema = { type: ["string", "number", "boolean"], title: "a text, a number, true or false" };

const value: Schema = {
  ...map(
    {
      file: { ...dataGlob, description: "The files that are looked at; where there is none the rule does not apply." },
      at: {
        type: "array",
        items: { type: ["string", "integer"], title: "a key, or the place in a list from 0" },
        minItems: 1,
        maxItems: 20,
        title: "a list of keys, as [tool, ruff, line-length]",
        description: "Where the value stands in the file.",
      },
      is: { ...scalar, description: "The one value that is right." },
      "one-of": { type: "array", items: scalar, minItems: 1, maxItems: 50, title: "a list of values" },
      "at-least": { type: "number", title: "a number" },
      "at-most": { type: "number", title: "a number" },
      exists: {
        type: "boolean",
        title: "true or false",
        description: "Whether there has to be a value, or must be none.",
      },
    },
    ["file", "at"],
    "a map of file, at, and what the value has to be: is, one-of, at-least, at-most or exists",
  ),
  minProperties: 3,
};

const expression: Schema = text(
  1,
  2000,
  "an expression in CEL",
  "True or false, or a list of what is wrong: paths, or maps with path and line.",
);

const check: Schema = {
  ...map(
    {
      present: globs("a list of globs, of which one has to match a file"),
      absent: globs("a list of globs that no file may match"),
      value,
      expression,
      reads: {
        type: "array",
        items: dataGlob,
        minItems: 1,
        maxItems: 10,
        title: "a list of globs of data files",
        description: "The files whose data the expression looks at, as documents.",
      },
    },
    [],
    "a map with one of present, absent, value and expression",
  ),
  description: "What has to hold: exactly one of present, absent, value and expression.",
};

const cases = (description: string, least = 0): Schema => ({
  type: "array",
  items: {
    type: "object",
    additionalProperties: { type: "string", maxLength: 20_000, title: "the text of a file" },
    maxProperties: 50,
    title: "a map of paths to the texts of files",
  },
  minItems: least,
  maxItems: MAX_CASES,
  title: "a list of repositories in a few lines",
  description,
});

const rule = map(
  {
    title: text(
      5,
      120,
      "a sentence of 5 to 120 characters",
      "A claim in the present tense that is true of a healthy repository.",
    ),
    category: { enum: categories, description: "Where it counts." },
    severity: { enum: severities, description: "How grave a finding is; critical ones block." },
    why: text(10, 500, "a sentence of 10 to 500 characters", "What goes wrong without it."),
    fix: text(10, 500, "a sentence of 10 to 500 characters", "What to do."),
    message: text(5, 200, "a sentence of 5 to 200 characters", "What is wrong at a place."),
    "applies-to": {
      title: "any, or a list of profiles",
      description: "Profiles that it applies to; all that have Python when absent, any includes repositories without.",
      anyOf: [{ const: "any" }, { type: "array", items: { enum: profiles }, minItems: 1, maxItems: 10 }],
    },
    scope: {
      enum: ["component", "repository"],
      default: "component",
      description: "Whether each deployable or publishable unit is judged, or the repository once.",
    },
    when: { ...globs("a list of globs"), description: "It applies only where one of these files is there." },
    check,
    tests: map(
      {
        passes: cases("Repositories in which the rule passes.", 1),
        fails: cases("Repositories in which it fails.", 1),
        skips: cases("Repositories that it does not apply to."),
      },
      ["passes", "fails"],
      "a map of passes, fails and skips",
    ),
  },
  ["title", "category", "severity", "why", "fix", "message", "check", "tests"],
  "a rule",
);

/** The JSON Schema of `.github/pyready-rules.yml`, for editors and for the validator. */
export const ownRulesSchema: Schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Rules of one's own for pyready",
  description: "Stands in .github/pyready-rules.yml. Read at the base of a change, as the policy is.",
  ...map(
    {
      rules: {
        type: "object",
        title: "a map of rules by their ids",
        maxProperties: MAX_RULES,
        additionalProperties: false,
        properties: {},
        patternProperties: { "^own/[a-z0-9][a-z0-9-]{0,80}$": rule },
      },
    },
    ["rules"],
    "a map with rules",
  ),
};
