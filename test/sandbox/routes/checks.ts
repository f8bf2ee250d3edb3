import { checkRunOf } from "../representations.ts";
import type { CheckRun } from "../state.ts";
import { ApiError, type Call, found, type Route, repositoryOfCall } from "./route.ts";

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
      const repository = repositoryOfCall(call);
      const headSha = String(call.body.head_sha);
      if (!repository.git.commits.has(headSha)) throw new ApiError(422, `No commit found for SHA: ${headSha}`);
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
      };
      write(run, call.body);
      repository.checkRuns.push(run);
      return { status: 201, body: checkRunOf(call.context, repository, run) };
    },
  },
  {
    method: "PATCH",
    path: "/repos/{owner}/{repo}/check-runs/{check_run_id}",
    needs: WRITE,
    handle: (call) => {
      const repository = repositoryOfCall(call);
      const run = found(repository.checkRuns.find(({ id }) => id === Number(call.parameters.check_run_id)));
      write(run, call.body);
      return { status: 200, body: checkRunOf(call.context, repository, run) };
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/commits/{ref}/check-runs",
    needs: READ,
    handle: (call) => {
      const repository = repositoryOfCall(call);
      const matching = repository.checkRuns.filter((run) => isAskedFor(call, run));
      return {
        status: 200,
        body: {
          total_count: matching.length,
          check_runs: matching.map((run) => checkRunOf(call.context, repository, run)),
        },
      };
    },
  },
];

function isAskedFor({ parameters, query }: Call, { headSha, name }: CheckRun): boolean {
  const wanted = query.get("check_name");
  return headSha === parameters.ref && (wanted === null || wanted === name);
}

function write(run: CheckRun, body: Call["body"]): void {
  const output = body.output as { title?: string; summary?: string; annotations?: readonly unknown[] } | undefined;
  const actions = (body.actions as readonly unknown[] | undefined) ?? [];
  if (output) {
    if (Buffer.byteLength(output.summary ?? "") > MAX_BYTES)
      throw new ApiError(422, `summary exceeds a maximum bytesize of ${MAX_BYTES}`);
    if ((output.title ?? "").length > MAX_TITLE) throw new ApiError(422, "title is too long");
    if ((output.annotations?.length ?? 0) > 50) throw new ApiError(422, "No more than 50 annotations");
    run.title = output.title ?? run.title;
    run.summary = output.summary ?? run.summary;
    run.annotations += output.annotations?.length ?? 0;
  }
  if (actions.length > 3) throw new ApiError(422, "No more than 3 actions");
  if (typeof body.name === "string") run.name = body.name;
  if (typeof body.external_id === "string") run.externalId = body.external_id;
  if (typeof body.conclusion === "string") {
    run.conclusion = body.conclusion;
    run.status = "completed";
    run.completedAt = new Date().toISOString();
  } else if (typeof body.status === "string") {
    if (body.status === "completed") throw new ApiError(422, "a completed check run needs a conclusion");
    if (run.status !== "completed") run.status = body.status;
  }
}
