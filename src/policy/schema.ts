import { ruleSets } from "../engine/rule-set.ts";
import type { CataloguedRule } from "../rule.ts";

type Schema = Readonly<Record<string, unknown>>;

export const severities = ["low", "medium", "high", "critical"] as const;
export const profiles = [
  "web-service",
  "library",
  "cli",
  "worker",
  "serverless",
  "data-pipeline",
  "ml",
  "automation",
  "notebooks",
  "docs-only",
] as const;
const regimes = ["soc2", "hipaa", "pci-dss", "osps-baseline", "nist-ssdf"];

/** Ids of rules that an organisation wrote itself. */
const OWN_RULE = "^own/[a-z0-9][a-z0-9-]{0,80}$";
const PERSON = "^(@[A-Za-z0-9][A-Za-z0-9_-]*(/[A-Za-z0-9._-]+)?|[^@ ]+@[^@ .]+([.][^@ .]+)+)$";
const DAY = "^\\d{4}-\\d{2}-\\d{2}$";
const PATH = "^[^/][^\\\\()!|\\u0000-\\u001f]*$";

/** A map of these keys and no others; a title says in an error what may stand there. */
function map(properties: Readonly<Record<string, Schema>>, rest: Schema = {}): Schema {
  return { type: "object", additionalProperties: false, properties, ...rest };
}

/** A list whose elements are all different. */
function list(items: Schema, most: number, title: string): Schema {
  return { type: "array", items, maxItems: most, title };
}

const glob = {
  type: "string",
  minLength: 1,
  maxLength: 300,
  pattern: PATH,
  format: "glob",
  title:
    'a glob from the repository\'s root, as "legacy/**" (no first slash, none of !()|\\, at most two * in a part, two ** and one {})',
};
const folder = {
  type: "string",
  maxLength: 300,
  pattern: PATH,
  title: 'a folder from the repository\'s root, as "services/api", or "." for the root',
};
const points = { type: "number", minimum: 0, maximum: 100, title: "a number from 0 to 100" };
const profile = { enum: profiles, description: "What the project is, where what is found is wrong." };
const repository = {
  type: "string",
  maxLength: 140,
  pattern: "^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+$",
  title: "a repository, as acme/infrastructure",
};
const file = {
  type: "string",
  maxLength: 200,
  pattern: "^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*[.]ya?ml$",
  title: 'a YAML file of the organisation\'s .github repository, as "policies/payments.yml"',
};

const gate = map(
  {
    "fail-on": {
      enum: ["never", "new-blocker", "blocker"],
      default: "new-blocker",
      description:
        "What fails the check: nothing, a blocker that the change brings, or any blocker. A blocker is a failing critical rule.",
    },
    "min-score": { ...points, description: "The check fails below this score, whatever the change does." },
    "max-drop": { ...points, description: "Points that a change may lose against its merge base." },
  },
  { title: "a map of fail-on, min-score and max-drop", description: "What fails the check." },
);

const ruleSetting = {
  title: "off, on, a severity, or a map of severity and enabled",
  anyOf: [
    { enum: [false, "off", true, "on", ...severities] },
    map({
      severity: { enum: severities, description: "How grave a finding is; critical ones block." },
      enabled: { type: "boolean", title: "true or false", description: "false switches the rule off." },
    }),
  ],
};

/** The keys of a waiver: whose finding, why, who answers for it, and until when. */
function waiver(rule: Schema): Schema {
  return map(
    {
      rule,
      paths: {
        ...list(glob, 50, "a list of globs"),
        minItems: 1,
        description: "Where it holds; every place of the rule when absent.",
      },
      reason: {
        type: "string",
        minLength: 10,
        maxLength: 500,
        title: "a sentence of 10 to 500 characters",
        description: "Why the finding is accepted. Printed in every report.",
      },
      owner: {
        type: "string",
        maxLength: 200,
        pattern: PERSON,
        title: "a person or team as @name or @organisation/team, or a mail address",
        description: "Who answers for it.",
      },
      expires: {
        type: "string",
        pattern: DAY,
        title: "a day, as 2027-03-01",
        description: "The last day on which it holds: at most 180 days ahead, 90 for a critical rule.",
      },
    },
    {
      required: ["rule", "reason", "owner", "expires"],
      title: "a map of rule, paths, reason, owner and expires",
    },
  );
}

const attestation = map(
  {
    regime: { enum: regimes, description: "The regime whose controls are attested." },
    controls: {
      ...list(
        { type: "string", minLength: 1, maxLength: 40, title: 'the id of a control, as "CC6.2"' },
        50,
        "a list of ids of controls",
      ),
      minItems: 1,
      description: "The controls that it speaks of, by the ids of the checklist.",
    },
    owner: {
      type: "string",
      maxLength: 200,
      pattern: PERSON,
      title: "a person or team as @name or @organisation/team, or a mail address",
      description: "Who attests.",
    },
    date: { type: "string", pattern: DAY, title: "a day, as 2026-09-01", description: "When it was attested." },
    expires: {
      type: "string",
      pattern: DAY,
      title: "a day, as 2027-08-31",
      description: "The last day on which it holds: at most twelve months after its date.",
    },
    evidence: {
      type: "string",
      minLength: 3,
      maxLength: 500,
      title: "a link, or words of 3 to 500 characters",
      description: "Where the evidence is. Printed in every pack of evidence.",
    },
  },
  {
    required: ["regime", "controls", "owner", "date", "expires", "evidence"],
    title: "a map of regime, controls, owner, date, expires and evidence",
  },
);

