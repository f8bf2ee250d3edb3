import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { folderSnapshot } from "../../src/snapshot/folder.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { git, temporaryFolders } from "../support/folders.ts";

const folders = temporaryFolders();
afterAll(() => folders.clear());

const pathsOf = ({ tree }: Snapshot) => tree.map(({ path }) => path);

/** What a file says: its text, or why there is none. */
async function said(snapshot: Snapshot, path: string): Promise<string> {
  const content = (await snapshot.read(snapshot.tree.filter((entry) => entry.path === path))).get(path);
  return content?.kind === "text" ? content.text : (content?.reason ?? "not in the tree");
}

describe("a git checkout", () => {
  test("lists what git tracks and what is new, not what it ignores or what was deleted", async () => {
    const folder = folders.createCheckout({ ".gitignore": "*.log\n", "a.py": "", "gone.py": "", "dir/b.py": "" });
    rmSync(join(folder, "gone.py"));
    writeFileSync(join(folder, "new.py"), "");
    writeFileSync(join(folder, "run.log"), "");
    expect(pathsOf(await folderSnapshot(folder))).toEqual([".gitignore", "a.py", "dir/b.py", "new.py"]);
  });

  test("hands over every file of a scan, whatever its encoding", async () => {
    const folder = folders.createCheckout({
      "a.py": "x",
      "latin.py": Buffer.from("caf\u00e9 = 1", "latin1"),
      "b.bin": "\0",
    });
    const snapshot = await folderSnapshot(folder);
    const seen: Record<string, string> = {};
    await snapshot.read([], {
      entries: snapshot.tree,
      see: ({ path }, content) => {
        seen[path] = content.kind === "text" ? content.text : content.reason;
      },
    });
    expect(seen).toEqual({ "a.py": "x", "latin.py": "caf\uFFFD = 1", "b.bin": "it is binary" });
  });

  test("lists an ignored file that git tracks all the same", async () => {
    const folder = folders.createCheckout({ ".gitignore": ".env\n", ".env": "A=1\n" });
    expect(pathsOf(await folderSnapshot(folder))).toContain(".env");
  });

  test("holds submodules as entries that cannot be read", async () => {
    const folder = folders.createCheckout({ "a.py": "" });
    git(folder, "update-index", "--add", "--cacheinfo", `160000,${"a".repeat(40)},vendored`);
    mkdirSync(join(folder, "vendored"));
    const snapshot = await folderSnapshot(folder);
    expect(snapshot.tree).toContainEqual({ path: "vendored", mode: "160000", sha: "a".repeat(40), size: null });
    expect(await said(snapshot, "vendored")).toBe("it is a submodule");
  });

  test("holds names that git would quote", async () => {
    const names = ["tab\there.py", "new\nline.py", "ünï.py", '"quoted".py'];
    const folder = folders.createCheckout(Object.fromEntries(names.map((name) => [name, "x"])));
    expect(new Set(pathsOf(await folderSnapshot(folder)))).toEqual(new Set(names));
  });

  test("below its root lists that folder alone", async () => {
    const folder = folders.createCheckout({ "services/one/a.py": "", "services/two/b.py": "" });
    expect(pathsOf(await folderSnapshot(join(folder, "services/one")))).toEqual(["a.py"]);
  });
});

describe("a folder outside git", () => {
  test("lists every file but dependencies and caches", async () => {
    const folder = folders.create({
      "a.py": "",
      "node_modules/x/index.js": "",
      ".venv/lib/site.py": "",
      "pkg/__pycache__/a.pyc": "",
      ".github/workflows/ci.yml": "",
    });
    expect(pathsOf(await folderSnapshot(folder))).toEqual([".github/workflows/ci.yml", "a.py"]);
  });

  test("does not wait for a pipe", async () => {
    const folder = folders.create({ "a.py": "" });
    execFileSync("mkfifo", [join(folder, "pipe.py")]);
    expect(pathsOf(await folderSnapshot(folder))).toEqual(["a.py"]);
  });

  test.each(["nowhere", "package.json"])("%s is refused", async (path) => {
    await expect(folderSnapshot(path)).rejects.toThrow(`${path} is not a folder`);
  });
});

describe("what a file says", () => {
  const folder = folders.createCheckout({
    "plain.txt": "x = 1\n",
    "marked.txt": "\uFEFFx = 1\n",
    "utf16.txt": Buffer.from("\uFEFFx", "utf16le"),
    "latin1.txt": Buffer.from("caf\xE9", "latin1"),
    "binary.txt": Buffer.from([1, 0, 2]),
    "large.txt": "x".repeat(1_000_001),
    "uv.lock": "x".repeat(1_000_001),
    "large.lock": "x".repeat(5_000_001),
    "model.txt": "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
    "link.txt": { link: "plain.txt" },
    "sub/link.txt": { link: "../link.txt" },
    "circle.txt": { link: "circle2.txt" },
    "circle2.txt": { link: "circle.txt" },
    "outside.txt": { link: "../../../../../../etc/hostname" },
    "absolute.txt": { link: "/etc/hostname" },
    "dangling.txt": { link: "gone.txt" },
    "folder.txt": { link: "sub" },
  });

  test.each([
    ["plain.txt", "x = 1\n"],
    ["marked.txt", "x = 1\n"],
    ["utf16.txt", "it is binary"],
    ["latin1.txt", "it is not UTF-8"],
    ["binary.txt", "it is binary"],
    ["large.txt", "1000001 bytes is over the limit of 1000000"],
    ["uv.lock", "x".repeat(1_000_001)],
    ["large.lock", "5000001 bytes is over the limit of 5000000"],
    ["model.txt", "its content is in Git LFS"],
    ["link.txt", "x = 1\n"],
    ["sub/link.txt", "x = 1\n"],
    ["circle.txt", "it is a link that leads in a circle"],
    ["outside.txt", "it is a link to no file of the repository"],
    ["absolute.txt", "it is a link to no file of the repository"],
    ["dangling.txt", "it is a link to no file of the repository"],
    ["folder.txt", "it is a link to no file of the repository"],
  ])("%s", async (path, expected) => {
    expect(await said(await folderSnapshot(folder), path)).toBe(expected);
  });

  test("a folder that became a link after it was listed leads nowhere", async () => {
    const elsewhere = folders.create({ "secret.txt": "s3cret" });
    const swapped = folders.create({ "conf/secret.txt": "mine" });
    const snapshot = await folderSnapshot(swapped);
    rmSync(join(swapped, "conf"), { recursive: true });
    execFileSync("ln", ["-s", elsewhere, join(swapped, "conf")]);
    expect(await said(snapshot, "conf/secret.txt")).toBe("it is outside the folder");
  });
});
