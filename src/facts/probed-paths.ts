import { isDockerfile } from "./dockerfiles.ts";
import { defineFact, globs } from "./fact.ts";
import { isAuxiliary } from "./tree.ts";

/** A path that something outside asks the service for, to see whether it is well. */
export interface ProbedPath {
  readonly url: string;
  readonly path: string;
  readonly line: number;
}

const isConfiguration = globs(
  "**/{compose,docker-compose}*.{yml,yaml}",
  "**/{fly.toml,render.yaml,railway.json,railway.toml,app.yaml,app.json,nixpacks.toml}",
  "**/{k8s,kubernetes,kube,deploy*,helm,chart,charts,manifests,infra*,terraform,ecs,ops}/**/*.{yml,yaml,json,tf,tpl}",
);
const KEYWORD = /httpGet|healthCheckPath|health_check_path|healthcheckPath|HEALTHCHECK|health_?check|healthCheck/gi;
const URL_PATH = /(?:path"?\s*[:=]\s*["']?(\/[\w./-]{0,200})|https?:\/\/[^\s/"']{1,200}(\/[\w./-]{0,200})?)/i;
/** Characters after the keyword that belong to the check. */
const REACH = 300;
const MOST = 50;

/** Paths that probes of containers and platforms ask for. */
export const probedPaths = defineFact({
  spans: "repository",
  reads: (path, tree) => (isDockerfile(path) || isConfiguration(path)) && tree.isFirstParty(path) && !isAuxiliary(path),
  parse: ({ text }): readonly Omit<ProbedPath, "path">[] =>
    [...text.matchAll(KEYWORD)].slice(0, MOST).flatMap(({ index }) => {
      const match = URL_PATH.exec(text.slice(index, index + REACH));
      return match === null
        ? []
        : [{ url: match[1] ?? match[2] ?? "/", line: text.slice(0, index).split("\n").length }];
    }),
  combine: ({ files }): readonly ProbedPath[] =>
    files.flatMap(({ path, parsed }) => parsed.map((one) => ({ path, ...one }))),
});
