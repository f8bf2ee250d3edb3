import { defineFact } from "./fact.ts";
import { nameOf } from "./tree.ts";

/** A tracked file that runs and that nobody can read. */
export interface BinaryArtifact {
  readonly path: string;
  readonly kind: "compiled" | "model";
  /** True for what only tests use, and for the wrapper that Gradle has everybody commit. */
  readonly isTolerated: boolean;
}

const COMPILED = /\.(py[cod]|so(\.\d+)*|dll|dylib|exe|jar|class|whl|egg|o|a)$/i;
/** Weights of models; those that are pickles run code when they are loaded. */
const MODEL = /\.(pt|pth|ckpt|onnx|h5|keras|safetensors|tflite|gguf|joblib|pkl|pickle)$/i;
/** Above this, weights belong in LFS, DVC or a hub. */
const LARGE_MODEL = 10_000_000;
/** A pointer of LFS, or an empty stand-in: nothing compiled is as small. */
const POINTER = 200;
const OF_TESTS = /(^|\/)(tests?|testing|test[-_]?data|[^/]*fixtures?)\//i;
const WRAPPER = /^(gradle|maven)-wrapper\.jar$/;

/** Compiled files and weights of models that git tracks, whoever made them. */
export const binaryArtifacts = defineFact({
  spans: "repository",
  combine: ({ tree }): readonly BinaryArtifact[] =>
    tree.entries.flatMap(({ path, mode }) => {
      const isCompiled = COMPILED.test(path);
      if (!mode.startsWith("100") || !(isCompiled || MODEL.test(path))) return [];
      const size = tree.sizeOf(path);
      if (size !== null && size <= POINTER) return [];
      const kind = isCompiled ? "compiled" : (size ?? 0) >= LARGE_MODEL ? "model" : undefined;
      return kind ? [{ path, kind, isTolerated: OF_TESTS.test(path) || WRAPPER.test(nameOf(path)) }] : [];
    }),
});
