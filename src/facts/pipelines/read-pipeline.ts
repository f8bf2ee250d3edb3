import { globs } from "../fact.ts";
import type { DataNode } from "../formats/node.ts";
import { parseYaml } from "../formats/yaml.ts";
import { readJenkinsfile } from "./jenkins.ts";
import type { CiSystem, JobScript, OnPullRequests, PipelineJob } from "./model.ts";

/** Where each system keeps its configuration. */
const SYSTEMS: readonly (readonly [matches: (path: string) => boolean, system: CiSystem])[] = [
  [globs(".circleci/config.{yml,yaml}"), "CircleCI"],
  [globs(".gitlab-ci.{yml,yaml}"), "GitLab CI"],
  [
    globs(
      "{,*/,*/*/}{Jenkinsfile,Jenkinsfile.*,Jenkinsfile-*,*.jenkinsfile,*.Jenkinsfile}",
      "{.jenkins,jenkins}/**/*.groovy",
    ),
    "Jenkins",
  ],
  [
    globs(
      "{,*/}azure-pipelines*.{yml,yaml}",
      ".azure-pipelines/**/*.{yml,yaml}",
      "{.azure,.azuredevops}/**/*pipeline*.{yml,yaml}",
    ),
    "Azure Pipelines",
  ],
  [globs(".travis.yml"), "Travis CI"],
  [globs("{.zuul,zuul}.yaml", "{.zuul.d,zuul.d}/**/*.yaml"), "Zuul"],
  [globs(".buildkite/**/*.{yml,yaml}"), "Buildkite"],
  [globs("bitbucket-pipelines.yml"), "Bitbucket Pipelines"],
  [globs("cloudbuild*.{yml,yaml}"), "Cloud Build"],
  [globs("{,*/}buildspec*.{yml,yaml}"), "CodeBuild"],
  [globs(".drone.{yml,yaml}"), "Drone"],
  [globs(".woodpecker.{yml,yaml}", ".woodpecker/*.{yml,yaml}"), "Woodpecker"],
  [globs(".cirrus.{yml,yaml}"), "Cirrus CI"],
  [globs("{.appveyor,appveyor}.{yml,yaml}"), "AppVeyor"],
  [globs(".semaphore/*.{yml,yaml}"), "Semaphore"],
  [globs("{.tekton,tekton}/**/*.{yml,yaml}"), "Tekton"],
  [globs(".prow.yaml", ".prow/**/*.yaml"), "Prow"],
];

export function systemOf(path: string): CiSystem | undefined {
  return SYSTEMS.find(([matches]) => matches(path))?.[1];
}

/** The jobs of a CI configuration other than GitHub's. */
export function readPipeline(path: string, text: string): readonly PipelineJob[] {
  const system = systemOf(path);
  if (system === "Jenkins") return readJenkinsfile(path, text);
  const documents = parseYaml(text);
  const [data] = documents;
  if (!data) return [];
  switch (system) {
    case "CircleCI":
      return circleJobs(path, data);
    case "GitLab CI":
      return gitlabJobs(path, data);
    case "Zuul":
      return documents.flatMap((document) => zuulJobs(path, document));
    case "Travis CI":
      return [job(path, "travis", 1, scriptsOf(data.get("script")), "yes", data.lineOfKey("script") ?? 1)];
    case "Azure Pipelines":
      return azureJobs(path, data);
    default:
      // Their commands are where a key says so; when they run is set up on the service.
      return [job(path, system ?? "pipeline", 1, commandsBelow(data), "unknown", 1)];
  }
}

function job(
  path: string,
  name: string,
  line: number,
  scripts: readonly JobScript[],
  onPullRequests: OnPullRequests,
  triggerLine = line,
): PipelineJob {
  return { name, path, line, scripts, onPullRequests, triggerLine, manual: false };
}

function scriptsOf(node: DataNode | undefined): readonly JobScript[] {
  return (node?.listed ?? []).flatMap((item) =>
    item.kind === "list" ? scriptsOf(item) : item.text === undefined ? [] : [scriptOf(item)],
  );
}

function scriptOf(node: DataNode): JobScript {
  return { text: node.text ?? "", line: node.line, lineAt: (offset) => node.lineAt(offset) };
}

const COMMAND_KEYS = new Set([
  "run",
  "script",
  "command",
  "commands",
  "bash",
  "before_script",
  "steps_script",
  "test_script",
  "build_script",
  "args",
  "pwsh",
]);

function commandsBelow(data: DataNode): readonly JobScript[] {
  return data.entries
    .flatMap(({ key, value }) => [
      ...(COMMAND_KEYS.has(key) ? scriptsOf(value) : []),
      ...(value.kind === "scalar" ? [] : commandsBelow(value)),
    ])
    .concat(data.items.flatMap((item) => (item.kind === "scalar" ? [] : commandsBelow(item))));
}

