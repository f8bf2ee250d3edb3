import { rules } from "../../rules/index.ts";
import type { Notice } from "../policy/assessment.ts";
import { type EffectivePolicy, policyMaker } from "../policy/policy-of.ts";
import { type OrganisationFiles, policyPaths } from "../policy/read-layers.ts";
import { readPaths } from "../snapshot/read-paths.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";

/** Makes the policies of the command line. */
export const maker = policyMaker(rules);

/** The policy that a target has of its own, in its organisation where that is given. */
export async function ownPolicy(
  snapshot: Snapshot,
  date: string,
  organisation?: OrganisationFiles,
): Promise<EffectivePolicy> {
  const files = await readPaths(snapshot, policyPaths);
  return maker.policyOf({ files, date, ...(organisation && { organisation }) });
}

/** What is wrong with a policy, a line each: file, line, what, and what is allowed. */
export function errorLines(notices: readonly Notice[]): readonly string[] {
  return notices.filter(({ kind }) => kind === "error").map(lineOf);
}

function lineOf({ path, line, message }: Notice): string {
  const place = [path, line].filter((part) => part !== null).join(":");
  return printable(`${place ? `${place}: ` : ""}${message}`);
}

/** Text of a repository without what a terminal would obey. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ");
}
