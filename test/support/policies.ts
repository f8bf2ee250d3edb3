import { rules } from "../../rules/index.ts";
import type { Notice } from "../../src/policy/assessment.ts";
import { type PolicySources, policyMaker } from "../../src/policy/policy-of.ts";
import type { PolicyFiles } from "../../src/policy/read-layers.ts";

/** Makes policies for the whole catalogue. */
export const maker = policyMaker(rules);

export const POLICY = ".github/pyready.yml";

/** Files of policy by their texts. */
export function policyFiles(texts: Readonly<Record<string, string>>): PolicyFiles {
  return Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, { kind: "text", text }]));
}

/** The policy of a repository whose `pyready.yml` has this text, in an organisation whose file has that one. */
export function policyOf(text: string, organisation?: string, more: Partial<PolicySources> = {}) {
  return maker.policyOf({
    files: policyFiles(text ? { [POLICY]: text } : {}),
    date: "2026-11-24",
    ...(organisation !== undefined && {
      organisation: { repository: "acme/.github", files: policyFiles({ [POLICY]: organisation }) },
    }),
    ...more,
  });
}

/** Notices as a reader sees them. */
export function told(notices: readonly Notice[]): readonly string[] {
  return notices.map(
    ({ path, line, message }) => `${[path, line].filter((part) => part !== null).join(":")} ${message}`,
  );
}
