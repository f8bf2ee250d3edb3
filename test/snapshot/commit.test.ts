import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { changeBetween } from "../../src/engine/change.ts";
import { mergeBaseSnapshot, withBlobIds } from "../../src/snapshot/commit.ts";
import { folderSnapshot } from "../../src/snapshot/folder.ts";
import type { FileContent, Snapshot } from "../../src/snapshot/snapshot.ts";
import { git, temporaryFolders } from "../support/folders.ts";

const folders = temporaryFolders();
afterAll(() => folders.clear());

/** A checkout whose branch `main` holds these files. */
function committed(files: Parameters<typeof folders.createCheckout>[0]): string {
  const folder = folders.createCheckout(files);
  git(folder, "checkout", "--quiet", "-b", "main");
  git(folder, "commit", "--quiet", "--message", "Begin");
  return folder;
}

async function textOf(snapshot: Snapshot, path: string): Promise<FileContent | undefined> {
  return (await snapshot.read(snapshot.tree.filter((entry) => entry.path === path))).get(path);
}

describe("a commit of a checkout", () => {
  const files = {
    "a b.py": "x = 1\n",
    "lib/ü.py": "y = 2\n",
    "lib/data.bin": Buffer.from([0, 1, 2]),
    "lib/latin.py": Buffer.from("# caf\xe9\n", "latin1"),
    "link.py": { link: "a b.py" },
    "run.sh": { executable: "#!/bin/sh\n" },
    "empty.py": "",
  };

  test("has the tree and the texts that were committed, whatever the folder holds now", async () => {
    const folder = committed(files);
    writeFileSync(join(folder, "a b.py"), "x = 'changed'\n");
    const base = await mergeBaseSnapshot(folder, "main");
    expect(base.commit).toBe(git(folder, "rev-parse", "HEAD"));
    expect(base.tree.map(({ path, mode, size }) => [path, mode, size])).toEqual([
      ["a b.py", "100644", 6],
      ["empty.py", "100644", 0],
      ["lib/data.bin", "100644", 3],
      ["lib/latin.py", "100644", 7],
      ["lib/ü.py", "100644", 6],
      ["link.py", "120000", 6],
      ["run.sh", "100755", 10],
    ]);
    expect(await textOf(base, "a b.py")).toEqual({ kind: "text", text: "x = 1\n" });
    expect(await textOf(base, "link.py")).toEqual({ kind: "text", text: "x = 1\n" });
    expect(await textOf(base, "empty.py")).toEqual({ kind: "text", text: "" });
    expect(await textOf(base, "lib/data.bin")).toMatchObject({ kind: "unreadable", binary: true });
    expect(await textOf(base, "lib/latin.py")).toMatchObject({ reason: "it is not UTF-8" });
  });

  test("shows a scan the same files", async () => {
    const base = await mergeBaseSnapshot(committed(files), "HEAD");
    const seen = new Map<string, string>();
    const entries = base.tree.filter(({ mode }) => mode.startsWith("100"));
    const see = ({ path }: { path: string }, content: FileContent) => void seen.set(path, content.kind);
    await base.read([], { entries, see });
    expect(seen.size).toBe(6);
    expect([seen.get("lib/data.bin"), seen.get("lib/latin.py")]).toEqual(["unreadable", "text"]);
  });

  test("is where the branch left the other, and not what that gained since", async () => {
    const folder = committed({ "a.py": "x = 1\n" });
    git(folder, "checkout", "--quiet", "-b", "change");
    git(folder, "checkout", "--quiet", "main");
    writeFileSync(join(folder, "b.py"), "y = 2\n");
    git(folder, "add", "b.py");
    git(folder, "commit", "--quiet", "--message", "More");
    git(folder, "checkout", "--quiet", "change");
    expect((await mergeBaseSnapshot(folder, "main")).tree.map(({ path }) => path)).toEqual(["a.py"]);
  });

  test("of a folder inside a checkout is that folder", async () => {
    const folder = committed({ "services/api/a.py": "x = 1\n", "other.py": "" });
    const base = await mergeBaseSnapshot(join(folder, "services/api"), "main");
    expect(base.tree.map(({ path }) => path)).toEqual(["a.py"]);
    expect(await textOf(base, "a.py")).toEqual({ kind: "text", text: "x = 1\n" });
  });

  test("tells files that changed from those that did not, and those that were renamed", async () => {
    const folder = committed({ "a.py": "x = 1\n", "b.py": "x = 2\n", "old.py": "z = 26\n", "c.py": "same = 1\n" });
    writeFileSync(join(folder, "b.py"), "x = 3\n");
    renameSync(join(folder, "old.py"), join(folder, "new.py"));
    const base = await mergeBaseSnapshot(folder, "main");
    const head = await withBlobIds(folder, await folderSnapshot(folder), base);
    const { touched, removed, renames } = changeBetween(base.tree, head.tree);
    expect([...touched].sort()).toEqual(["b.py", "new.py"]);
    expect([...removed]).toEqual(["old.py"]);
    expect([...renames]).toEqual([["new.py", "old.py"]]);
  });

  test.each([
    ["a reference that is not there", "nowhere", "nowhere is no commit of this checkout"],
    ["an option in the place of a reference", "--output=/tmp/x", "--output=/tmp/x is no commit of this checkout"],
  ])("is refused for %s", async (_, ref, reason) => {
    await expect(mergeBaseSnapshot(committed({ "a.py": "" }), ref)).rejects.toThrow(reason);
  });

  test("is refused outside a checkout, and where the histories have nothing in common", async () => {
    await expect(mergeBaseSnapshot(folders.create({ "a.py": "" }), "main")).rejects.toThrow("is no git checkout");
    const folder = committed({ "a.py": "" });
    git(folder, "checkout", "--quiet", "--orphan", "elsewhere");
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "Other");
    await expect(mergeBaseSnapshot(folder, "main")).rejects.toThrow("no commit in common");
  });
});
