import { composeFiles } from "./compose-files.ts";
import { isDockerfile } from "./dockerfiles.ts";
import { defineFact, globs, globsAnyCase, type UnreadFile } from "./fact.ts";
import { CLUSTER, WRAPPERS } from "./instrumentation/tools.ts";
import { kubernetes } from "./kubernetes.ts";
import { isAuxiliary, nameOf } from "./tree.ts";

/** A place that puts an agent around a program from outside of its code. */
export interface AgentSign {
  readonly name: string;
  readonly path: string;
  readonly line: number;
}

export interface AgentSigns {
  readonly all: readonly AgentSign[];
  readonly unread: readonly UnreadFile[];
}

const isStart = globsAnyCase("**/{Procfile,supervisord.conf,*task-definition*.json,*task_definition*.json,mesh.yaml}");
const isScript = globs("**/*{start,entrypoint,run,boot,launch,server,worker,web,celery,gunicorn,uvicorn}*", "**/*.sh");
/** Characters of a script that is looked through, and files of each kind. */
const MAX_SCRIPT = 20_000;
const MOST = 60;

/** Agents that a start command or the cluster brings along: a program measured so has no line of code that tells it. */
export const agentSigns = defineFact({
  spans: "repository",
  reads: (path, tree) => {
    if (kubernetes.reads(path, tree) || composeFiles.reads(path, tree)) return true;
    if (!tree.isFirstParty(path) || isAuxiliary(path)) return false;
    return isDockerfile(path) || isStart(path) || isShellScript(path);
  },
  select: (entries, tree) => {
    const manifests = entries.filter(({ path }) => kubernetes.reads(path, tree));
    const scripts = entries.filter(({ path, size }) => isShellScript(path) && (size ?? 0) <= MAX_SCRIPT);
    const others = entries.filter((entry) => !manifests.includes(entry) && !isShellScript(entry.path));
    return [...kubernetes.select(manifests, tree), ...scripts.slice(0, MOST), ...others];
  },
  parse: ({ path, text }) => signsIn(path, text),
  combine: ({ files, unread }): AgentSigns => ({ all: files.flatMap(({ parsed }) => parsed), unread }),
});

function isShellScript(path: string): boolean {
  return isScript(path) && /^[\w-]+(\.(sh|bash))?$/.test(nameOf(path));
}

function signsIn(path: string, text: string): readonly AgentSign[] {
  const patterns = /\.ya?ml$/.test(path) ? [...WRAPPERS, ...CLUSTER] : WRAPPERS;
  return patterns.flatMap(([name, pattern]) => {
    const found = pattern.exec(text);
    return found ? [{ name, path, line: text.slice(0, found.index).split("\n").length }] : [];
  });
}
