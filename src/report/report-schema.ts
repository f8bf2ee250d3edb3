const nullable = (type: string): object => ({ type: [type, "null"] });
const object = (properties: Readonly<Record<string, object>>): object => ({
  type: "object",
  required: Object.keys(properties),
  additionalProperties: false,
  properties,
});
const list = (items: object): object => ({ type: "array", items });
const share = { type: "number", minimum: 0, maximum: 1 };
const remark = { path: nullable("string"), line: nullable("integer"), message: { type: "string" } };
const fingerprint = { type: "string", pattern: "^[0-9a-f]{16}$", description: "stands while lines move" };
const evidence = list(object({ ...remark, fingerprint }));
const day = { type: "string", format: "date" };
const severity = { enum: ["critical", "high", "medium", "low"] };
const waived = list(
  object({ ...remark, fingerprint, reason: { type: "string" }, owner: { type: "string" }, expires: day }),
);
const outcome = { enum: ["pass", "partial", "fail", "skip", "unknown", "crashed", "waived"] };
const value = { anyOf: [share, { type: "null" }] };

const score = { type: ["integer", "null"], minimum: 0, maximum: 100 };
const verdict = { enum: ["ready", "not-ready", "needs-work", "not-applicable"] };
const finding = (ruleIds: readonly string[]): object =>
  object({
    rule: { enum: ruleIds },
    path: nullable("string"),
    line: nullable("integer"),
    fingerprint: { anyOf: [fingerprint, { type: "null" }] },
    isBlocking: { type: "boolean" },
  });

/** The JSON Schema of `--format json`, with the ids of these rules. */
export function reportSchema(ruleIds: readonly string[]): object {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "A review by pyready",
    ...object({
      repository: { type: "string", description: "owner/name, or the name of the folder" },
      commit: { ...nullable("string"), description: "null for a working tree" },
      date: { type: "string", format: "date", description: "the day from which end-of-life is counted" },
      ruleSet: { type: "string", pattern: "^\\d{4}\\.\\d{1,2}\\.\\d+$" },
      profile: { type: "string", description: "what the project is; none without Python" },
      profileEvidence: list(object(remark)),
      score,
      verdict,
      blockers: { type: "integer", minimum: 0 },
      gate: object({
        conclusion: { enum: ["success", "failure", "neutral", "action_required"] },
        reasons: list({ type: "string" }),
      }),
      coverage: { ...share, description: "assessed weight over applicable weight; under 0.6 the score is provisional" },
      categories: list(object({ id: { type: "string" }, score: nullable("number"), weight: { type: "number" } })),
      rules: list(
        object({
          id: { anyOf: [{ enum: ruleIds }, { type: "string", pattern: "^own/" }] },
          title: { type: "string" },
          outcome,
          value,
          severity,
          gain: { ...nullable("number"), description: "points that the score gains when the rule passes" },
          reason: { ...nullable("string"), description: "why it was skipped or could not be judged" },
          evidence,
          waived: { ...waived, description: "findings that a waiver covers: in no sum, and never passed" },
          suppressed: {
            ...evidence,
            description: "findings that a comment in the code, or a list of another tool, silences: in no sum",
          },
          toBeSuppressed: {
            ...evidence,
            description: "findings that the change itself silences: they count until it is merged",
          },
          components: list(object({ root: { type: "string" }, outcome, value })),
          repair: {
            description: "what `pyready fix` would do, tried on this commit; null without it, or without --repairs",
            anyOf: [
              object({
                isWhole: { type: "boolean", description: "the rule then passes" },
                paths: list({ type: "string" }),
              }),
              { type: "null" },
            ],
          },
        }),
      ),
      components: list(
        object({
          root: { type: "string" },
          profile: { type: "string" },
          score: nullable("number"),
          lines: { type: "integer" },
        }),
      ),
      policy: object({
        waivers: list(
          object({
            rule: { type: "string" },
            paths: list({ type: "string" }),
            reason: { type: "string" },
            owner: { type: "string" },
            expires: day,
            findings: { type: "integer", description: "findings that it covers" },
          }),
        ),
        previews: list(
          object({
            id: { enum: ruleIds },
            title: { type: "string" },
            severity,
            since: { type: "string", description: "the rule set that it came with; it counts from the one after" },
            outcome,
            findings: { type: "integer" },
          }),
        ),
        notices: list(
          object({
            kind: { enum: ["error", "change", "expiry", "unused"] },
            message: { type: "string" },
            path: nullable("string"),
            line: nullable("integer"),
          }),
        ),
      }),
      compliance: object({
        disclaimer: { type: "string", description: "stands beside everything that is shown of this" },
        regimes: {
          ...list(
            object({
              regime: { type: "string" },
              title: { type: "string" },
              results: list(object({ result: { type: "string" }, controls: { type: "integer", minimum: 1 } })),
              gaps: { ...list({ type: "string" }), description: "ids of the controls in which a gap is found" },
            }),
          ),
          description: "what the evidence says of the regimes that the policy names",
        },
      }),
      comparison: {
        description: "what changed since the base; null where there is none",
        anyOf: [
          object({
            base: object({ commit: nullable("string"), score, verdict, blockers: { type: "integer", minimum: 0 } }),
            scoreChange: { ...nullable("number"), description: "points gained or lost, to a tenth" },
            added: list(finding(ruleIds)),
            fixed: list(finding(ruleIds)),
            unchanged: { type: "integer", minimum: 0, description: "all other findings" },
          }),
          { type: "null" },
        ],
      },
      lookedAt: object({
        files: { type: "integer" },
        read: { type: "integer" },
        sources: object({ read: { type: "integer" }, of: { type: "integer" } }),
        characters: { type: "integer" },
        complete: { type: "boolean" },
        settingsReadAt: { ...nullable("string"), description: "when GitHub's settings were read" },
        advisories: {
          anyOf: [
            object({ digest: { type: "string" }, readAt: nullable("string"), versions: { type: "integer" } }),
            { type: "null" },
          ],
          description: "what was known of locked versions",
        },
        unreadable: list(object({ path: { type: "string" }, reason: { type: "string" } })),
      }),
    }),
  };
}
