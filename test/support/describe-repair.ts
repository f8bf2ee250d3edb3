import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { rules } from "../../rules/index.ts";
import { type RepairOptions, type Repairs, repairsOf, type TagReader } from "../../src/engine/repair/repairs.ts";
import type { AnyRule } from "../../src/rule.ts";
import type { Advisory } from "../../src/snapshot/advisories.ts";
import { type RepositorySettings, settingsWith } from "../../src/snapshot/settings.ts";
import type { RepositoryInfo } from "../../src/snapshot/snapshot.ts";
import { advisorySource } from "./advisories.ts";
import { miniSnapshot } from "./mini-snapshot.ts";
import { python } from "./python.ts";

/** One sentence about a rule's repair, on a mini-repository. */
export interface RepairCase {
  readonly name: string;
  readonly repo: Readonly<Record<string, string>>;
  readonly repository?: Partial<RepositoryInfo>;
  /** GitHub's settings, as far as they were read. */
  readonly settings?: Partial<RepositorySettings>;
  /** What is known of versions, by `name@version`. */
  readonly advisories?: Readonly<Record<string, readonly Advisory[]>>;
  /** The files that change, whole; of a new file a pattern is enough. */
  readonly after?: Readonly<Record<string, unknown>>;
  /** True where the rule still fails at some place. */
  readonly leaves?: true;
  /** A part of the reason why nothing is repaired. */
  readonly refuses?: string;
}

/** The commit that a tag has in these tests. */
export function commitIn(repository: string, ref: string): string {
  return createHash("sha1").update(`${repository}@${ref}`).digest("hex");
}

const tags: TagReader = {
  commitOf: async (owner, repository, ref) => (ref === "v404" ? undefined : commitIn(`${owner}/${repository}`, ref)),
};

/**
 * Tests the repair of a rule through all rules: on its documented example and on a table of cases, each with
 * both line ends. A repaired repository is not repaired again.
 */
export function describeRepair(rule: AnyRule, cases: readonly RepairCase[]): void {
  const id = rules.find((catalogued) => catalogued.rule === rule)?.id ?? "";
  describe(`the repair of ${id}`, () => {
    test.each(cases)("$name", async ({ repo, after = {}, leaves, refuses, ...outside }) => {
      const found = await repair(id, repo, outside);
      if (refuses !== undefined) {
        expect(found.changes).toEqual([]);
        expect(found.notRepaired).toEqual([{ ruleId: id, reason: expect.stringContaining(refuses) }]);
        return;
      }
      expect(found.notRepaired).toEqual([]);
      const changed = Object.fromEntries(found.changes.map((change) => [change.path, change.after]));
      expect(changed).toEqual(after);
      expect(found.repairs[0]?.isWhole).toBe(!leaves);
      const again = await repair(id, { ...repo, ...changed }, outside);
      expect(again.changes).toEqual([]);
      const windows = await repair(id, withWindowsEnds(repo), outside);
      for (const { path, before, after: text } of windows.changes)
        expect(text).toEqual(before === null ? changed[path] : windowsEnds(changed[path] ?? ""));
    });
  });
}

function repair(
  id: string,
  repo: Readonly<Record<string, string>>,
  { repository, settings = {}, advisories }: Pick<RepairCase, "repository" | "settings" | "advisories">,
): Promise<Repairs> {
  const options: RepairOptions = {
    rules,
    date: "2026-11-22",
    python,
    only: [id],
    tags,
    ...(advisories && { advisories: advisorySource(advisories) }),
  };
  const snapshot = { ...miniSnapshot(repo, repository), settings: settingsWith(settings, "not read yet") };
  return repairsOf(snapshot, options);
}

function withWindowsEnds(repo: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(repo).map(([path, text]) => [path, windowsEnds(text)]));
}

function windowsEnds(text: string): string {
  return text.replaceAll("\n", "\r\n");
}
