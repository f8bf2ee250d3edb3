import { isHidden } from "../read-lag.ts";
import { checkRunOf } from "../representations.ts";
import type { CheckAction, CheckAnnotation, CheckRun, State } from "../state.ts";
import { ApiError, type Call, found, page, type Route, repositoryOfCall, writableRepositoryOfCall } from "./route.ts";

const READ = { permission: "checks", level: "read" } as const;
const WRITE = { permission: "checks", level: "write" } as const;
const MAX_BYTES = 65_535;
const MAX_TITLE = 255;
const MAX_MESSAGE = 64 * 1024;

interface Output {
  readonly title?: string;
  readonly summary?: string;
  readonly annotations?: readonly CheckAnnotation[];
}

/** Check runs, with the limits that GitHub sets. */
export const checks: readonly Route[] = [
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/check-runs",
    needs: WRITE,
    handle: (call) => {
      const repository = writableRepositoryOfCall(call);
      const headSha = String(call.body.head_sha);
      if (!repository.git.commits.has(headSha) || isHidden(repository, headSha))
        throw new ApiError(422, `No commit found for SHA: ${headSha}`);
      const run: CheckRun = {
        id: call.state.nextId(),
        appId: call.context.app.id,
        name: "",
        headSha,
        externalId: "",
        status: "queued",
        conclusion: null,
        title: null,
        summary: null,
        annotations: [],
        actions: [],
        startedAt: new Date().toISOString(),
        completedAt: null,
        history: [],
      };
      write(call.state, run, call.body);
      repository.checkRuns.push(run);
      return { status: 201, body: checkRunOf(call.context, repository, run) };
    },
  },
  {
    method: "PATCH",
    path: "/repos/{owner}/{repo}/check-runs/{check_run_id}",
    needs: WRITE,
    handle: (call) => {
      const repository = writableRepositoryOfCall(call);
      const run = runOfCall(call);
      write(call.state, run, call.body);
      return { status: 200, body: checkRunOf(call.context, repository, run) };
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/check-runs/{check_run_id}",
    needs: READ,
    handle: (call) => ({ status: 200, body: checkRunOf(call.context, repositoryOfCall(call), runOfCall(call)) }),
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/commits/{ref}/check-runs",
    needs: READ,
    handle: (call) => {
      const repository = repositoryOfCall(call);
      const asked = repository.checkRuns.filter((run) => isAskedFor(call, run));
      const matching = call.query.get("filter") === "all" ? asked : newestOfName(asked);
      const { owner, repo, ref } = call.parameters;
      const { items, headers } = page(call, `/api/v3/repos/${owner}/${repo}/commits/${ref}/check-runs`, matching);
      const check_runs = items.map((run) => checkRunOf(call.context, repository, run));
      return { status: 200, headers, body: { total_count: matching.length, check_runs } };
    },
  },
];

function runOfCall(call: Call): CheckRun {
  return found(repositoryOfCall(call).checkRuns.find(({ id }) => id === Number(call.parameters.check_run_id)));
}

/** What GitHub lists unless told otherwise. */
function newestOfName(runs: readonly CheckRun[]): readonly CheckRun[] {
  return [...new Map(runs.map((run) => [run.name, run])).values()];
}

function isAskedFor({ parameters, query }: Call, { headSha, name, status, appId }: CheckRun): boolean {
  const wanted = { check_name: name, status, app_id: String(appId) };
  return headSha === parameters.ref && Object.entries(wanted).every(([key, is]) => (query.get(key) ?? is) === is);
}

function write(state: State, run: CheckRun, body: Call["body"]): void {
  writeOutput(run, body);
  writeActions(run, body);
  if (typeof body.name === "string") run.name = body.name;
  if (typeof body.external_id === "string") run.externalId = body.external_id;
  writeStatus(run, body);
  const { headSha, name, externalId, status, conclusion, title } = run;
  const annotations = run.annotations.length;
  const { generation } = state;
  const at = Date.now();
  run.history.push({ at, generation, headSha, name, externalId, status, conclusion, title, annotations });
}

function writeOutput(run: CheckRun, body: Call["body"]): void {
  const output = body.output as Output | undefined;
  if (!output) return;
  if (Buffer.byteLength(output.summary ?? "") > MAX_BYTES)
    throw new ApiError(422, `summary exceeds a maximum bytesize of ${MAX_BYTES}`);
  if ((output.title ?? "").length > MAX_TITLE) throw new ApiError(422, "title is too long");
  const annotations = output.annotations ?? [];
  if (annotations.length > 50) throw new ApiError(422, "No more than 50 annotations");
  if (
    annotations.some(({ title = "", message }) => title.length > MAX_TITLE || Buffer.byteLength(message) > MAX_MESSAGE)
  )
    throw new ApiError(422, "an annotation is too long");
  run.title = output.title ?? run.title;
  run.summary = output.summary ?? run.summary;
  run.annotations.push(...annotations);
}

function writeActions(run: CheckRun, body: Call["body"]): void {
  const actions = body.actions as readonly CheckAction[] | undefined;
  if (!actions) return;
  if (actions.length > 3) throw new ApiError(422, "No more than 3 actions");
  for (const { label, description, identifier } of actions)
    if (label.length > 20 || description.length > 40 || identifier.length > 20)
      throw new ApiError(422, "an action is too long");
  run.actions = actions;
}

function writeStatus(run: CheckRun, { status, conclusion }: Call["body"]): void {
  if (typeof conclusion === "string") {
    run.conclusion = conclusion;
    run.status = "completed";
    run.completedAt = new Date().toISOString();
  } else if (typeof status === "string") {
    if (status === "completed") throw new ApiError(422, "a completed check run needs a conclusion");
    if (run.status !== "completed") run.status = status;
  }
}
