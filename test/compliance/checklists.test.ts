import { describe, expect, test } from "@jest/globals";
import { checklists } from "../../rules/checklists/index.ts";
import { rules } from "../../rules/index.ts";
import { DISCLAIMER } from "../../src/compliance/checklist.ts";

const ids = new Set(rules.map(({ id }) => id));

test("there is a checklist a regime, with all of its controls", () => {
  expect(checklists.map(({ id, controls }) => [id, controls.length])).toEqual([
    ["soc2", 25],
    ["hipaa", 25],
    ["pci-dss", 25],
    ["osps-baseline", 31],
    ["nist-ssdf", 17],
  ]);
});

describe.each(checklists.map((checklist) => [checklist.id, checklist] as const))("%s", (_, { controls, ...about }) => {
  test("names rules that there are", () => {
    expect(controls.flatMap((control) => control.rules).filter((id) => !ids.has(id))).toEqual([]);
  });

  test("has each control once", () => {
    expect(new Set(controls.map(({ id }) => id)).size).toBe(controls.length);
  });

  test("says of every control without rules what people have to attest", () => {
    expect(controls.filter((control) => control.rules.length === 0 && control.attest === null)).toEqual([]);
  });

  test("promises nothing", () => {
    expect(JSON.stringify([about, controls, DISCLAIMER])).not.toMatch(
      /complian(t|ce with)|certified|passes (SOC|HIPAA|PCI)/i,
    );
  });
});
