import type { Data, Edit } from "../rule.ts";
import { defineFact } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { migrations } from "./migrations.ts";
import type { Job, Step, Workflow } from "./workflows/model.ts";
import { workflows } from "./workflows.ts";

/** Django's tests, alone in their step, by its own command. */
const TESTS =
  /^((?:uv run |poetry run |pipenv run )?(?:python3? )?(?:[\w./-]{1,100}\/)?manage\.py) test( [^\n;&|]*)?\s*$/;

/** A step before Django's tests that checks its migrations, in the surroundings that the tests have. */
export const missingMigrationChecks = defineFact({
  spans: "repository",
  uses: { migrations, workflows },
  combine: ({ uses }): readonly Edit[] => {
    if (uses.migrations.tool?.name !== "Django" || uses.migrations.checks.length > 0) return [];
    const checks = uses.workflows.files
      .filter(({ triggers }) => triggers.has("pull_request"))
      .flatMap((workflow) => workflow.jobs.flatMap((job) => checkIn(workflow, job) ?? []));
    return checks.slice(0, 1);
  },
});

function checkIn({ path }: Workflow, job: Job): Edit | undefined {
  const index = job.steps.findIndex((step) => !step.if && TESTS.test(step.run?.text ?? ""));
  const step = job.steps[index];
  const [, command] = TESTS.exec(step?.run?.text ?? "") ?? [];
  if (!step || command === undefined) return undefined;
  const value = { name: "Check migrations", ...surroundings(step), run: `${command} makemigrations --check` };
  return { kind: "add", path, at: ["jobs", job.id, "steps"], value, before: index };
}

function surroundings({ env, workingDirectory }: Step): Readonly<Record<string, Data>> {
  return {
    ...(workingDirectory === undefined ? {} : { "working-directory": workingDirectory }),
    ...(env ? { env: Object.fromEntries(env.entries.map(({ key, value }) => [key, dataOf(value)])) } : {}),
  };
}

/** A number or a truth stays one, so that it is written without quotes as it was. */
function dataOf(node: DataNode): Data {
  return node.isQuoted ? (node.text ?? "") : (node.boolean ?? node.number ?? node.text ?? "");
}
