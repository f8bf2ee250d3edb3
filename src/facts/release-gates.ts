import { type CiJob, ci } from "./ci.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { duringRelease, type Release, releases } from "./releases.ts";
import type { Assumptions } from "./workflows/condition.ts";
import { canHold, type Entry } from "./workflows/entries.ts";
import type { Job, Step, Workflows } from "./workflows/model.ts";
import { workflows } from "./workflows.ts";

/** What stands before a release. */
export interface ReleaseGate {
  readonly path: string;
  /** Of the job. */
  readonly line: number;
  readonly job: string;
  /** Nobody decides on the release, and nothing tests it in between: the event that causes it. */
  readonly ungated: string | undefined;
  readonly hasEnvironment: boolean;
  /** What the job lacks of the two, as a sentence. */
  readonly says: string;
  /** Something that restores a cache, which another branch may have filled, into a package. */
  readonly cache: { readonly path: string; readonly line: number } | undefined;
}

export interface ReleaseGates {
  readonly gates: readonly ReleaseGate[];
  /** A release whose gate cannot be read: of another CI system, or another repository's workflow. */
  readonly hidden: { readonly path: string; readonly line: number } | undefined;
  /** True where CI runs the tests on pull requests, or may well do so. */
  readonly testsPullRequests: boolean;
  readonly unread: readonly UnreadFile[];
}

/** Events that somebody causes to release, or whose sender has decided. */
const DELIBERATE =
  /^(release|workflow_dispatch|repository_dispatch|workflow_call|issue_comment|deployment|create|registry_package)$/;
/** Branches that one merges to in order to release. */
const RELEASE_BRANCH = /^(release|releases|prod|production|deploy|live|stable|publish)\b|^v?[\d*]/i;
/** A decision that an earlier step or the commit's text carries. */
const DECIDED = /\b(release|version|tag|publish|deploy)[\w-]*/i;
const CALLED_TESTS = /(^|[^a-z])(tests?|check|checks|ci|verify|validate|qa)([^a-z]|$)/i;
const SUCCEEDED = /workflow_run\.conclusion\s*==\s*'success'/;
const SETUP =
  /^(actions\/setup-(python|node)|actions\/cache|actions\/cache\/restore|Swatinem\/rust-cache|astral-sh\/setup-uv)@/i;

/** The gates before the releases of GitHub's workflows. */
export const releaseGates = defineFact({
  spans: "repository",
  uses: { releases, ci, workflows },
  combine: ({ uses }): ReleaseGates => {
    const tested = testedJobs(uses.workflows, uses.ci.jobs);
    const { hidden, elsewhere, unread } = uses.releases;
    const all = uses.releases.releases.map((release) => gateOf(release, tested));
    return {
      // The gates of one job are the same, whatever it releases.
      gates: [...new Map(all.map((gate) => [`${gate.path}:${gate.line}`, gate])).values()],
      hidden: elsewhere[0] ?? hidden,
      testsPullRequests:
        uses.ci.mayHide(["tests"], { beforeMerge: true }) !== undefined ||
        uses.ci.jobs.some(
          ({ onPullRequests, commands }) =>
            onPullRequests === "yes" && commands.some(({ purposes }) => purposes.includes("tests")),
        ),
      unread,
    };
  },
});

function gateOf({ workflow, job, how, kind, step, entries }: Release, tested: ReadonlySet<Job>): ReleaseGate {
  const open = entries.find((entry) => !isDeliberate(entry) && !entry.jobs.some((one) => tested.has(one)));
  const cached = kind === "package" ? job.steps.find((one) => restoresCache(one)) : undefined;
  const hasEnvironment = entries.every((entry) => entry.jobs.some(({ environment }) => environment !== undefined));
  const lacks = [
    ...(open ? [`starts on \`${open.event}\` without waiting for tests`] : []),
    ...(hasEnvironment ? [] : ["names no environment"]),
  ];
  return {
    path: workflow.path,
    line: job.line,
    job: job.id,
    ungated: open?.event,
    hasEnvironment,
    says: `The job \`${job.id}\`${how ? ` (\`${how}\`)` : ""} ${lacks.join(" and ")}.`,
    cache: cached && { path: step?.path ?? workflow.path, line: cached.line },
  };
}

/** True where somebody decides that this is a release: by its event, a tag, or a condition on an earlier decision. */
function isDeliberate({ event, trigger, conditions }: Entry): boolean {
  if (DELIBERATE.test(event)) return true;
  const texts = conditions.map(({ text = "" }) => text);
  if (event === "workflow_run") return texts.some((text) => SUCCEEDED.test(text));
  if (event !== "push") return false;
  const branches = trigger.options?.get("branches")?.texts;
  if (!branches && trigger.options?.has("tags")) return true;
  if (branches?.every((name) => RELEASE_BRANCH.test(name))) return true;
  const decided = texts.some((text) => DECIDED.test(text) && /outputs\.|head_commit|commits|vars\./.test(text));
  return decided || !canHold(conditions, duringPushOf(branches?.find((name) => /^[\w./-]+$/.test(name)) ?? "main"));
}

function duringPushOf(branch: string): Assumptions {
  const event = duringRelease("push");
  const known = new Map<string, string | boolean>([
    ["github.ref", `refs/heads/${branch}`],
    ["github.ref_name", branch],
    ["github.ref_type", "branch"],
    ["github.event.created", false],
  ]);
  return (path) => known.get(path.join(".")) ?? event(path);
}

/** The jobs that run tests, or call a workflow that does. */
export function testedJobs(found: Workflows, jobs: readonly CiJob[]): ReadonlySet<Job> {
  const running = new Set(
    jobs
      .filter(({ commands }) => commands.some(({ purposes }) => purposes.includes("tests")))
      .map(({ path, line }) => `${path}:${line}`),
  );
  const runs = (path: string, job: Job): boolean => {
    if (job.uses?.kind !== "local")
      return running.has(`${path}:${job.line}`) || (job.uses !== undefined && isCalledTests(job));
    const called = job.uses.path;
    return isCalledTests(job) || [...running].some((place) => place.startsWith(`${called}:`));
  };
  return new Set(found.files.flatMap(({ path, jobs: own }) => own.filter((job) => runs(path, job))));
}

function isCalledTests({ id, uses }: Job): boolean {
  return CALLED_TESTS.test(id) || (uses !== undefined && "path" in uses && CALLED_TESTS.test(uses.path));
}

/** True for a step that fills the job from a cache. */
export function restoresCache({ uses, with: inputs }: Step): boolean {
  if (!uses || !SETUP.test(uses.text)) return false;
  if (/cache/i.test(uses.text.split("@")[0] ?? "")) return inputs?.get("lookup-only")?.boolean !== true;
  const cache = inputs?.get("cache") ?? inputs?.get("enable-cache");
  return cache !== undefined && cache.boolean !== false && cache.text !== "" && !/\$\{\{/.test(cache.text ?? "");
}
