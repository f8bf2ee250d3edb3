import type { LoggedRequest } from "./request-log.ts";

/** An answer that is none of GitHub's API's. */
export interface Answer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the request takes effect all the same. */
  readonly afterCommit?: boolean;
}

/** What goes wrong with a request. */
export type Effect =
  | Answer
  /** No answer ever, with or without the request's effect. */
  | "hang"
  | "hang after commit"
  | "reset before commit"
  | "reset after commit"
  /** An answer that begins as it should and never ends. */
  | "endless body"
  /** Nothing: only `meanwhile` happens. */
  | "none"
  /** The true answer, late or slow. */
  | { readonly firstByteMs: number }
  | { readonly bytesPerSecond: number };

/** Which requests are meant. */
export interface Selection {
  readonly method?: string;
  readonly path?: RegExp;
  readonly installationId?: number;
  /** So many that match are let pass first. */
  readonly after?: number;
  readonly times?: number;
  /** From 0 to 1: how often one that matches is met. */
  readonly probability?: number;
}

export interface Fault extends Selection {
  readonly effect: Effect;
  /** The request is only looked at when this resolves. */
  readonly until?: Promise<unknown>;
  /** Called when it takes effect, before anything is answered. */
  readonly meanwhile?: () => void;
}

/** What a harness does at a point of a request, before it is answered. */
export interface Hook {
  readonly phase: "before" | "after commit";
  readonly callback: (request: LoggedRequest) => void | Promise<void>;
}

interface Armed<Meaning> {
  readonly selection: Selection;
  readonly meaning: Meaning;
  toPass: number;
  left: number;
}

/** Faults and hooks that wait for their requests. */
export class Faults {
  readonly #random: () => number;
  #faults: Armed<Fault>[] = [];
  #hooks: Armed<Hook>[] = [];

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Lets a fault wait; the answer takes it back. */
  add(fault: Fault): () => void {
    const armed = { selection: fault, meaning: fault, toPass: fault.after ?? 0, left: fault.times ?? 1 };
    this.#faults.push(armed);
    return () => {
      this.#faults = this.#faults.filter((one) => one !== armed);
    };
  }

  /** Lets a hook wait; the answer takes it back. */
  addHook(selection: Selection, hook: Hook): () => void {
    const armed = { selection, meaning: hook, toPass: selection.after ?? 0, left: selection.times ?? Infinity };
    this.#hooks.push(armed);
    return () => {
      this.#hooks = this.#hooks.filter((one) => one !== armed);
    };
  }

  clear(): void {
    this.#faults = [];
    this.#hooks = [];
  }

  /** The fault that this request meets; it is used up by that. */
  take(request: LoggedRequest): Fault | undefined {
    const met = this.#faults.find((armed) => this.#meets(armed, request));
    this.#faults = this.#faults.filter(({ left }) => left > 0);
    return met?.meaning;
  }

  async reach(phase: Hook["phase"], request: LoggedRequest): Promise<void> {
    for (const armed of [...this.#hooks]) {
      if (armed.meaning.phase === phase && this.#meets(armed, request)) await armed.meaning.callback(request);
    }
  }

  #meets<Meaning>(armed: Armed<Meaning>, { method, path, installationId }: LoggedRequest): boolean {
    const { selection } = armed;
    if (armed.left <= 0 || (selection.method && selection.method !== method)) return false;
    if (selection.path && !selection.path.test(path)) return false;
    if (selection.installationId !== undefined && selection.installationId !== installationId) return false;
    if (armed.toPass > 0) {
      armed.toPass--;
      return false;
    }
    if (this.#random() >= (selection.probability ?? 1)) return false;
    armed.left--;
    return true;
  }
}

const HTML = "<!DOCTYPE html><title>Unicorn!</title><p>This page is taking too long to load.</p>";

/** Answers of 200 that are no answers. */
export const brokenAnswers = {
  html: { status: 200, body: HTML, headers: { "content-type": "text/html" } },
  empty: { status: 200, body: "" },
  malformed: { status: 200, body: '{"sha": "9b2e7d1', headers: { "content-type": "application/json" } },
  "wrong content type": { status: 200, body: "[]", headers: { "content-type": "text/plain" } },
} as const satisfies Readonly<Record<string, Answer>>;
