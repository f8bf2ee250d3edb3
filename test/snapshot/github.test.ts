import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { pack } from "tar-stream";
import { type BlobAnswer, githubSnapshot, type RepositoryReader } from "../../src/snapshot/github.ts";
import { listTree } from "../../src/snapshot/github-tree.ts";
import type { TreeEntry } from "../../src/snapshot/snapshot.ts";
import { blobsOfTarball } from "../../src/snapshot/tarball.ts";

const COMMIT = "c".repeat(40);
const info = { name: "acme/orders", visibility: "private", owner: "organization", defaultBranch: "main" } as const;
const file = (path: string, rest: Partial<TreeEntry> = {}): TreeEntry => ({
  path,
  mode: "100644",
  sha: path,
  size: 10,
  ...rest,
});
const folder = (path: string): TreeEntry => file(path, { mode: "040000", size: null });

/** GitHub, as far as one test needs it; what it does not need fails. */
function reader(parts: Partial<RepositoryReader>): RepositoryReader {
  const no = (): never => {
    throw new Error("this was not to be asked for");
  };
  return { tree: no, blobs: no, blob: no, tarball: no, ...parts };
}

const whole = (entries: readonly TreeEntry[]) => ({ tree: async () => ({ entries, truncated: false }) });

async function readAll(github: RepositoryReader): Promise<Record<string, string>> {
  const snapshot = await githubSnapshot(github, info, COMMIT);
  const contents = await snapshot.read(snapshot.tree);
  return Object.fromEntries([...contents].map(([path, one]) => [path, one.kind === "text" ? one.text : one.reason]));
}

describe("a tree that GitHub cuts", () => {
  /** Trees by id and depth; a recursive listing with more than four entries is cut. */
  const trees: Record<string, readonly TreeEntry[]> = {
    [COMMIT]: [folder("src"), file("README.md"), folder("docs")],
    src: [file("a.py"), file("b.py"), folder("deep")],
    docs: [file("c.md")],
    deep: [file("d.py"), file("e.py")],
  };
  const below = (sha: string, prefix = ""): readonly TreeEntry[] =>
    (trees[sha] ?? []).flatMap((entry) => [
      { ...entry, path: prefix + entry.path },
      ...(entry.mode === "040000" ? below(entry.sha, `${prefix}${entry.path}/`) : []),
    ]);

  test("is walked by its sub-trees until it is whole", async () => {
    let requests = 0;
    const listed = await listTree(
      {
        async tree(sha, recursive) {
          requests++;
          const entries = recursive ? below(sha) : (trees[sha] ?? []);
          return { entries: entries.slice(0, 4), truncated: entries.length > 4 };
        },
      },
      COMMIT,
    );
    expect(listed.complete).toBe(true);
    expect(listed.tree.map(({ path }) => path).sort()).toEqual([
      "README.md",
      "docs/c.md",
      "src/a.py",
      "src/b.py",
      "src/deep/d.py",
      "src/deep/e.py",
    ]);
    expect(requests).toBe(6);
  });

  test("is called incomplete when the walk would never end", async () => {
    let made = 0;
    const endless = async () => ({ entries: [folder(`sub${made++}`), file(`f${made}`)], truncated: true });
    const listed = await listTree({ tree: endless }, COMMIT);
    expect(listed.complete).toBe(false);
    expect(made).toBeLessThan(70);
  });
});

