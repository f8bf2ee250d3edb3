import { createHmac, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { State } from "./state.ts";

/** An event for the App, however often it is sent. */
export interface Delivery {
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly body: string;
  /** The App's answers, one an attempt; 0 where none came. */
  readonly statuses: number[];
}

/** One sending of a delivery, as the App's log of deliveries lists it. */
export interface Attempt {
  readonly id: number;
  readonly delivery: Delivery;
  readonly redelivery: boolean;
  /** Milliseconds of this machine's clock. */
  readonly at: number;
  durationMs: number;
  /** 0 where no answer came; null while it is on its way. */
  status: number | null;
}

/** How a delivery travels: once and at once, unless told otherwise. */
export interface Carriage {
  /** Sent so many times, concurrently, with the same id. */
  readonly copies?: number;
  readonly delayMs?: number;
  /** "failed" is in the log of deliveries; of what was never sent nobody knows. */
  readonly fate?: "failed" | "never sent";
}

/** GitHub waits no longer for an answer. */
const ANSWER_LIMIT_MS = 10_000;

/** Sends deliveries to the App, and keeps their log. */
export class Postman {
  readonly deliveries: Delivery[] = [];
  /** Oldest first. */
  readonly attempts: Attempt[] = [];
  /** Where the App listens; attempts go to each in turn. */
  urls: readonly string[] = [];
  /** Decides how each delivery travels. */
  carriage: (delivery: Delivery) => Carriage = () => ({});
  readonly #state: State;
  readonly #secret: () => string;
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #closing = new AbortController();
  #held: Delivery[] | null = null;
  #turn = 0;

  constructor(state: State, secret: () => string) {
    this.#state = state;
    this.#secret = secret;
  }

  /** Keeps what is posted from now on, until it is released. */
  hold(): void {
    this.#held ??= [];
  }

  /** Sends what was held, in this order, and resolves when all was answered. */
  async release(order: (held: readonly Delivery[]) => readonly Delivery[] = (held) => held): Promise<void> {
    const held = this.#held ?? [];
    this.#held = null;
    for (const delivery of order(held)) await this.#carry(delivery);
  }

  /** Takes a delivery; resolves with the App's answer, or at once where it is held or delayed. */
  async post(delivery: Delivery): Promise<void> {
    if (this.urls.length === 0) return;
    this.deliveries.push(delivery);
    if (this.#held) this.#held.push(delivery);
    else await this.#carry(delivery);
  }

  /** Sends a delivery again, with the same id; resolves with the App's answer. */
  redeliver(delivery: Delivery): Promise<number> {
    return this.#tracked(this.#send(delivery, true));
  }

  /** Resolves when nothing is on its way, delayed deliveries included. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  /** Forgets what is delayed, and waits for the rest. */
  close(): Promise<void> {
    this.#closing.abort();
    return this.idle();
  }

  async #carry(delivery: Delivery): Promise<void> {
    const { copies = 1, delayMs = 0, fate } = this.carriage(delivery);
    if (fate === "never sent") return;
    if (fate === "failed") {
      this.#log(delivery, false).status = 0;
      delivery.statuses.push(0);
      return;
    }
    const send = () => Promise.all(Array.from({ length: copies }, () => this.#send(delivery, false)));
    if (delayMs > 0)
      void this.#tracked(wait(delayMs, undefined, { signal: this.#closing.signal }).then(send, () => {}));
    else await this.#tracked(send());
  }

  async #send(delivery: Delivery, redelivery: boolean): Promise<number> {
    const attempt = this.#log(delivery, redelivery);
    const url = this.urls[this.#turn++ % this.urls.length] ?? "";
    const status = await deliver(url, this.#secret(), delivery);
    attempt.status = status;
    attempt.durationMs = Date.now() - attempt.at;
    delivery.statuses.push(status);
    this.#state.changed();
    return status;
  }

  #log(delivery: Delivery, redelivery: boolean): Attempt {
    const attempt: Attempt = {
      id: this.#state.nextId(),
      delivery,
      redelivery,
      at: Date.now(),
      durationMs: 0,
      status: null,
    };
    this.attempts.push(attempt);
    return attempt;
  }

  #tracked<Value>(work: Promise<Value>): Promise<Value> {
    this.#underWay.add(work);
    const done = (): void => void this.#underWay.delete(work);
    work.then(done, done);
    return work;
  }
}

/** A delivery of an event, with an id of its own. */
export function deliveryOf(event: string, payload: object): Delivery {
  const { action, installation, repository } = payload as EventPayload;
  return {
    guid: randomUUID(),
    event,
    action: action ?? null,
    installationId: installation?.id ?? null,
    repositoryId: repository?.id ?? null,
    body: JSON.stringify(payload),
    statuses: [],
  };
}

interface EventPayload {
  readonly action?: string;
  readonly installation?: { readonly id: number | null };
  readonly repository?: { readonly id: number };
}

/** Sends a delivery once, signed; 0 when no answer comes. */
async function deliver(url: string, secret: string, { guid, event, body }: Delivery): Promise<number> {
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  const headers = {
    "content-type": "application/json",
    "user-agent": "GitHub-Hookshot/sandbox",
    "x-github-delivery": guid,
    "x-github-event": event,
    "x-hub-signature-256": `sha256=${signature}`,
  };
  try {
    const response = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}