/** CircleCI builds every branch, unless the workflow filters the job to some. */
function circleJobs(path: string, data: DataNode): readonly PipelineJob[] {
  const uses = (data.get("workflows")?.entries ?? []).flatMap(({ value }) =>
    (value.get("jobs")?.items ?? []).map((item) => ({
      name: item.text ?? item.entries[0]?.key ?? "",
      options: item.entries[0]?.value,
    })),
  );
  const commands = data.get("commands");
  return (data.get("jobs")?.entries ?? []).map(({ key, value, line }) => {
    const runs = uses.filter(({ name }) => name === key);
    const filtered =
      runs.length > 0 &&
      runs.every(
        ({ options }) =>
          isFewBranches(options?.get("filters", "branches", "only")) ||
          options?.get("filters", "branches", "ignore")?.texts.includes("/.*/") === true,
      );
    const scripts = circleSteps(value.get("steps"), commands, 0);
    return {
      ...job(path, key, line, scripts, filtered ? "no" : "yes"),
      manual: runs.some(({ options }) => options?.get("type")?.text === "approval"),
    };
  });
}

/** A filter that lets only some branches through; `.*` lets all. */
function isFewBranches(only: DataNode | undefined): boolean {
  return only !== undefined && !only.texts.some((pattern) => /^\/\^?\.\*\$?\/$/.test(pattern));
}

function circleSteps(steps: DataNode | undefined, commands: DataNode | undefined, depth: number): readonly JobScript[] {
  return (steps?.items ?? []).flatMap((step): readonly JobScript[] => {
    const run = step.get("run");
    if (run) return scriptsOf(run.kind === "map" ? run.get("command") : run);
    const name = step.text ?? step.entries[0]?.key ?? "";
    if (name === "when" || name === "unless") return circleSteps(step.get(name, "steps"), commands, depth + 1);
    const called = depth < 5 ? commands?.get(name, "steps") : undefined;
    return called ? circleSteps(called, commands, depth + 1) : [];
  });
}

const GITLAB_KEYWORDS = new Set([
  "stages",
  "variables",
  "include",
  "default",
  "workflow",
  "image",
  "services",
  "cache",
  "before_script",
  "after_script",
  "pages",
]);

/** GitLab runs a job for every push to a branch, unless its rules say otherwise. */
function gitlabJobs(path: string, data: DataNode): readonly PipelineJob[] {
  return data.entries
    .filter(({ key, value }) => !GITLAB_KEYWORDS.has(key) && !key.startsWith(".") && value.kind === "map")
    .map(({ key, value, line }) => {
      const parents = [...new Set(value.get("extends")?.texts ?? [])].flatMap((name) => data.get(name) ?? []);
      const setting = (name: string): DataNode | undefined =>
        value.get(name) ?? parents.map((parent) => parent.get(name)).find(Boolean);
      const allowed = setting("allow_failure");
      const masked =
        allowed?.boolean === true
          ? { by: "allow_failure: true", line: value.lineOfKey("allow_failure") ?? allowed.line }
          : undefined;
      const scripts = [...scriptsOf(setting("before_script")), ...scriptsOf(setting("script"))].map((script) => ({
        ...script,
        masked,
      }));
      const rules = setting("rules");
      const only = setting("only");
      const text = JSON.stringify([...(rules?.walk() ?? []), ...(only?.walk() ?? [])].map((node) => node.text ?? ""));
      const onPullRequests: OnPullRequests = /merge_request/.test(text)
        ? "yes"
        : rules || only
          ? /CI_COMMIT_TAG|"tags"|CI_DEFAULT_BRANCH|"main"|"master"|schedule/.test(text)
            ? "no"
            : "unknown"
          : "pushes";
      return {
        ...job(path, key, line, scripts, onPullRequests, value.lineOfKey("rules") ?? value.lineOfKey("only") ?? line),
        manual: setting("when")?.text === "manual",
        elsewhere: data.has("include") && scripts.length === 0 ? "it is made by an included file" : undefined,
      };
    });
}

/** Zuul's jobs run in the check pipeline; what most of them do is defined in another project. */
function zuulJobs(path: string, data: DataNode): readonly PipelineJob[] {
  return data.items.flatMap((item) => {
    const project = item.get("project");
    const own = item.get("job");
    if (own) {
      const environment = own.get("vars", "tox_envlist") ?? own.get("vars", "tox_env");
      const scripts = environment?.text
        ? [{ text: `tox -e ${environment.text}`, line: environment.line, lineAt: () => environment.line }]
        : [];
      return [
        {
          ...job(path, own.get("name")?.text ?? "job", own.line, scripts, "yes"),
          elsewhere: scripts.length ? undefined : "its playbook is not in the files read",
        },
      ];
    }
    if (!project) return [];
    const names = [...(project.get("check", "jobs")?.items ?? []), ...(project.get("gate", "jobs")?.items ?? [])];
    const templates = project.get("templates")?.items ?? [];
    return [...names, ...templates].map((node) => ({
      ...job(path, node.text ?? node.entries[0]?.key ?? "job", node.line, [], "yes"),
      elsewhere: "it is defined in another project",
    }));
  });
}

/** Azure builds pull requests of GitHub unless `pr: none`. */
function azureJobs(path: string, data: DataNode): readonly PipelineJob[] {
  const pr = data.get("pr");
  const onPullRequests: OnPullRequests = pr?.text === "none" ? "no" : "yes";
  return [{ ...job(path, "azure", 1, commandsBelow(data), onPullRequests, data.lineOfKey("pr") ?? 1) }];
}
