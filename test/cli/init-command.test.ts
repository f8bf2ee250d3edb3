import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { pyready } from "../support/command.ts";
import { temporaryFolders } from "../support/folders.ts";
import { healthy } from "../support/repositories.ts";

const folders = temporaryFolders();
afterAll(() => folders.clear());

describe("pyready init", () => {
  test("writes the policy that --dry-run prints, once", async () => {
    const folder = folders.createCheckout(healthy);
    const printed = await pyready(["init", folder, "--dry-run"]);
    const written = await pyready(["init", folder]);
    const path = join(folder, ".github/pyready.yml");
    expect([printed.exit, written.exit, written.error]).toEqual([0, 0, ""]);
    expect(written.out).toContain(path);
    expect(readFileSync(path, "utf8")).toBe(printed.out);

    const again = await pyready(["init", folder]);
    expect([again.exit, again.out]).toEqual([2, ""]);
    expect(again.error).toBe(`pyready: ${path} is there already; --dry-run prints what it would be\n`);
    expect(readFileSync(path, "utf8")).toBe(printed.out);
  });

  test("does not take the place of [tool.pyready]", async () => {
    const folder = folders.create({ "pyproject.toml": "[tool.pyready.gate]\nmin-score = 80\n" });
    const { exit, error } = await pyready(["init", folder]);
    expect([exit, error]).toEqual([2, expect.stringContaining("holds [tool.pyready]")]);
  });

  test("writes nothing through a link out of the repository", async () => {
    const [folder, elsewhere] = [folders.create({ "app.py": "" }), folders.create()];
    symlinkSync(elsewhere, join(folder, ".github"));
    const { exit, error } = await pyready(["init", folder]);
    expect([exit, error]).toEqual([2, expect.stringContaining(".github is a link")]);
  });
});
