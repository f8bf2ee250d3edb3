import { ci } from "./ci.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import type { OnPullRequests } from "./pipelines/model.ts";
import { preCommit } from "./pre-commit.ts";
import { executedSteps } from "./workflows/executed-steps.ts";
import { workflows } from "./workflows.ts";

/** Something that looks for known vulnerabilities in dependencies. */
export interface DependencyScan {
  readonly tool: string;
  readonly path: string;
  readonly line: number;
  readonly onPullRequests: OnPullRequests;
}

export interface DependencyScans {
  readonly scans: readonly DependencyScan[];
  /** Why there may be another that cannot be seen. */
  readonly hidden: string | undefined;
  readonly unread: readonly UnreadFile[];
}

const ACTION =
  /^(actions\/dependency-review-action|pypa\/gh-action-pip-audit|google\/osv-scanner-action|aquasecurity\/trivy-action|anchore\/scan-action|snyk\/actions|pyupio\/safety[\w-]*|docker\/scout-action|dependency-check\/dependency-check_action|jfrog\/frogbot|fossas\/fossa-action)(\/|@)/i;
const HOOK = /^(pip-audit|python-safety-dependencies-check|safety|osv-scanner|uv-audit|trivy[\w-]*)$/;
/** What GitLab and CircleCI bring along, by the name that a configuration includes it by. */
const INCLUDED =
  /(Dependency-Scanning|Container-Scanning)[\w.-]*\.gitlab-ci\.yml|components\/dependency-scanning|^\s*-\s*snyk\/scan\b/;

/** What may well scan and is not read: workflows elsewhere, whole target files, scripts that check or by a telling name. */
const MAY_SCAN =
  /another (repository|project)|included file|playbook|(make|just|task)file\S* could not be read|what \S*(scan|audit|secur|vuln|depend|safety)\S* runs|what (\S*\/)?(ci|checks?|lint|tests?|qa)(\.sh)? runs/i;

/** Every scan of dependencies in CI, and when it runs. */
export const dependencyScans = defineFact({
  spans: "repository",
  uses: { workflows, ci, preCommit },
  reads: (path) => /^(\.gitlab-ci\.ya?ml|\.circleci\/config\.ya?ml)$/.test(path),
  parse: ({ text }) => text.split(/\r?\n/).findIndex((line) => INCLUDED.test(line)) + 1,
  combine: ({ files, uses }): DependencyScans => {
    const whenAt = new Map(uses.ci.jobs.map(({ path, line, onPullRequests }) => [`${path}:${line}`, onPullRequests]));
    const inActions = uses.workflows.files.flatMap((workflow) =>
      workflow.jobs.flatMap((job) => {
        const onPullRequests = whenAt.get(`${workflow.path}:${job.line}`) ?? "unknown";
        const calls = executedSteps(workflow, job, uses.workflows).map(({ path, step }) => ({ path, ...step }));
        return [...calls, { path: workflow.path, uses: job.uses, with: job.with }].flatMap((call) =>
          call.uses && ACTION.test(call.uses.text) && !isOfSettings(call.with)
            ? [{ tool: toolOf(call.uses.text), path: call.path, line: call.uses.line, onPullRequests }]
            : [],
        );
      }),
    );
    const jobs = uses.ci.jobs.filter(({ manual }) => !manual);
    const inCommands = jobs.flatMap(({ commands, onPullRequests }) =>
      commands
        .filter(({ purposes }) => purposes.includes("dependency-scan"))
        .map(({ words, path, line }) => ({ tool: words.slice(0, 2).join(" "), path, line, onPullRequests })),
    );
    const hookRun = jobs.find(({ commands }) =>
      commands.some(({ words }) => /^(pre-commit|prek)$/.test(words[0] ?? "")),
    );
    const inHooks = uses.preCommit.hooks
      .filter(({ id }) => HOOK.test(id) && (hookRun || uses.preCommit.hosted))
      .map(({ id, path, line }) => ({ tool: id, path, line, onPullRequests: hookRun?.onPullRequests ?? "yes" }));
    const included = files
      .filter(({ parsed }) => parsed > 0)
      .map(({ path, parsed }) => ({ tool: "dependency scanning", path, line: parsed, onPullRequests: "yes" as const }));
    const hidden = jobs.flatMap(({ unresolved }) => unresolved).find(({ reason }) => MAY_SCAN.test(reason));
    return {
      scans: [...inActions, ...inCommands, ...inHooks, ...included],
      hidden: hidden?.reason,
      unread: uses.ci.unread,
    };
  },
});

function toolOf(action: string): string {
  return action.replace(/@.*$/, "").split("/").slice(0, 2).join("/");
}

/** Trivy also reads configuration for mistakes, and secrets. */
function isOfSettings(inputs: DataNode | undefined): boolean {
  return inputs?.get("scan-type")?.text === "config";
}
