import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { policyOf, told } from "../support/policies.ts";

const page = readFileSync("docs/policy.md", "utf8");
const schema = JSON.parse(readFileSync("schema/pyready.schema.json", "utf8"));
const errors = /<!-- errors:start -->(.*)<!-- errors:end -->/s.exec(page)?.[1] ?? "";

/** Files of policy that the page shows, of an organisation first where there are two, and what is said of them. */
const shown = [...errors.matchAll(/((?:```yaml\n.*?```\n\n)+)```text\n(.*?)\n```/gs)].map(
  ([, files = "", messages = ""]) => {
    const texts = [...files.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = ""]) => text);
    const [own = "", organisation] = texts.reverse();
    return { own, organisation, messages: messages.split("\n") };
  },
);

describe("docs/policy.md", () => {
  test.each(shown)("says what is said of example %#", ({ own, organisation, messages }) => {
    expect(told(policyOf(own, organisation).notices)).toEqual(messages);
  });

  test("shows files that are wrong in each of the three ways", () => {
    expect(shown.length).toBeGreaterThan(12);
    expect(shown.filter(({ organisation }) => organisation !== undefined)).toHaveLength(2);
  });

  test("begins with a policy that is right", () => {
    const example = /```yaml\n(# yaml-language-server.*?)```/s.exec(page)?.[1] ?? "";
    const { policy, notices } = policyOf(example);
    expect([notices, policy.waivers.length, policy.components.length]).toEqual([[], 1, 2]);
  });

  test("names every key of the schema", () => {
    const keys = Object.keys(schema.properties).filter((key) => !["gate", "deploy", "observability"].includes(key));
    const nested = ["gate.fail-on", "gate.min-score", "gate.max-drop", "deploy.repo", "observability.alerts"];
    expect([...keys, ...nested].filter((key) => !page.includes(`| \`${key}\` |`))).toEqual([]);
    expect(Object.keys(schema.$defs.waiver.properties).filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
  });
});
