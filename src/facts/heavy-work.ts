import { autoscaling } from "./autoscaling.ts";
import { dependencies, runtimeOf } from "./dependencies.ts";
import { dockerfiles } from "./dockerfiles.ts";
import type { UnreadFile } from "./fact.ts";
import { QUEUE } from "./profile/services.ts";
import { routes } from "./routes.ts";
import { readHeavyWork } from "./source/heavy-work.ts";
import { defineSourceFact } from "./source/source-fact.ts";
import { sourceImports } from "./source-imports.ts";
import { startScripts } from "./start-scripts.ts";

interface Place {
  readonly path: string;
  readonly line: number;
}

export interface HeavyWorkFound {
  /** Work of the processor in what answers requests. */
  readonly inHandlers: readonly (Place & { readonly called: string })[];
  /** What spreads work over processes or machines. */
  readonly strategy: (Place & { readonly says: string }) | undefined;
  /** True where a file of settings may start several processes. */
  readonly mayHaveWorkers: boolean;
  readonly unread: readonly UnreadFile[];
}

const POOLS = [
  "multiprocessing",
  "concurrent.futures.ProcessPoolExecutor",
  "joblib.Parallel",
  "ray",
  "dask",
  "loky",
  "numba",
  "celery",
  "rq",
  "dramatiq",
  "arq",
  "huey",
  "taskiq",
];
const WORKERS =
  /--workers[= ]+\$?\{?[2-9A-Z]|(^|\s)-w[= ]+\$?\{?[2-9A-Z]|WEB_CONCURRENCY|--processes[= ]+[2-9]|\bprocesses\s*=\s*[2-9]|celery\b.{0,200}\bworker\b|tritonserver|torchserve|tensorflow_model_server/;
const NATIVE =
  /^(cython|pybind11|maturin|setuptools-rust|nanobind|numba|ray|dask|joblib|bentoml|ray-serve|kserve|tritonclient|vllm)$/;

/** What keeps the processor busy in requests, and what spreads it. */
export const heavyWork = defineSourceFact({
  uses: { routes, sourceImports, dependencies, dockerfiles, startScripts, autoscaling },
  extract: readHeavyWork,
  combine: ({ files, unread, tree, uses }): HeavyWorkFound => {
    const handlers = new Set(
      uses.routes.all.flatMap(({ handler }) => (handler ? [`${handler.path}#${handler.name}`] : [])),
    );
    const pool = uses.sourceImports.of(...POOLS).find(({ name }) => !/ThreadPool|\.dummy/.test(name));
    const [library] = [...runtimeOf(uses.dependencies)].filter(([name]) => QUEUE.test(name) || NATIVE.test(name));
    const image = uses.dockerfiles.files.find(({ path, shipped: { entrypoint, command } }) =>
      [
        entrypoint?.text ?? "",
        command?.text.replace(/[",[\]]+/g, " ") ?? "",
        ...(uses.startScripts.texts.get(path) ?? []),
      ].some((text) => WORKERS.test(text)),
    );
    const scaled = uses.autoscaling.units.find(({ isScaled }) => isScaled);
    return {
      inHandlers: files.flatMap(({ path, parsed }) =>
        parsed.filter(({ by }) => handlers.has(`${path}#${by}`)).map(({ line, called }) => ({ path, line, called })),
      ),
      strategy: pool
        ? { path: pool.path, line: pool.line, says: `${pool.name} spreads work over processes.` }
        : library
          ? { path: library[1].path, line: library[1].line, says: `${library[0]} takes work out of requests.` }
          : image
            ? { path: image.path, line: 1, says: "It starts several processes." }
            : scaled && { path: scaled.path, line: scaled.line, says: "The platform starts more of it under load." },
      mayHaveWorkers: tree.paths.some((path) =>
        /(^|\/)(gunicorn[\w.-]*\.py|uwsgi\.ini|Procfile|supervisord?\.conf)$/.test(path),
      ),
      unread,
    };
  },
});
