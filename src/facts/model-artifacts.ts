import ignore from "ignore";
import { dependencies } from "./dependencies.ts";
import { defineFact, globs } from "./fact.ts";
import { kubernetes } from "./kubernetes.ts";
import { folderOf, isAuxiliary, nameOf } from "./tree.ts";

interface Place {
  readonly path: string;
  readonly line: number;
}

/** Where trained models are kept, as far as paths and declarations tell. */
export interface ModelArtifacts {
  /** Models whose bytes are in git. */
  readonly tracked: readonly { readonly path: string }[];
  /** What gives models versions: a registry, a tracker, DVC, a served model with a version. */
  readonly versioned: readonly (Place & { readonly tool: string })[];
}

/** What only models end in, and what they share with other data. */
const MODEL = /\.(pt|pth|ckpt|safetensors|onnx|keras|joblib|tflite|gguf|ggml|cbm|mlmodel)$/i;
const MAYBE_MODEL = /\.(pkl|pickle|h5|hdf5|pb|bin|model)$/i;
const SAYS_MODEL = /model|weights|checkpoint|classifier|regressor|estimator|vectori[sz]er|scaler|encoder/i;
/** Pointers and stubs are smaller than any model. */
const SMALLEST = 4_000;

const FILES: readonly (readonly [tool: string, matches: (path: string) => boolean])[] = [
  ["DVC", globs("**/{dvc.yaml,dvc.lock,*.dvc}", ".dvc/config")],
  ["MLflow", globs("**/MLproject")],
  ["BentoML", globs("**/bentofile.{yml,yaml}")],
];
const PACKAGES: readonly (readonly [tool: string, name: RegExp])[] = [
  ["DVC", /^dvc(-\w+)?$/],
  ["MLflow", /^(mlflow|mlflow-skinny|dagshub)$/],
  ["Weights & Biases", /^wandb$/],
  ["ClearML", /^clearml$/],
  ["Neptune", /^neptune(-client)?$/],
  ["Comet", /^comet-ml$/],
  ["Aim", /^aim$/],
  ["BentoML", /^bentoml$/],
  ["SageMaker", /^sagemaker$/],
  ["Azure ML", /^(azure-ai-ml|azureml-\w+)$/],
  ["Vertex AI", /^google-cloud-aiplatform$/],
];

/** Models in git, and what gives models versions. */
export const modelArtifacts = defineFact({
  uses: { dependencies, kubernetes },
  reads: (path) => nameOf(path) === ".gitattributes",
  parse: ({ text }): readonly string[] => inLargeFileStorage(text),
  combine: ({ files, tree, uses }): ModelArtifacts => {
    const stored = files
      .filter(({ parsed }) => parsed.length > 0)
      .map(({ path, parsed }) => ({ folder: folderOf(path), patterns: ignore().add([...parsed]) }));
    const isStored = (path: string): boolean =>
      stored.some(({ folder, patterns }) => {
        const below = folder === "" ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : "";
        return below !== "" && ignore.isPathValid(below) && patterns.ignores(below);
      });
    const product = tree.entries.filter(({ path }) => tree.isFirstParty(path) && !isAuxiliary(path));
    const declarations = uses.dependencies.manifests.flatMap(({ path, declarations: all }) =>
      all.map(({ name, line }) => ({ path, line: line ?? 1, name })),
    );
    return {
      tracked: product
        .filter(({ path, mode }) => mode.startsWith("100") && isModel(path) && (tree.sizeOf(path) ?? 0) >= SMALLEST)
        .filter(({ path }) => !isStored(path))
        .map(({ path }) => ({ path })),
      versioned: [
        ...FILES.flatMap(([tool, matches]) =>
          product
            .filter(({ path }) => matches(path))
            .slice(0, 1)
            .map(({ path }) => ({ tool, path, line: 1 })),
        ),
        ...PACKAGES.flatMap(([tool, wanted]) =>
          declarations
            .filter(({ name }) => wanted.test(name))
            .slice(0, 1)
            .map(({ path, line }) => ({ tool, path, line })),
        ),
        ...uses.kubernetes.objects
          .filter(({ kind }) => kind === "InferenceService")
          .map(({ path, data }) => ({ tool: "KServe", path, line: data.line })),
      ],
    };
  },
});

function isModel(path: string): boolean {
  return MODEL.test(path) || (MAYBE_MODEL.test(path) && SAYS_MODEL.test(path));
}

/** The patterns whose files git holds as pointers. */
function inLargeFileStorage(text: string): readonly string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [pattern, ...settings] = line.trim().split(/\s+/);
    return pattern && !pattern.startsWith("#") && settings.includes("filter=lfs") ? [pattern] : [];
  });
}