const regime = map(
  {
    regime: { enum: regimes, description: "The regime that applies." },
    check: {
      enum: ["inform", "block"],
      description:
        "Whether the regime has a check run of its own, which tells what the evidence says, or also fails where a change opens a gap.",
    },
    evidence: {
      enum: ["weekly", "monthly"],
      description: "How often the App keeps a pack of evidence of the default branch.",
    },
  },
  { required: ["regime"] },
);

/** The JSON Schema of `.github/pyready.yml`, for editors and for the validator. */
export function policySchema(rules: readonly CataloguedRule[]): Schema {
  const ids = rules.flatMap(({ id, rule }) => [id, ...(rule.formerly ?? [])]);
  const ruleId = {
    title: "the id of a rule",
    anyOf: [{ enum: ids }, { type: "string", pattern: OWN_RULE }],
    description: "The id of a rule.",
  };
  const rulesMap = (setting: string, description: string): Schema => ({
    type: "object",
    title: "a map of rule ids",
    description,
    additionalProperties: false,
    properties: Object.fromEntries(
      rules.flatMap(({ id, rule }) => [
        [id, { $ref: `#/$defs/${setting}`, description: `${rule.title} (${rule.severity}).` }],
        ...(rule.formerly ?? []).map((old) => [
          old,
          { $ref: `#/$defs/${setting}`, deprecated: true, description: `Now called ${id}.` },
        ]),
      ]),
    ),
    patternProperties: { [OWN_RULE]: { $ref: `#/$defs/${setting}` } },
  });
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "The policy of pyready",
    description:
      "Stands in .github/pyready.yml, or as [tool.pyready] in pyproject.toml. Read at the base of a change: what a pull request changes here applies after the merge.",
    ...map({
      extends: {
        ...list(file, 5, "a list of files of the organisation's .github repository"),
        description: "Files of the organisation's .github repository that this one builds on; the last wins.",
      },
      profile,
      gate,
      comment: {
        enum: ["changes", "always", "never"],
        default: "changes",
        description: "When a pull request is commented: when findings changed, always, or never.",
      },
      branches: {
        ...list({ ...glob, title: 'a branch, or a glob of branches, as "release/*"' }, 50, "a list of branches"),
        description: "Branches whose pushes are reviewed beside the default one; * stands for any part of a name.",
      },
      exclude: {
        ...list(glob, 50, "a list of globs"),
        description: "Paths that are left out, as if they were not there.",
      },
      components: {
        ...list(
          {
            title: "a folder, or a map of path and profile",
            anyOf: [folder, map({ path: folder, profile }, { required: ["path"] })],
          },
          100,
          "a list of folders",
        ),
        description: "The units that are deployed or published, where what is found is wrong.",
      },
      rules: rulesMap("setting", "Rules that are off, or of another severity."),
      waivers: {
        ...list({ $ref: "#/$defs/waiver" }, 200, "a list of waivers"),
        description: "Findings that are accepted for a while. They leave the score, and every report shows them.",
      },
      "waiver-approval": {
        enum: ["code-owners"],
        description: "Who has to approve a change to the waivers.",
      },
      compliance: {
        title: `a list of ${regimes.join(", ")}, or a map with none and the reason`,
        description: "Regimes that apply, or none and why.",
        anyOf: [
          list(
            { anyOf: [{ enum: regimes }, regime], title: "a regime, or a map of regime, check and evidence" },
            10,
            "a list of regimes",
          ),
          map({ none: { type: "string", minLength: 3, maxLength: 500, title: "the reason" } }, { required: ["none"] }),
        ],
      },
      attestations: {
        ...list({ $ref: "#/$defs/attestation" }, 200, "a list of attestations"),
        description: "What people attest of controls that no repository can tell of.",
      },
      deploy: map(
        { repo: { ...repository, description: "The repository that holds what deploys this one." } },
        { title: "a map with repo", description: "Where this project is deployed from." },
      ),
      observability: map(
        { alerts: { ...repository, description: "The repository that holds the alerts on this one." } },
        { title: "a map with alerts", description: "Where this project is watched from." },
      ),
      sarif: {
        type: "boolean",
        title: "true or false",
        description: "Whether findings are uploaded to code scanning, where the App has the permission.",
      },
      "rule-set": {
        enum: ruleSets,
        description: "The rule set that counts; rules of newer ones are shown and do not count.",
      },
      enforce: map(
        {
          gate,
          rules: rulesMap("floor", "Rules that no repository switches off, lowers or waives."),
          waivers: {
            type: "boolean",
            title: "true or false",
            description: "Whether repositories may waive findings of enforced rules.",
          },
        },
        {
          title: "a map of gate, rules and waivers",
          description: "What no repository can lower. Has an effect in the organisation's .github repository alone.",
        },
      ),
    }),
    $defs: {
      setting: ruleSetting,
      floor: {
        title: "on, or the least severity",
        anyOf: [{ enum: [true, "on", ...severities] }, map({ severity: { enum: severities } })],
      },
      waiver: waiver(ruleId),
      attestation,
    },
  };
}
