import { describe, expect, test } from "@jest/globals";
import { healthy, poor } from "../support/repositories.ts";
import { useTestBed } from "../support/scene.ts";

const scene = useTestBed();

const PATH = ".github/pyready.yml";
const soon = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const waived = "documentation/readme-essentials";
const asking = `sarif: true\nwaivers:\n  - rule: ${waived}\n    reason: The handbook says it all.\n    owner: "@acme/docs"\n    expires: ${soon}\n`;
const granted = {
  ...{ contents: "read", metadata: "read", checks: "write", pull_requests: "write" },
  security_events: "write",
};

interface Log {
  readonly runs: readonly [
    { readonly results: readonly { readonly ruleId: string; readonly suppressions?: unknown }[] },
  ];
}

describe("an upload to code scanning that the policy asks for", () => {
  test("holds the findings of the head, and not those that are waived", async () => {
    const repository = await scene.newRepository({ ...healthy, [PATH]: asking });
    await scene.bed.sandbox.grant(repository, granted);
    const pull = await scene.openChange(repository, { files: { ...poor, [PATH]: asking } });
    const run = await scene.completedRun(repository, pull.headSha);
    expect(run.summary).toContain("uploaded to code scanning");
    const [analysis, ...others] = repository.analyses.filter(({ headSha }) => headSha === pull.headSha);
    expect([analysis?.ref, others]).toEqual([`refs/pull/${pull.number}/head`, []]);
    const { results } = (analysis as { log: Log }).log.runs[0];
    const rules = results.map(({ ruleId }) => ruleId);
    expect(rules).toContain("deployment/no-secrets-in-images-or-manifests");
    expect(rules).not.toContain(waived);
  });

  test("is not made where it is not asked for", async () => {
    const repository = await scene.newRepository();
    await scene.bed.sandbox.grant(repository, granted);
    const pull = await scene.openChange(repository);
    const run = await scene.completedRun(repository, pull.headSha);
    expect([repository.analyses, run.summary?.includes("code scanning")]).toEqual([[], false]);
  });

  test("is said to need a permission that the App does not have", async () => {
    const repository = await scene.newRepository({ ...healthy, [PATH]: "sarif: true\n" });
    const pull = await scene.openChange(repository, { files: { ...healthy, [PATH]: "sarif: true\n", "a.txt": "" } });
    const run = await scene.completedRun(repository, pull.headSha);
    expect([run.conclusion, repository.analyses]).toEqual(["success", []]);
    expect(run.summary).toContain("grant it `security_events: write`");
  });

  test("fails no review where code scanning is off", async () => {
    const repository = await scene.newRepository({ ...healthy, [PATH]: "sarif: true\n" });
    repository.settings.codeScanningOff = true;
    await scene.bed.sandbox.grant(repository, granted);
    const pull = await scene.openChange(repository, { files: { ...healthy, [PATH]: "sarif: true\n", "a.txt": "" } });
    const run = await scene.completedRun(repository, pull.headSha);
    expect(run.conclusion).toBe("success");
    expect(run.summary).toContain("GitHub did not take it");
  });
});
