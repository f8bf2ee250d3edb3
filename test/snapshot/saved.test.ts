import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "@jest/globals";
import { readSavedSnapshot, recorded } from "../../src/snapshot/saved.ts";
import { temporaryFolders } from "../support/folders.ts";
import { miniSnapshot } from "../support/mini-snapshot.ts";

const folders = temporaryFolders();
const folder = folders.create();
let files = 0;
afterAll(() => folders.clear());

function written(content: string | Uint8Array): string {
  const path = join(folder, `${++files}.json`);
  writeFileSync(path, content);
  return path;
}

test.each(["json", "json.gz"])("as .%s, a snapshot comes back with what was read of it", async (extension) => {
  const kept = recorded(miniSnapshot({ "a.py": "x = 1\n", "b.py": "y = 2\n", "c.py": { unreadable: "it is binary" } }));
  const [first, , third] = kept.snapshot.tree;
  await kept.snapshot.read([first, third].flatMap((entry) => entry ?? []));
  const path = join(folder, `saved.${extension}`);
  await kept.save(path);
  const snapshot = await readSavedSnapshot(path);
  expect(snapshot.tree.map(({ path: name }) => name)).toEqual(["a.py", "b.py", "c.py"]);
  const contents = await snapshot.read(snapshot.tree);
  expect([...contents.values()].map((content) => ("text" in content ? content.text : content.reason))).toEqual([
    "x = 1\n",
    "its text is not in the snapshot",
    "its text is not in the snapshot",
  ]);
});

test("a tree's own names are no way into JavaScript's", async () => {
  const path = written(
    '{"repository":"a/b","tree":[{"path":"__proto__","mode":"100644","sha":"0","size":1,"type":"blob"}],"files":{}}',
  );
  const snapshot = await readSavedSnapshot(path);
  const content = (await snapshot.read(snapshot.tree)).get("__proto__");
  expect(content).toEqual({ kind: "unreadable", reason: "its text is not in the snapshot" });
});

test.each([
  ["no JSON", "{", /is not JSON/],
  ["an array", "[]", /is no saved snapshot: it needs repository, tree and files/],
  ["null", "null", /is no saved snapshot/],
  ["a tree of something else", '{"repository":"a/b","tree":[1],"files":{}}', /is no saved snapshot/],
  ["a gzip that was cut", gzipSync("{}").subarray(0, 12), /cannot be read/],
])("%s is refused in one line that names the file", async (_, content, says) => {
  const path = written(content);
  await expect(readSavedSnapshot(path)).rejects.toThrow(says);
  await expect(readSavedSnapshot(path)).rejects.toThrow(path);
});

test("a gzip that unpacks without end is refused", async () => {
  const path = written(gzipSync(Buffer.alloc(513_000_000, 32)));
  await expect(readSavedSnapshot(path)).rejects.toThrow("cannot be read (ERR_BUFFER_TOO_LARGE)");
});
