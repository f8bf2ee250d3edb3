const object = (properties: Readonly<Record<string, object>>): object => ({
  type: "object",
  required: Object.keys(properties),
  additionalProperties: false,
  properties,
});
const list = (items: object): object => ({ type: "array", items });
const text = { type: "string" };
const optionalText = { type: ["string", "null"] };
const day = { type: "string", format: "date" };
const time = { type: "string", format: "date-time" };
const number = { type: "integer", minimum: 0 };
const place = { path: optionalText, line: { type: ["integer", "null"], minimum: 1 }, message: text };
const result = {
  enum: ["gap found", "partly supported", "supported by repository evidence", "attestation needed", "not visible here"],
  description: "No result says that a control is met.",
};
const state = {
  enum: [
    "holds",
    "holds in part",
    "fails",
    "fails, and is accepted by a waiver",
    "not evaluated",
    "switched off",
    "does not apply",
  ],
};

/** The JSON Schema of `evidence.json`. */
export const evidenceSchema: object = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "A pack of evidence by pyready",
  ...object({
    format: { const: "pyready-evidence/1" },
    disclaimer: text,
    regime: object({ id: text, title: text, source: text, scope: text }),
    repository: { ...text, description: "owner/name, or the name of the folder" },
    commit: { ...optionalText, description: "null for a working tree, which nobody can look at again" },
    date: { ...day, description: "the day that end-of-life and expiry are counted from" },
    madeAt: time,
    ruleSet: text,
    profile: text,
    lookedAt: object({
      isWhole: { type: "boolean", description: "false where the tree could not be listed whole" },
      files: number,
      read: number,
      unreadable: number,
      settingsReadAt: { ...optionalText, description: "null where GitHub's settings were not read" },
      advisories: { anyOf: [object({ digest: text, readAt: optionalText, versions: number }), { type: "null" }] },
    }),
    policy: object({ exclude: list(text), errors: list(text) }),
    counts: list(object({ result, controls: number })),
    controls: list(
      object({
        id: text,
        title: text,
        result,
        rules: list(
          object({
            id: text,
            title: text,
            state,
            reason: optionalText,
            toldBy: { enum: ["commit", "commit and settings", "nothing"] },
            places: list(object(place)),
            waived: list(object({ ...place, reason: text, owner: text, expires: day })),
            suppressed: {
              ...list(object(place)),
              description: "what a comment in the code, or a list of another tool, silences",
            },
            more: { ...number, description: "places, waivers and suppressed findings that are left out" },
          }),
        ),
        applying: { ...number, description: "how many of the rules apply to this repository" },
        attest: { ...optionalText, description: "what people have to attest" },
        attestation: {
          anyOf: [
            object({
              owner: text,
              date: day,
              expires: day,
              isExpired: { type: "boolean" },
              evidence: text,
              path: optionalText,
              line: { type: ["integer", "null"], minimum: 1 },
            }),
            { type: "null" },
          ],
        },
        never: { ...optionalText, description: "what nobody may conclude from this" },
        note: optionalText,
      }),
    ),
  }),
};
