import { isHidden } from "../read-lag.ts";
import { checkRunOf } from "../representations.ts";
import type { CheckRun, State } from "../state.ts";
import { ApiError, type Call, found, page, type Route, repositoryOfCall, writableRepositoryOfCall } from "./route.ts";

const READ = { permission: "checks", level: "read" } as const;
const WRITE = { permission: "checks", level: "write" } as const;
const MAX_BYTES = 65_535;
const MAX_TITLE = 255;

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
        annotations: 0,
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
  if (((body.actions as readonly unknown[] | undefined) ?? []).length > 3)
    throw new ApiError(422, "No more than 3 actions");
  if (typeof body.name === "string") run.name = body.name;
  if (typeof body.external_id === "string") run.externalId = body.external_id;
  writeStatus(run, body);
  const { headSha, name, externalId, status, conclusion, title, annotations } = run;
  const { generation } = state;
  const at = Date.now();
  run.history.push({ at, generation, headSha, name, externalId, status, conclusion, title, annotations });
}

function writeOutput(run: CheckRun, body: Call["body"]): void {
  const output = body.output as { title?: string; summary?: string; annotations?: readonly unknown[] } | undefined;
  if (!output) return;
  if (Buffer.byteLength(output.summary ?? "") > MAX_BYTES)
    throw new ApiError(422, `summary exceeds a maximum bytesize of ${MAX_BYTES}`);
  if ((output.title ?? "").length > MAX_TITLE) throw new ApiError(422, "title is too long");
  if ((output.annotations?.length ?? 0) > 50) throw new ApiError(422, "No more than 50 annotations");
  run.title = output.title ?? run.title;
  run.summary = output.summary ?? run.summary;
  run.annotations += output.annotations?.length ?? 0;
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
