import { type CiJob, ci } from "./ci.ts";
import { deployedByAction } from "./commands/deployment.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { publishing } from "./publishing.ts";
import type { Assumptions } from "./workflows/condition.ts";
import { canHold, duringEvent, type Entry, entriesOf } from "./workflows/entries.ts";
import { type ExecutedStep, executedSteps } from "./workflows/executed-steps.ts";
import type { Job, Step, Workflow, Workflows } from "./workflows/model.ts";
import { workflows } from "./workflows.ts";

/** A job that brings a version to its users: a package to an index, an image to a registry, code to where it runs. */
export interface Release {
  readonly kind: "package" | "image" | "deployment";
  /** What does it: a command or an action; empty where only the job's name tells. */
  readonly how: string;
  readonly path: string;
  /** Of the step that does it. */
  readonly line: number;
  readonly workflow: Workflow;
  readonly job: Job;
  /** The step, where one of the job's own does it. */
  readonly step: ExecutedStep | undefined;
  /** How it comes to run, pull requests left out. */
  readonly entries: readonly Entry[];
}

export interface Releases {
  /** Of GitHub's workflows; each job once for each kind. */
  readonly releases: readonly Release[];
  /** Deployments and publications of other CI systems, whose jobs say less of themselves. */
  readonly elsewhere: readonly (Command & { readonly kind: "deployment" | "publication" })[];
  /** A job that is a workflow of another repository, and that releases by its name. */
  readonly hidden: { readonly path: string; readonly line: number; readonly name: string } | undefined;
  readonly unread: readonly UnreadFile[];
}

interface Command {
  readonly path: string;
  readonly line: number;
  readonly how: string;
}

type Found = Omit<Release, "workflow" | "job" | "entries">;

const BUILD_ACTION = /^(docker|depot|useblacksmith)\/(build-push-action|bake-action)@/i;
/** The words in the name of an action of others that builds images, or brings them to a registry. */
const OF_IMAGES = /(^|[-_/])(images?|docker|containers?|manifest|registry|ghcr|ecr)([-_/]|$)/i;
const PUBLISHES = /(^|[-_/])(push|publish)([-_/]|$)/i;
const BUILDS = /(^|[-_/])build([-_/]|$)/i;
const LONGEST_NAME = 200;
const PUSHES =
  /\b(docker|podman|buildah|nerdctl|crane)\s+(image\s+|manifest\s+)?push\b|\bdocker\s+(buildx\s+)?(build|bake)\b[^\n]{0,500}\s--push\b|\bskopeo\s+copy\b/;
/** What a job is called that deploys, and that does not. */
const CALLED_DEPLOY = /(^|[^a-z])(re)?deploy(s|ment)?([^a-z]|$)/i;
const OF_DOCUMENTS =
  /(^|[^a-z])(docs?|documentation|pages|gh-pages|website|site|storybook|sphinx|mkdocs|preview|demo|pypi|package)([^a-z]|$)/i;
const OF_TESTS = /(^|[^a-z])(tests?|e2e|smoke)([^a-z]|$)/i;
/** A cluster that lives as long as the job. */
const TRIAL_CLUSTER = /\b(kind create|kind-action|minikube|k3d|setup-k3s|microk8s|localstack)\b/i;
const OF_PULL_REQUESTS = /^(pull_request|merge_group)/;
const RELEASES_BY_NAME = /^(?!.*test).*(release|publish|pypi|deploy)/i;

/** The jobs that release, in GitHub's workflows, and what can be told of other systems. */
export const releases = defineFact({
  spans: "repository",
  uses: { workflows, ci, publishing },
  combine: ({ uses }): Releases => {
    const found = uses.workflows;
    const byPlace = new Map(uses.ci.jobs.map((job) => [`${job.path}:${job.line}`, job]));
    const all = found.files.flatMap((workflow) =>
      workflow.jobs.flatMap((job) => {
        const uploads = uses.publishing.uploads.filter((upload) => upload.job === job && !upload.isTrial);
        const packages = uploads.map(
          ({ how, path, line, step }): Found => ({ kind: "package", how, path, line, step }),
        );
        const parts = [...packages, ...partsOf(workflow, job, found, byPlace.get(`${workflow.path}:${job.line}`))];
        const kinds = new Map(parts.toReversed().map((part) => [part.kind, part]));
        return [...kinds.values()].flatMap((part) => {
          const entries = entriesOfRelease(workflow, job, found, part.step);
          return entries.length > 0 ? [{ ...part, workflow, job, entries }] : [];
        });
      }),
    );
    return {
      releases: all,
      elsewhere: uses.ci.jobs
        .filter(({ system }) => system !== "GitHub Actions")
        .flatMap((job) => [
          ...deploymentsIn(job, true).map((one) => ({ ...one, kind: "deployment" as const })),
          ...commandsFor("publish", job).map((one) => ({ ...one, kind: "publication" as const })),
        ]),
      hidden: found.files.flatMap(({ path, jobs }) =>
        jobs.flatMap(({ id, line, uses: called }) =>
          called?.kind === "remote" && RELEASES_BY_NAME.test(`${called.path} ${id}`)
            ? [{ path, line, name: called.text }]
            : [],
        ),
      )[0],
      unread: uses.ci.unread,
    };
  },
});

