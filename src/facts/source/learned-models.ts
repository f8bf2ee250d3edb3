import { mentions } from "./mentions.ts";
import { calledName, namesOf } from "./names.ts";
import type { Module } from "./syntax.ts";
import { callsOf } from "./walk.ts";

/** What one module does with models: the lines where it first does. */
export interface ModelsIn {
  /** Reads a trained model, to ask it. */
  readonly loads: number | undefined;
  /** Reads one that others trained. */
  readonly borrows: number | undefined;
  /** Makes one. */
  readonly trains: number | undefined;
}

/** Reading a model that was trained here, or for this. */
const LOADS =
  /^(torch\.(jit\.)?load|joblib\.load|sklearn\.externals\.joblib\.load|(tensorflow\.)?keras(\.\w+)*\.load_model|tensorflow\.(saved_model\.load|keras\.models\.load_model)|onnxruntime\.InferenceSession|mlflow\.\w+\.load_model|xgboost\.Booster|lightgbm\.Booster|bentoml\.\w+\.(get|load_model))$/;
/** Reading one that others trained, by its name. */
const BORROWS =
  /^(torch\.hub\.load|transformers\.pipeline|sentence_transformers\.SentenceTransformer|spacy\.load|vllm\.LLM|whisper\.load_model|faster_whisper\.WhisperModel|ultralytics\.YOLO)$|(^|\.)(Auto\w+|[A-Z]\w*(Model|Pipeline|ForCausalLM|Classification))\.from_pretrained$/;
const TRAINS =
  /(^|\.)(fit|fit_generator|train_on_batch|fit_transform|partial_fit|train_and_evaluate|train_one_epoch)$|^(xgboost|lightgbm)\.train$|(^|\.)(loss\w*|scaler\.scale)\.backward$|(^|\.)(optimizer|optim|opt)\.step$|(^|\.)trainer\.train$/;
/** Modules that make it likely that `fit` trains a model. */
const FRAMEWORK =
  /\b(torch|tensorflow|keras|sklearn|xgboost|lightgbm|catboost|jax|flax|transformers|lightning|pytorch_lightning|mxnet|fastai|statsmodels|prophet)\b/;

/** Where a module loads or trains models. */
export function readLearnedModels(module: Module): ModelsIn {
  if (
    !mentions(
      module,
      /\b(load|fit|train|backward|step|from_pretrained|InferenceSession|pipeline|YOLO|LLM|Booster|Whisper|Sentence)/,
    )
  )
    return { loads: undefined, borrows: undefined, trains: undefined };
  const names = namesOf(module);
  const usesFramework = [...names.values()].some((name) => FRAMEWORK.test(name));
  let loads: number | undefined;
  let borrows: number | undefined;
  let trains: number | undefined;
  for (const { node } of callsOf(module)) {
    const called = calledName(node, names) ?? (node.func.kind === "Attribute" ? `_.${node.func.attr}` : "");
    if (loads === undefined && LOADS.test(called)) loads = node.line;
    if (borrows === undefined && BORROWS.test(called)) borrows = node.line;
    if (trains === undefined && usesFramework && TRAINS.test(called)) trains = node.line;
  }
  return { loads, borrows, trains };
}
