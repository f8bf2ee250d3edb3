import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { fixedToken } from "../../src/github/credentials.ts";
import { repositoryClient } from "../../src/github/repository-client.ts";
import { digestOf, type KnownRun, writeCheckRun } from "../../src/publish/check-run.ts";
import type { CheckAnnotation, CheckRuns, CheckRunWrite } from "../../src/publish/ports.ts";
import { type Sandbox, startSandbox } from "../sandbox/sandbox.ts";
import { sandboxClient } from "../support/sandbox-client.ts";

const annotation = (path: string): CheckAnnotation => ({
  ...{ path, line: 3, level: "warning", title: "It is wrong" },
  message: "It is wrong here.",
});
const some = [annotation("a.py"), annotation("b.py")];
const others = [annotation("c.py"), annotation("d.py")];

function runWith(annotations: readonly CheckAnnotation[], externalId = "rv_2"): CheckRunWrite {
  const output = { title: "Ready", summary: "", annotations };
  return { name: "pyready", externalId, status: "completed", conclusion: "success", output };
}

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});

afterAll(() => sandbox.close());

/** A head with a run that has these annotations, and what the sandbox holds of it. */
async function headWith(annotations: readonly CheckAnnotation[]) {
  const repository = sandbox.createRepository({
    ...{ owner: "acme", name: `orders-${sandbox.state.nextId()}`, files: { "a.py": "" }, permissions: {} },
  });
  await sandbox.install([repository]);
  const headSha = repository.branches.get("main") ?? "";
  const credentials = fixedToken(await sandboxClient(sandbox).tokenFor(repository));
  const checks: CheckRuns = repositoryClient(
    { apiUrl: `${sandbox.url}/api/v3`, credentials },
    { owner: "acme", name: repository.name },
  );
  const id = await checks.createCheckRun(headSha, runWith(annotations, "rv_1"));
  const held = () =>
    sandbox.checkRuns(repository, headSha).map((run) => run.annotations.map(({ path }) => path).join(" "));
  return { headSha, checks, id, held };
}

describe("a run that is written again", () => {
  test.each<[string, before: readonly CheckAnnotation[], now: readonly CheckAnnotation[], held: readonly string[]]>([
    ["keeps the annotations that it has", some, some, ["a.py b.py"]],
    ["gets those that it lacks", [], some, ["a.py b.py"]],
    ["is followed by another where they differ", some, others, ["a.py b.py", "c.py d.py"]],
    ["is followed by another where none is left", some, [], ["a.py b.py", ""]],
  ])("%s", async (_, before, now, expected) => {
    const { headSha, checks, id, held } = await headWith(before);
    const known = { id, annotations: digestOf(before) };
    await writeCheckRun(checks, { headSha, known, begun: [], maybeSent: "" }, runWith(now));
    expect(held()).toEqual(expected);
  });

  test("as being in progress changes none", async () => {
    const { headSha, checks, id, held } = await headWith(some);
    const { output: _, conclusion: __, ...run } = runWith([]);
    const known = { id, annotations: digestOf(some) };
    await writeCheckRun(checks, { headSha, known, begun: [], maybeSent: "" }, { ...run, status: "in_progress" });
    expect(held()).toEqual(["a.py b.py"]);
  });
});

describe("a run whose annotations may have been sent before", () => {
  const unknown = (id: number): KnownRun => ({ id, annotations: undefined });

  test.each<[string, there: readonly CheckAnnotation[], maybe: string, held: readonly string[]]>([
    ["gets none twice", some, digestOf(some), ["a.py b.py"]],
    ["gets them where they never arrived", [], digestOf(some), ["a.py b.py"]],
    [
      "is followed by another where it has those of another attempt",
      others,
      digestOf(others),
      ["c.py d.py", "a.py b.py"],
    ],
    ["that was forgotten here and has as many gets none", some, "", ["a.py b.py"]],
  ])("%s", async (_, there, maybeSent, expected) => {
    const { headSha, checks, id, held } = await headWith(there);
    await writeCheckRun(checks, { headSha, known: unknown(id), begun: [], maybeSent }, runWith(some));
    expect(held()).toEqual(expected);
  });

  test("is found by its external id where its making was not answered", async () => {
    const { headSha, checks, held } = await headWith(some);
    const target = { headSha, known: undefined, begun: ["rv_1"], maybeSent: digestOf(some) };
    await writeCheckRun(checks, target, runWith(some, "rv_1"));
    expect(held()).toEqual(["a.py b.py"]);
  });
});
