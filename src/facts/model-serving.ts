import { dependencies, runtimeOf } from "./dependencies.ts";
import { dockerfiles } from "./dockerfiles.ts";
import type { UnreadFile } from "./fact.ts";
import { kubernetes } from "./kubernetes.ts";
import { isServerName } from "./profile/services.ts";
import { readLearnedModels } from "./source/learned-models.ts";
import { defineSourceFact } from "./source/source-fact.ts";
import { sourceImports } from "./source-imports.ts";
import { folderOf, nameOf } from "./tree.ts";

interface Place {
  readonly path: string;
  readonly line: number;
}

export interface ModelServing {
  /** What answers requests, or is called by what does; undefined where nothing here does. */
  readonly serves: (Place & { readonly by: string }) | undefined;
  /** Where models are loaded that were trained here, or for this. */
  readonly loads: readonly Place[];
  /** Where models of others are loaded, by their name. */
  readonly borrows: readonly Place[];
  /** Where models are trained, the file whose name says so first. */
  readonly trains: readonly Place[];
  readonly unread: readonly UnreadFile[];
}

/** Servers of models. */
const SERVERS = [
  "bentoml",
  "ray.serve",
  "kserve",
  "kfserving",
  "seldon_core",
  "ts.torch_handler",
  "litserve",
  "cog",
  "mlserver",
  "tritonclient",
  "tensorflow_serving",
];
const FRAMEWORKS = [
  "flask",
  "fastapi",
  "starlette",
  "litestar",
  "sanic",
  "django",
  "tornado",
  "aiohttp.web",
  "grpc",
  "gradio",
  "streamlit",
  "quart",
  "falcon",
  "bottle",
];
const STARTS =
  /\b(gunicorn|uvicorn|hypercorn|uwsgi|bentoml serve|mlflow models serve|serve run|torchserve|tritonserver|tensorflow_model_server|streamlit run)\b/;

/** How models come to answer, and how they come to be. */
export const modelServing = defineSourceFact({
  uses: { dependencies, sourceImports, dockerfiles, kubernetes },
  extract: readLearnedModels,
  combine: ({ files, unread, uses }): ModelServing => {
    const names = [...runtimeOf(uses.dependencies).keys()];
    const [server] = uses.sourceImports.of(...SERVERS);
    // A framework that only a tool beside the product imports is not among its dependencies.
    const [framework] = names.some(isServerName) ? uses.sourceImports.of(...FRAMEWORKS) : [];
    const image = uses.dockerfiles.files.find(
      ({ purpose, inherited, shipped: { entrypoint, command } }) =>
        purpose === "production" && !inherited && STARTS.test(`${entrypoint?.text ?? ""} ${command?.text ?? ""}`),
    );
    const inference = uses.kubernetes.objects.find(({ kind }) =>
      /^(InferenceService|SeldonDeployment|RayService)$/.test(kind),
    );
    const placed = (what: "loads" | "borrows" | "trains"): readonly Place[] =>
      files.flatMap(({ path, parsed }) => (parsed[what] === undefined ? [] : [{ path, line: parsed[what] }]));
    const used = server ?? framework;
    return {
      serves:
        (used && { path: used.path, line: used.line, by: used.name.split(".", 1)[0] ?? used.name }) ??
        (image && { path: image.path, line: 1, by: "its image" }) ??
        (inference && { path: inference.path, line: inference.data.line, by: inference.kind }),
      loads: placed("loads"),
      borrows: placed("borrows"),
      trains: [...placed("trains")].sort((a, b) => rank(a.path) - rank(b.path) || (a.path < b.path ? -1 : 1)),
      unread,
    };
  },
});

function rank(path: string): number {
  return (/train|fit|learn/.test(nameOf(path)) ? 0 : 10) + folderOf(path).split("/").length;
}
