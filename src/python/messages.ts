/** A file, and what is to be taken from it. */
export interface ExtractionRequest {
  readonly path: string;
  readonly text: string;
  /** Names of extractors. */
  readonly extractors: readonly string[];
}

/** What each extractor took from a file, or why nothing was. */
export type Extraction = { readonly values: Readonly<Record<string, unknown>> } | { readonly problem: string };

/** What the pool sends to a worker: files, answered in their order. */
export interface Batch {
  readonly files: readonly ExtractionRequest[];
}

/** What a worker answers. */
export interface BatchResult {
  readonly extractions: readonly Extraction[];
  /** Bytes outside the heap, WebAssembly's memory among them: it never shrinks. */
  readonly external: number;
}