describe("files", () => {
  const answer = (fields: Partial<BlobAnswer>): BlobAnswer => ({
    text: null,
    isBinary: false,
    isTruncated: false,
    ...fields,
  });

  test.each<[string, BlobAnswer, string]>([
    ["text", answer({ text: "x = 1" }), "x = 1"],
    ["binary", answer({ isBinary: true }), "it is binary"],
    ["cut by GitHub, asked for whole", answer({ text: "x", isTruncated: true }), "whole"],
    ["that GitHub cannot classify, asked for as bytes", answer({ isBinary: null }), "whole"],
    ["with bytes that were replaced, asked for as bytes", answer({ text: "caf\uFFFD" }), "whole"],
    [
      "an LFS pointer",
      answer({ text: "version https://git-lfs.github.com/spec/v1\noid x" }),
      "its content is in Git LFS",
    ],
  ])("%s", async (_, blob, expected) => {
    const github = reader({
      ...whole([file("a.py")]),
      blobs: async (shas) => new Map(shas.map((sha) => [sha, blob])),
      blob: async () => Buffer.from("whole"),
    });
    expect(await readAll(github)).toEqual({ "a.py": expected });
  });

  test("that GitHub does not have, and those that are too large to ask for", async () => {
    const github = reader({
      ...whole([file("a.py"), file("big.py", { size: 2_000_000 })]),
      blobs: async (shas) => {
        expect(shas).toEqual(["a.py"]);
        return new Map();
      },
    });
    expect(await readAll(github)).toEqual({
      "a.py": "GitHub does not have it",
      "big.py": "2000000 bytes is over the limit of 1000000",
    });
  });

  test("come in batches of at most 100 and about 2 MB", async () => {
    const sizes: number[] = [];
    const github = reader({
      ...whole([
        ...Array.from({ length: 150 }, (_, index) => file(`s${index}.py`)),
        ...Array.from({ length: 3 }, (_, index) => file(`l${index}.py`, { size: 900_000 })),
      ]),
      blobs: async (shas) => {
        sizes.push(shas.length);
        return new Map(shas.map((sha) => [sha, answer({ text: sha })]));
      },
    });
    await readAll(github);
    expect(sizes).toEqual([100, 52, 1]);
  });

  test("with the same content are asked for once", async () => {
    const github = reader({
      ...whole([file("a/__init__.py", { sha: "same" }), file("b/__init__.py", { sha: "same" })]),
      blobs: async (shas) => {
        expect(shas).toEqual(["same"]);
        return new Map([["same", answer({ text: "x" })]]);
      },
    });
    expect(await readAll(github)).toEqual({ "a/__init__.py": "x", "b/__init__.py": "x" });
  });

  test("a failure of GitHub is no empty file", async () => {
    const github = reader({ ...whole([file("a.py")]), blobs: () => Promise.reject(new Error("502")) });
    await expect(readAll(github)).rejects.toThrow("502");
  });
});

/** The id that git gives to these bytes. */
function blobId(text: string): string {
  return createHash("sha1")
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest("hex");
}

