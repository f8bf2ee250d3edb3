import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { verifyEvidence } from "../../src/cli/evidence-command.ts";
import { pyready } from "../support/command.ts";
import { git, temporaryFolders } from "../support/folders.ts";
import { healthy } from "../support/repositories.ts";

const folders = temporaryFolders();
afterAll(() => folders.clear());

/** What verifying says, without a process of its own: it runs nothing. */
async function verified(folder: string, expect?: string): Promise<readonly [number, string]> {
  const said: string[] = [];
  const out = { write: (text: string) => said.push(text) };
  const streams = { out, error: out, color: false, progress: false };
  return [await verifyEvidence(folder, expect === undefined ? {} : { expect }, streams), said.join("")];
}

describe("pyready evidence", () => {
  test("writes packs of the last commit, each behind the one before it, and finds what was done to them", async () => {
    const folder = folders.createCheckout({ ...healthy, ".github/pyready.yml": "compliance: [soc2]\n" });
    git(folder, "commit", "--quiet", "--message", "first");
    // What is not committed is no evidence.
    appendFileSync(join(folder, ".github/pyready.yml"), "compliance: nonsense\n");
    const output = folders.create();
    const make = (date: string) => pyready(["evidence", folder, "--output", output, "--date", date]);

    const first = await make("2026-11-24");
    expect([first.exit, first.error]).toEqual([0, ""]);
    const path = join(output, "soc2/0001-2026-11-24");
    expect(readdirSync(path)).toEqual([
      "assessment-results.json",
      "evidence.csv",
      "evidence.html",
      "evidence.json",
      "manifest.json",
    ]);
    const pack = JSON.parse(readFileSync(join(path, "evidence.json"), "utf8"));
    expect([pack.regime.id, pack.commit, pack.date]).toEqual(["soc2", git(folder, "rev-parse", "HEAD"), "2026-11-24"]);

    const second = await make("2026-11-25");
    expect(second.out).toMatch(
      /^soc2: .*soc2\/0002-2026-11-25 is written, digest [0-9a-f]{64}; note it elsewhere\.\n$/,
    );
    const digest = /digest ([0-9a-f]{64})/.exec(second.out)?.[1] ?? "";
    const behind = join(output, "soc2/0002-2026-11-25");
    const whole = `whole   ${path}\nwhole   ${behind}\nsoc2: the newest pack is ${digest}\n`;
    expect(await verified(output, digest)).toEqual([0, whole]);

    // What is kept for some years only begins in the middle.
    const recent = folders.create();
    cpSync(behind, join(recent, "soc2/0002-2026-11-25"), { recursive: true });
    expect(await verified(recent, digest)).toEqual([
      0,
      `whole   ${join(recent, "soc2/0002-2026-11-25")}\nsoc2: what came before number 2 is not here\nsoc2: the newest pack is ${digest}\n`,
    ]);

    appendFileSync(join(path, "evidence.csv"), " ");
    const changed = `broken  ${path}; "evidence.csv" is not as it was made\n`;
    expect(await verified(output)).toEqual([1, expect.stringContaining(changed)]);

    rmSync(behind, { recursive: true });
    const cut = `No newest pack has the digest ${digest}: packs are missing at the end, or are others.\n`;
    expect(await verified(output, digest)).toEqual([1, expect.stringContaining(cut)]);
  });

  test("writes nothing behind a pack that is broken", async () => {
    const output = folders.create({ "soc2/0001-2026-11-24/manifest.json": "{}" });
    const { exit, error } = await pyready(["evidence", folders.create(), "--regime", "soc2", "--output", output]);
    const path = join(output, "soc2/0001-2026-11-24");
    expect([exit, error]).toEqual([
      2,
      `pyready: ${path} is broken: manifest.json is no manifest of a pack; name another folder by --output\n`,
    ]);
    expect(readdirSync(join(output, "soc2"))).toEqual(["0001-2026-11-24"]);
  });

  test("asks for a regime where the policy names none", async () => {
    const { exit, error } = await pyready(["evidence", folders.create(), "--output", "packs"]);
    const reason = "the policy names no regime; name one by --regime: soc2, hipaa, pci-dss, osps-baseline, nist-ssdf";
    expect([exit, error]).toEqual([2, `pyready: ${reason}\n`]);
  });

  test("asks for the folder of the packs", async () => {
    const { exit, error } = await pyready(["evidence", "--regime", "soc2"]);
    expect([exit, error]).toEqual([2, "pyready: name the folder for packs by --output\n"]);
  });

  test("verifies by its own command, and nothing where there is nothing", async () => {
    const folder = folders.create();
    const { exit, error } = await pyready(["evidence", "verify", folder]);
    expect([exit, error]).toEqual([2, `pyready: ${folder} holds no packs of evidence\n`]);
  });
});
