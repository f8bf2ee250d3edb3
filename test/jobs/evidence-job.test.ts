import { describe, expect, test } from "@jest/globals";
import { faultsOf, type Manifest, readManifest } from "../../src/compliance/chain.ts";
import { makeEvidence } from "../../src/jobs/evidence-job.ts";
import type { Job } from "../../src/jobs/run-work.ts";
import { defaultPolicy } from "../../src/policy/policy.ts";
import { settingsWith } from "../../src/snapshot/settings.ts";
import type { KeptEvidence } from "../../src/store/evidence.ts";
import { assessmentOf } from "../support/reviews.ts";
import { orders, useStore } from "../support/store.ts";

const store = useStore("evidence_wanted", "evidence_packs", "settings", "repositories");
const COMMIT = "a".repeat(40);

/** The job once, by a policy that wants these packs. */
async function make(
  evidence: Readonly<Record<string, "weekly" | "monthly">>,
  standing = async () => ({ newer: undefined }),
) {
  const compliance = { ...defaultPolicy.compliance, regimes: Object.keys(evidence), evidence };
  const ports = {
    records: store.records,
    tip: async () => COMMIT,
    assess: async () => ({ ...assessmentOf(), policy: { ...defaultPolicy, compliance } }),
    now: () => Date.parse("2026-11-24T10:00:00Z"),
  };
  await makeEvidence(ports, { request: { repository: orders }, standing } as unknown as Job<{
    repository: typeof orders;
  }>);
}

const kept = async (): Promise<readonly KeptEvidence[]> =>
  Array.fromAsync(store.records.keptEvidence(orders.installationId));
const namesOf = (packs: readonly KeptEvidence[]) => packs.map(({ regime, sequence }) => `${regime} ${sequence}`);
/** The week and the month that it was are over. */
const later = () =>
  store.database.query(
    "update pyready.evidence_packs set period = period || ' before', made_at = made_at - interval '40 days'",
  );

describe("packs of evidence", () => {
  test("are made once a week or month by regime, each behind the one before it", async () => {
    await store.records.wantEvidence(orders, { soc2: "monthly", hipaa: "weekly" });
    await make({ soc2: "monthly", hipaa: "weekly" });
    await make({ soc2: "monthly", hipaa: "weekly" });
    expect(namesOf(await kept())).toEqual(["hipaa 1", "soc2 1"]);
    expect((await kept()).map(({ period }) => period)).toEqual([
      expect.stringMatching(/^\d{4}-W\d\d$/),
      expect.stringMatching(/^\d{4}-\d\d$/),
    ]);
    await later();
    await make({ soc2: "monthly", hipaa: "weekly" });
    const packs = (await kept()).filter(({ regime }) => regime === "soc2");
    expect(namesOf(packs)).toEqual(["soc2 1", "soc2 2"]);
    let last: Manifest | null = null;
    for (const { manifest, files, commit } of packs) {
      const bytes = new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]));
      expect([faultsOf(manifest, bytes, last), commit]).toEqual([[], COMMIT]);
      last = readManifest(manifest) ?? null;
    }
  });

  test("are made once where two processes make them at the same time", async () => {
    await store.records.wantEvidence(orders, { soc2: "weekly" });
    await Promise.all([make({ soc2: "weekly" }), make({ soc2: "weekly" })]);
    expect(namesOf(await kept())).toEqual(["soc2 1"]);
  });

  test("are made by the next attempt where one is lost on the way, and by nobody who has lost the lane", async () => {
    await store.records.wantEvidence(orders, { soc2: "weekly" });
    const lost = make({ soc2: "weekly" }, () => Promise.reject(new Error("another process has the lane")));
    await expect(lost).rejects.toThrow("another process");
    expect(await kept()).toEqual([]);
    await make({ soc2: "weekly" });
    expect(namesOf(await kept())).toEqual(["soc2 1"]);
  });

  test("are no longer made of what the policy does not want any more", async () => {
    await store.records.wantEvidence(orders, { soc2: "weekly", hipaa: "weekly" });
    await make({ hipaa: "weekly" });
    expect(namesOf(await kept())).toEqual(["hipaa 1"]);
    expect(await store.records.dueEvidence(orders)).toEqual([]);
  });

  test("are asked for where one is due and the settings were read, and not of an archived repository", async () => {
    const lacking = async () =>
      (await store.records.withoutEvidence(orders.installationId, 10)).map(({ name }) => name);
    await store.records.noteRepositories([orders]);
    await store.records.wantEvidence(orders, { soc2: "weekly" });
    expect(await lacking()).toEqual([]);
    await store.records.rememberSettings(orders, { settings: settingsWith({}, "not read"), tags: {} });
    expect(await lacking()).toEqual(["orders"]);
    await store.records.noteRepositories([{ ...orders, archived: true }]);
    expect(await lacking()).toEqual([]);
    await store.records.noteRepositories([orders]);
    await make({ soc2: "weekly" });
    expect(await lacking()).toEqual([]);
  });

  test("are kept for days of their own", async () => {
    await store.records.wantEvidence(orders, { soc2: "weekly" });
    await make({ soc2: "weekly" });
    await later();
    await store.records.forgetOld(7, 60);
    expect(await kept()).toHaveLength(1);
    await store.records.forgetOld(7, 30);
    expect(await kept()).toEqual([]);
  });
});