describe("a tarball", () => {
  async function archive(entries: readonly { name: string; text?: string; type?: "symlink" | "file" }[]) {
    const tar = pack();
    for (const { name, text = "", type = "file" } of entries) {
      if (type === "symlink") tar.entry({ name: `root/${name}`, type, linkname: text });
      else tar.entry({ name: `root/${name}` }, text);
    }
    tar.finalize();
    const chunks: Buffer[] = [];
    for await (const chunk of tar) chunks.push(chunk as Buffer);
    return gzipSync(Buffer.concat(chunks));
  }

  test("gives what was asked for, and passes over links, climbers and what is not the blob", async () => {
    const bytes = await archive([
      { name: "a.py", text: "x = 1" },
      { name: "unasked.py", text: "y" },
      { name: "link.py", text: "/etc/passwd", type: "symlink" },
      { name: "../../climb.py", text: "z" },
      { name: "resized.py", text: "grown" },
      { name: "substituted.py", text: "$Id: 1$" },
    ]);
    const asked = [
      file("a.py", { size: 5, sha: blobId("x = 1") }),
      file("link.py", { mode: "120000", size: 11 }),
      file("climb.py", { size: 1 }),
      file("resized.py", { size: 1 }),
      file("substituted.py", { size: 7, sha: blobId("$Id$xxx") }),
    ];
    const blobs = await Array.fromAsync(blobsOfTarball(Readable.from([bytes]), asked));
    expect(blobs.map(([{ path }, text]) => [path, String(text)])).toEqual([["a.py", "x = 1"]]);
  });

  test("that was cut on the way fails", async () => {
    const bytes = await archive([{ name: "a.py", text: "x".repeat(10_000) }]);
    const cut = bytes.subarray(0, bytes.length - 20);
    await expect(Array.fromAsync(blobsOfTarball(Readable.from([cut]), [file("a.py")]))).rejects.toThrow();
  });

  test("that is no archive fails", async () => {
    const page = Readable.from([Buffer.from("<html>")]);
    await expect(Array.fromAsync(blobsOfTarball(page, [file("a.py")]))).rejects.toThrow();
  });

  test("is asked for from 301 missing files on; what it leaves out comes in a batch", async () => {
    const files = Array.from({ length: 301 }, (_, index) => ({ name: `f${index}.py`, text: `x = ${index}` }));
    const entries = files.map(({ name, text }) => file(name, { size: text.length, sha: blobId(text) }));
    const bytes = await archive(files.slice(1));
    const github = reader({
      ...whole(entries),
      tarball: async () => Readable.from([bytes]),
      blobs: async (shas) => new Map(shas.map((sha) => [sha, answerOf()])),
    });
    const answerOf = () => ({ text: "from a batch", isBinary: false, isTruncated: false });
    const contents = await readAll(github);
    expect(Object.keys(contents)).toHaveLength(301);
    expect([contents["f0.py"], contents["f1.py"]]).toEqual(["from a batch", "x = 1"]);
  });

  /** What a scan sees of each file. */
  async function scanned(github: RepositoryReader, held: readonly TreeEntry[] = []) {
    const snapshot = await githubSnapshot(github, info, COMMIT);
    const seen: Record<string, string> = {};
    const contents = await snapshot.read(held, {
      entries: snapshot.tree,
      see: ({ path }, content) => {
        seen[path] = content.kind === "text" ? content.text : content.reason;
      },
    });
    return { seen, contents };
  }

  test("is asked for once where a scan does not fit one batch, for what is held as well", async () => {
    const files = Array.from({ length: 150 }, (_, index) => ({ name: `f${index}.py`, text: `x = ${index}` }));
    const entries = files.map(({ name, text }) => file(name, { size: text.length, sha: blobId(text) }));
    const bytes = await archive(files);
    const github = reader({ ...whole(entries), tarball: async () => Readable.from([bytes]) });
    const { seen, contents } = await scanned(github, entries.slice(0, 1));
    expect(Object.keys(seen)).toHaveLength(150);
    expect(seen["f149.py"]).toBe("x = 149");
    expect([...contents]).toEqual([["f0.py", { kind: "text", text: "x = 0" }]]);
  });
});

describe("a scan", () => {
  test("of few files is one batch; it sees every path, any encoding, and why it cannot see", async () => {
    let requests = 0;
    const github = reader({
      ...whole([
        file("a.py", { sha: "same" }),
        file("b.py", { sha: "same" }),
        file("latin.py"),
        file("logo.dat"),
        file("gone.py"),
        file("huge.json", { size: 20_000_000 }),
      ]),
      blobs: async () => {
        requests++;
        return new Map([
          ["same", { text: "x", isBinary: false, isTruncated: false }],
          ["latin.py", { text: "caf\uFFFD", isBinary: false, isTruncated: false }],
          ["logo.dat", { text: null, isBinary: true, isTruncated: false }],
        ]);
      },
    });
    const snapshot = await githubSnapshot(github, info, COMMIT);
    const seen: [string, string][] = [];
    await snapshot.read([], {
      entries: snapshot.tree,
      see: ({ path }, content) => seen.push([path, content.kind === "text" ? content.text : content.reason]),
    });
    expect(requests).toBe(1);
    expect(Object.fromEntries(seen)).toEqual({
      "a.py": "x",
      "b.py": "x",
      "latin.py": "caf\uFFFD",
      "logo.dat": "it is binary",
      "gone.py": "GitHub does not hand it out",
      "huge.json": "20000000 bytes is over the limit of 10000000",
    });
    expect(seen).toHaveLength(6);
  });
});
