import { describe, expect, test } from "@jest/globals";
import { POLICY, policyOf, told } from "../support/policies.ts";

const written = (changes: Readonly<Record<string, string>> = {}) =>
  `attestations:\n  - ${Object.entries({
    regime: "soc2",
    controls: "[CC6.2, CC7.4]",
    owner: '"@acme/security"',
    date: "2026-09-01",
    expires: "2027-09-01",
    evidence: "https://acme.example/grc/access-reviews",
    ...changes,
  })
    .map(([key, value]) => `${key}: ${value}`)
    .join("\n    ")}\n`;

describe("an attestation", () => {
  test("says who attests what, and where that stands", () => {
    const { policy, notices } = policyOf(written());
    expect(notices).toEqual([]);
    expect(policy.attestations).toEqual([
      {
        regime: "soc2",
        controls: ["CC6.2", "CC7.4"],
        owner: "@acme/security",
        date: "2026-09-01",
        expires: "2027-09-01",
        evidence: "https://acme.example/grc/access-reviews",
        origin: { by: "repository", path: POLICY, line: 2 },
      },
    ]);
  });

  test("stands when it has expired, so that the report can say so", () => {
    const { policy, notices } = policyOf(written({ date: "2025-09-01", expires: "2026-08-31" }));
    expect([policy.attestations.length, notices]).toEqual([1, []]);
  });

  test("changes the policy, wherever it is written", () => {
    const [none, one, elsewhere] = [policyOf(""), policyOf(written()), policyOf("", written())];
    expect([one.hash === none.hash, one.hash === elsewhere.hash]).toEqual([false, true]);
  });

  test.each([
    [{ date: "2026-02-30" }, `${POLICY}:2 date is 2026-02-30, which is no day of the calendar.`],
    [{ date: "2026-12-24" }, `${POLICY}:2 The attestation is of 2026-12-24, which is to come.`],
    [{ expires: "2026-08-31" }, `${POLICY}:2 The attestation of 2026-09-01 expires on 2026-08-31, before it was made.`],
    [
      { expires: "2027-09-02" },
      `${POLICY}:2 The attestation of 2026-09-01 expires on 2027-09-02, and at most twelve months are allowed: 2027-09-01 is the latest.`,
    ],
    [{ controls: "[CC62]" }, `${POLICY}:2 "CC62" is no control of the checklist soc2. Did you mean CC6.2?`],
  ])("is left out alone with %j", (changes, reason) => {
    const { policy, notices } = policyOf(`comment: never\n${written(changes)}`);
    const second = reason.replace(":2 ", ":3 ");
    expect([policy.comment, policy.attestations, told(notices)]).toEqual([
      "never",
      [],
      [`${second} The attestation is left out.`],
    ]);
  });

  test("is left out alone where the schema does not take it", () => {
    const { policy, notices } = policyOf(`${written({ owner: "Ada" })}comment: never\n`);
    expect([policy.comment, policy.attestations]).toEqual(["never", []]);
    expect(told(notices)).toEqual([
      `${POLICY}:4 attestations[0].owner is "Ada", and has to be a person or team as @name or @organisation/team, or a mail address. This entry is left out.`,
    ]);
  });
});
