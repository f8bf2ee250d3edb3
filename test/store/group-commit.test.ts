import { expect, test } from "@jest/globals";
import { groupCommit } from "../../src/store/group-commit.ts";

/** A store that notes its statements; `during` is called while one is under way. */
function store(during: (items: readonly string[]) => void) {
  const statements: (readonly string[])[] = [];
  const commit = groupCommit<string>(async (items) => {
    statements.push(items);
    during(items);
  });
  return { statements, commit };
}

const refusing = (item: string, code: string) => (items: readonly string[]) => {
  if (items.includes(item)) throw Object.assign(new Error(item), { code });
};
const fates = async (promises: readonly Promise<void>[]) =>
  (await Promise.allSettled(promises)).map(({ status }) => status);

test("what arrives together is written together, and what arrives meanwhile next", async () => {
  const meanwhile: Promise<void>[] = [];
  const { statements, commit } = store((items) => {
    if (items.includes("a")) meanwhile.push(commit(["d"]), commit(["e"]));
  });
  await Promise.all([commit(["a"]), commit(["b", "c"])]);
  await Promise.all(meanwhile);
  expect(statements).toEqual([
    ["a", "b", "c"],
    ["d", "e"],
  ]);
});

test("an item that the database refuses fails alone", async () => {
  const { commit } = store(refusing("bad", "22P02"));
  expect(await fates([commit(["a"]), commit(["bad"]), commit(["b"])])).toEqual(["fulfilled", "rejected", "fulfilled"]);
  await commit(["c"]);
});

test.each(["ECONNREFUSED", "57P03", "53100"])(
  "while the database is out (%s) all that waits fails at once",
  async (code) => {
    const meanwhile: Promise<void>[] = [];
    const refuse = refusing("a", code);
    const { statements, commit } = store((items) => {
      if (items.includes("a")) meanwhile.push(commit(["b"]));
      refuse(items);
    });
    expect(await fates([commit(["a"])])).toEqual(["rejected"]);
    expect(await fates(meanwhile)).toEqual(["rejected"]);
    expect(statements).toEqual([["a"]]);
    await commit(["c"]);
  },
);
