import type { DataNode } from "../formats/node.ts";
import type { OnPullRequests, PipelineJob } from "./model.ts";
import { pipelineJob, scriptsOf } from "./scripts.ts";

const KEYWORDS = new Set([
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
  "spec",
]);
const MAX_PARENTS = 10;
/** Values of a setting that are looked through. */
const MAX_VALUES = 2000;
/** Rules that let a job run only after the merge, or by tag or clock. */
const AFTER_MERGE = /CI_COMMIT_TAG|"tags"|CI_DEFAULT_BRANCH|"main"|"master"|schedule/;

/** A job with what it takes over from others. */
export interface GitlabJob {
  readonly name: string;
  readonly line: number;
  readonly node: DataNode;
  /** False where it extends what is defined in another file. */
  readonly isWhole: boolean;
  /** A setting: its own, else that of the nearest parent. */
  readonly setting: (name: string) => DataNode | undefined;
  /** A map, which parents and the settings for all jobs add to: nearest first. */
  readonly settings: (name: string) => readonly DataNode[];
}

/** The jobs of a file; those that begin with a dot are only there to be extended. */
export function gitlabDefinitions(data: DataNode): readonly GitlabJob[] {
  return data.entries
    .filter(({ key, value }) => !KEYWORDS.has(key) && !key.startsWith(".") && value.kind === "map")
    .map(({ key, value, line }) => {
      const { parents, isWhole } = parentsOf(value, data);
      const own = [value, ...parents];
      const setting = (name: string) => own.map((one) => one.get(name)).find((found) => found !== undefined);
      const settings = (name: string) => [...own, data.get("default"), data].flatMap((one) => one?.get(name) ?? []);
      return { name: key, line, node: value, isWhole, setting, settings };
    });
}

/** GitLab runs a job for every push to a branch, unless its rules or those of the workflow say otherwise. */
export function gitlabJobs(path: string, data: DataNode): readonly PipelineJob[] {
  const whole = whenOf(data.get("workflow", "rules"));
  const jobs = gitlabDefinitions(data).map((job) => jobOf(path, job, data, whole));
  const included = (data.get("include")?.listed ?? []).flatMap((item) => includedJob(path, item, whole) ?? []);
  return [...jobs, ...included];
}

/** GitLab's own templates, and what they run. */
const OWN_TEMPLATES: readonly (readonly [name: RegExp, command: string])[] = [
  [/\bSAST(\.latest)?\.gitlab-ci\.yml$/, "semgrep ci"],
  [/\bSecret-Detection(\.latest)?\.gitlab-ci\.yml$/, "gitleaks git"],
];

/** What an included file adds: GitLab's own analysis is known by its name, others are read or not. */
function includedJob(path: string, item: DataNode, whole: OnPullRequests | undefined): PipelineJob | undefined {
  const template = item.get("template")?.text ?? "";
  const job = pipelineJob(path, "include", item.line, [], whole ?? "unknown");
  const [, text] = OWN_TEMPLATES.find(([name]) => name.test(template)) ?? [];
  if (text) return { ...job, scripts: [{ text, line: item.line, lineAt: () => item.line }] };
  const local = item.get("local")?.text ?? item.text ?? "";
  if (/^\/?\.gitlab\//.test(local)) return undefined;
  const name = item.text ?? item.entries.map((entry) => entry.value.text ?? "").join(" ");
  const reason = `${name.trim() || "an included file"} is included and not read`;
  return { ...job, elsewhere: { reason, name } };
}

function jobOf(
  path: string,
  { name: key, line, node: value, setting }: GitlabJob,
  data: DataNode,
  whole: OnPullRequests | undefined,
): PipelineJob {
  const allowed = setting("allow_failure");
  const masked =
    allowed?.boolean === true
      ? { by: "allow_failure: true", line: value.lineOfKey("allow_failure") ?? allowed.line }
      : undefined;
  const before = setting("before_script") ?? data.get("default", "before_script") ?? data.get("before_script");
  const scripts = [before, setting("script"), setting("after_script")].flatMap((node, index) =>
    scriptsOf(node, key).map((script) => ({ ...script, masked: index === 1 ? masked : undefined })),
  );
  const own = whenOf(setting("rules"), setting("only"));
  const triggerLine = value.lineOfKey("rules") ?? value.lineOfKey("only") ?? line;
  const triggered = setting("trigger");
  return {
    ...pipelineJob(path, key, line, scripts, own ?? whole ?? "pushes", triggerLine),
    manual: setting("when")?.text === "manual",
    elsewhere: triggered ? { reason: `${key} starts another pipeline`, name: key } : undefined,
  };
}

/** The jobs that a job extends, nearest first, and whether all of them are in this file. */
function parentsOf(
  job: DataNode,
  data: DataNode,
): { readonly parents: readonly DataNode[]; readonly isWhole: boolean } {
  const parents: DataNode[] = [];
  let isWhole = true;
  let next: readonly DataNode[] = [job];
  while (next.length > 0 && parents.length < MAX_PARENTS) {
    // Of several the last wins.
    const names = next.flatMap((one) => (one.get("extends")?.texts ?? []).slice(-MAX_PARENTS).reverse());
    isWhole &&= names.every((name) => data.has(name));
    next = names.flatMap((name) => data.get(name) ?? []).slice(0, MAX_PARENTS);
    parents.push(...next);
  }
  return { parents, isWhole };
}

/** What rules say of merge requests; undefined where there are none. */
function whenOf(...settings: readonly (DataNode | undefined)[]): OnPullRequests | undefined {
  const nodes = settings.flatMap((setting) => (setting ? [...setting.walk().take(MAX_VALUES)] : []));
  if (nodes.length === 0) return undefined;
  const text = JSON.stringify(nodes.map((node) => node.text ?? ""));
  if (/merge_request|"external_pull_requests"/.test(text)) return "yes";
  if (/"branches"/.test(text)) return "pushes";
  return AFTER_MERGE.test(text) ? "no" : "unknown";
}
