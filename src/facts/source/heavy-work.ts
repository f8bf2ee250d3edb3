import { namesOf, qualifiedName } from "./names.ts";
import type { Module } from "./syntax.ts";
import { callsOf } from "./walk.ts";

/** Work of the processor that a function does. */
export interface HeavyWork {
  /** The function, or the class that it is a method of. */
  readonly by: string;
  readonly line: number;
  readonly called: string;
}

const HEAVY =
  /^(pandas\.read_(csv|excel|parquet|json)|PIL\.Image\.open|cv2\.(imread|imdecode|resize|cvtColor|dnn\.\w+)|pytesseract\.image_to_\w+|pdfplumber\.open|PyPDF2\.\w*Reader|pypdf\.PdfReader|fitz\.open|weasyprint\.HTML|pdfkit\.from_\w+|bcrypt\.hashpw|face_recognition\.\w+|whisper\.\w+|matplotlib\.pyplot\.savefig|skimage\.\w+\.\w+|librosa\.\w+|moviepy\.\w+)$/;
const LIBRARY =
  /^(torch|tensorflow|keras|sklearn|joblib|transformers|xgboost|lightgbm|onnxruntime|catboost|ultralytics|sentence_transformers|spacy)\b/;
const INFERS = /^(predict|predict_proba|generate|encode|infer|transcribe)$/;
const MODEL = /(^|[._])(model|pipeline|predictor|classifier|regressor|estimator|encoder|net|session)$/i;

/** Inference, and reading of tables, images and documents, by the functions that do it. */
export function readHeavyWork(module: Module): readonly HeavyWork[] {
  const names = namesOf(module);
  const all = [...names.values()];
  const infers = all.some((name) => LIBRARY.test(name));
  if (
    !infers &&
    !all.some((name) =>
      /^(pandas|PIL|cv2|pytesseract|pdfplumber|PyPDF2|pypdf|fitz|weasyprint|pdfkit|bcrypt|face_recognition|whisper|matplotlib|skimage|librosa|moviepy)\b/.test(
        name,
      ),
    )
  )
    return [];
  return callsOf(module).flatMap(({ node, scope }) => {
    const by = scope.class?.name ?? scope.function?.name;
    const called = by === undefined || !scope.function ? undefined : qualifiedName(node.func, names);
    if (by === undefined || called === undefined) return [];
    const cut = called.lastIndexOf(".");
    const isInference = infers && INFERS.test(called.slice(cut + 1)) && MODEL.test(called.slice(0, Math.max(cut, 0)));
    return HEAVY.test(called) || isInference ? [{ by, line: node.line, called }] : [];
  });
}
