import { appendFileSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { pyready } from "../support/command.ts";
import { git, temporaryFolders } from "../support/folders.ts";
import { healthy } from "../support/repositories.ts";

const folders = temporaryFolders();
afterAll(() => folders.clear());

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
    expect(await pyready(["evidence", "verify", output, "--expect", digest])).toMatchObject({
      exit: 0,
      out: `whole   ${path}\nwhole   ${join(output, "soc2/0002-2026-11-25")}\nsoc2: the newest pack is ${digest}\n`,
    });

    rmSync(join(output, "soc2/0002-2026-11-25"), { recursive: true });
    const cut = await pyready(["evidence", "verify", output, "--expect", digest]);
    expect([cut.exit, cut.out]).toEqual([1, expect.stringContaining(`No newest pack has the digest ${digest}`)]);

    appendFileSync(join(path, "evidence.csv"), " ");
    const broken = await pyready(["evidence", "verify", output]);
    expect([broken.exit, broken.out]).toEqual([
      1,
      expect.stringContaining(`broken  ${path}; "evidence.csv" is not as it was made`),
    ]);
    expect(await make("2026-11-26")).toMatchObject({
      exit: 2,
      error: `pyready: ${path} is broken: "evidence.csv" is not as it was made; name another folder by --output\n`,
    });
  });

  test.each([
    [
      "no regime is known",
      ["--output", "packs"],
      "the policy names no regime; name one by --regime: soc2, hipaa, pci-dss, osps-baseline, nist-ssdf",
    ],
    ["no folder is named", ["--regime", "soc2"], "name the folder for packs by --output"],
  ])("asks, where %s", async (_, args, reason) => {
    const folder = folders.create({ "app.py": "" });
    expect(await pyready(["evidence", folder, ...args])).toEqual({ exit: 2, out: "", error: `pyready: ${reason}\n` });
  });

  test("verifies nothing where there is nothing", async () => {
    const folder = folders.create();
    const { exit, error } = await pyready(["evidence", "verify", folder]);
    expect([exit, error]).toEqual([2, `pyready: ${folder} holds no packs of evidence\n`]);
  });
});
