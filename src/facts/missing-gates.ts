import type { Edit } from "../rule.ts";
import { ci } from "./ci.ts";
import { defineFact } from "./fact.ts";
import { publishing } from "./publishing.ts";
import { releaseGates, restoresCache, testedJobs } from "./release-gates.ts";
import { releases } from "./releases.ts";
import type { Job, Workflow } from "./workflows/model.ts";
import { workflows } from "./workflows.ts";

/** What lets a job run whatever became of those that it waits for. */
const REGARDLESS = /\b(always|failure|cancelled)\s*\(/;

/**
 * The gates that can be put before a release for sure: tests of the same workflow, the environment that PyPI's own
 * guide names, no cache. An environment gets its rules on GitHub, from people.
 */
export const missingGates = defineFact({
  spans: "repository",
  uses: { ci, publishing, releaseGates, releases, workflows },
  combine: ({ uses }): readonly Edit[] => {
    const tested = testedJobs(uses.workflows, uses.ci.jobs);
    const jobs = new Map(
      uses.releases.releases.map(({ workflow, job }) => [`${workflow.path}:${job.line}`, { workflow, job }]),
    );
    return uses.releaseGates.gates.flatMap(({ path, line, ungated, hasEnvironment, cache }) => {
      const found = jobs.get(`${path}:${line}`);
      if (!found || found.job.uses) return [];
      const { workflow, job } = found;
      const toPyPI = uses.publishing.uploads.some((one) => one.job === job && !one.isPrivateIndex && !one.isTrial);
      return [
        ...(ungated ? waitFor(workflow, job, tested) : []),
        ...(!hasEnvironment && toPyPI && isForReleases(workflow, job) ? [environment(workflow, job)] : []),
        ...(cache ? withoutCaches(workflow, job) : []),
      ];
    });
  },
});

/** True where pull requests do not come to the job: they are no deployments. */
function isForReleases({ triggers }: Workflow, job: Job): boolean {
  return job.if !== undefined || ![...triggers.keys()].some((event) => event.startsWith("pull_request"));
}

function environment({ path }: Workflow, { id, permissions }: Job): Edit {
  const before = permissions ? "permissions" : "steps";
  return { kind: "set", path, at: ["jobs", id, "environment"], value: "pypi", before };
}

/** The tests that run whenever the workflow does, and that do not wait for the job themselves. */
function waitFor({ path, jobs }: Workflow, job: Job, tested: ReadonlySet<Job>): readonly Edit[] {
  if (REGARDLESS.test(job.if?.text ?? "")) return [];
  const tests = jobs.filter((one) => tested.has(one) && !one.if && one.needs.length === 0 && one !== job);
  const at = ["jobs", job.id, "needs"];
  const isList = job.node.get("needs")?.kind === "list";
  if (isList) return tests.map(({ id }): Edit => ({ kind: "add", path, at, value: id }));
  const [first, ...others] = [...job.needs, ...tests.map(({ id }) => id)];
  if (tests.length === 0 || first === undefined) return [];
  return [{ kind: "set", path, at, value: others.length > 0 ? [first, ...others] : first, before: "runs-on" }];
}

function withoutCaches({ path }: Workflow, job: Job): readonly Edit[] {
  return job.steps.filter(restoresCache).flatMap(({ line, with: inputs }): readonly Edit[] => {
    if (inputs?.has("enable-cache")) return [{ kind: "set", path, line, at: ["with", "enable-cache"], value: false }];
    return inputs?.has("cache") ? [{ kind: "unset", path, line, at: ["with", "cache"] }] : [];
  });
}
