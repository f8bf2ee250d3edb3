import { afterAll, describe, expect, test } from "@jest/globals";
import { createPythonReader } from "../../src/python/pool.ts";

const python = createPythonReader({ threads: 2, fileTimeout: 2000 });
afterAll(() => python.close());

const asked = (path: string, text: string) => ({ path, text, extractors: ["readSyntaxErrors"] });

test("files are answered in their order", async () => {
  const files = Array.from({ length: 50 }, (_, index) =>
    asked(`${index}.py`, index % 2 === 0 ? "x = 1\n" : "def (:\n"),
  );
  const answers = await python.extract(files);
  expect(answers.map((answer) => ("values" in answer ? (answer.values.readSyntaxErrors as []).length : -1))).toEqual(
    files.map((_, index) => index % 2),
  );
});

describe("a hostile file costs nobody else anything", () => {
  test.each([
    ["nested too deeply for the stack", `x = ${"(".repeat(100_000)}`],
    ["a sum without end", `x = ${"1+".repeat(150_000)}1`],
    ["a chain of attributes", `x${".a".repeat(150_000)}`],
    ["a text in half a million pieces", '"a" '.repeat(250_000)],
    ["as many branches as lines", `if a: pass\n${"elif b: pass\n".repeat(30_000)}`],
  ])("%s", async (_, text) => {
    const answers = await python.extract([
      asked("good.py", "x = 1\n"),
      asked("bad.py", text),
      asked("fine.py", "y = 1\n"),
    ]);
    expect(answers[0]).toEqual({ values: { readSyntaxErrors: [] } });
    expect(answers[2]).toEqual({ values: { readSyntaxErrors: [] } });
    // A fast machine may read it after all.
    expect(Object.keys(answers[1] ?? {})).toHaveLength(1);
  });
});

test("a worker whose memory grew is replaced, and the next one answers", async () => {
  const small = createPythonReader({ threads: 1, maxMemory: 1 });
  for (const path of ["a.py", "b.py"])
    expect(await small.extract([asked(path, "x = 1\n")])).toEqual([{ values: { readSyntaxErrors: [] } }]);
  await small.close();
});

test("after it was closed nothing is read, and that is said", async () => {
  const closed = createPythonReader({ threads: 1 });
  await closed.close();
  const [answer] = await closed.extract([asked("a.py", "x = 1\n")]);
  expect(answer).toHaveProperty("problem");
});