/** What a job pushes and deploys. */
function partsOf(workflow: Workflow, job: Job, found: Workflows, resolved: CiJob | undefined): readonly Found[] {
  const steps = executedSteps(workflow, job, found);
  const images = steps.flatMap((step): readonly Found[] => {
    const how = pushOf(step.step);
    return how ? [{ kind: "image", how, path: step.path, line: step.step.line, step }] : [];
  });
  const name = `${workflow.path} ${workflow.name ?? ""} ${job.id} ${job.name ?? ""}`;
  const isTrial = steps.some(({ step }) => TRIAL_CLUSTER.test(`${step.uses?.text ?? ""} ${step.run?.text ?? ""}`));
  if (OF_DOCUMENTS.test(name) || OF_TESTS.test(job.id) || isTrial) return images;
  const actions = steps.flatMap((step): readonly Found[] => {
    const { text, line } = step.step.uses ?? { text: "", line: 0 };
    return deployedByAction(text) ? [{ kind: "deployment", how: text, path: step.path, line, step }] : [];
  });
  // A job that pushes an image may well be called after its deployment, and does no more.
  const commands = resolved ? deploymentsIn(resolved, images.length === 0 && steps.some(({ step }) => step.run)) : [];
  return [...images, ...actions, ...commands.map((one): Found => ({ kind: "deployment", step: undefined, ...one }))];
}

/** The commands of a job that deploy; else the job, where its name says that it does. */
function deploymentsIn(job: CiJob, countsByName: boolean): readonly Command[] {
  const known = commandsFor("deployment", job);
  const { name, path, line } = job;
  const isCalledSo = CALLED_DEPLOY.test(name) && !OF_DOCUMENTS.test(name) && !OF_TESTS.test(name);
  return known.length === 0 && countsByName && isCalledSo ? [{ how: "", path, line }] : known;
}

function commandsFor(purpose: "deployment" | "publish", { commands }: CiJob): readonly Command[] {
  return commands
    .filter(({ purposes }) => purposes.includes(purpose))
    .map(({ words, path, line }) => ({ how: words.slice(0, 3).join(" "), path, line }));
}

function pushOf({ uses, run, with: inputs }: Step): string | undefined {
  const pushes = inputs?.get("push");
  const isTold = pushes !== undefined && pushes.boolean !== false && pushes.text !== "false";
  const output = inputs?.get("outputs")?.text ?? "";
  if (uses && BUILD_ACTION.test(uses.text))
    return isTold || /\bpush=true\b|type=registry/.test(output) ? uses.text : undefined;
  if (uses?.kind === "remote" && publishesImage(uses.text, pushes === undefined ? "by name" : isTold)) return uses.text;
  // Actions that try again take the script as an input.
  const script = run ?? inputs?.get("run") ?? inputs?.get("command");
  return PUSHES.exec(script?.text ?? "")?.[0];
}

/** Whether an action of others publishes an image, as its name and its input `push` say. */
function publishesImage(text: string, isTold: boolean | "by name"): boolean {
  const name = (text.split("@", 1)[0] ?? "").slice(0, LONGEST_NAME);
  const says = PUBLISHES.test(name) || (isTold === true && BUILDS.test(name));
  return isTold !== false && says && OF_IMAGES.test(name);
}

/** Of events that are no change of anything, the action is empty. */
export function duringRelease(event: string): Assumptions {
  const known = duringEvent(event);
  const hasAction = !/^(push|schedule|workflow_dispatch)$/.test(event);
  return (path) => (!hasAction && /^github\.event\.(action|release)\b/.test(path.join(".")) ? null : known(path));
}

function entriesOfRelease(
  workflow: Workflow,
  job: Job,
  found: Workflows,
  step: ExecutedStep | undefined,
): readonly Entry[] {
  // What an action is told by `push:` is a condition as well.
  const pushes = step?.step.with?.get("push");
  const conditions = [...(step?.conditions ?? []), ...(pushes?.text?.startsWith("${{") ? [pushes] : [])];
  return entriesOf(workflow, job, found)
    .map((entry) => ({ ...entry, conditions: [...entry.conditions, ...conditions] }))
    .filter(({ event, conditions }) => !OF_PULL_REQUESTS.test(event) && canHold(conditions, duringRelease(event)));
}
