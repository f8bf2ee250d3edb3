import { createHmac, randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { parentPort, Worker, workerData } from "node:worker_threads";

/** A delivery as it is made beforehand; each sending gets an id of its own. */
export interface Prepared {
  readonly event: string;
  readonly body: string;
}

export interface SendOrder {
  readonly urls: readonly string[];
  readonly secret: string;
  /** Sent in turn, as often as is needed. */
  readonly deliveries: readonly Prepared[];
  /** So many a second, whatever becomes of them; or so many at a time, as fast as they are answered. */
  readonly perSecond?: number;
  readonly atATime?: number;
  /** Ends after so long, or when every delivery was sent once. */
  readonly seconds?: number;
}

export interface Answers {
  /** How often each status came; 0 where no answer did. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Milliseconds from sending to the answer, ascending. */
  readonly milliseconds: readonly number[];
  readonly seconds: number;
}

/** Sends from a thread of its own, so that nothing here delays what is measured. */
export function send(order: SendOrder): Promise<Answers> {
  const worker = new Worker(new URL(import.meta.url), { workerData: order });
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

/** The value that this share of all is not above. */
export function percentile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? 0;
}

async function work({ urls, secret, deliveries, perSecond, atATime = 32, seconds }: SendOrder): Promise<Answers> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const signatures = deliveries.map(({ body }) => createHmac("sha256", secret).update(body).digest("hex"));
  const statuses: Record<number, number> = {};
  const milliseconds: number[] = [];
  const startedAt = performance.now();
  const until = seconds === undefined ? Number.POSITIVE_INFINITY : startedAt + seconds * 1000;
  const last = seconds === undefined ? deliveries.length : Number.POSITIVE_INFINITY;
  let sent = 0;
  const next = async (): Promise<void> => {
    const turn = sent++;
    const from = performance.now();
    const { event, body } = deliveries[turn % deliveries.length] as Prepared;
    const signature = signatures[turn % deliveries.length] ?? "";
    const status = await post(agent, urls[turn % urls.length] ?? "", event, body, signature);
    statuses[status] = (statuses[status] ?? 0) + 1;
    milliseconds.push(performance.now() - from);
  };
  const isOver = (): boolean => sent >= last || performance.now() >= until;
  if (perSecond === undefined) {
    const line = async (): Promise<void> => {
      while (!isOver()) await next();
    };
    await Promise.all(Array.from({ length: atATime }, line));
  } else {
    const open: Promise<void>[] = [];
    await new Promise<void>((resolve) => {
      const ticking = setInterval(() => {
        const due = Math.floor(((performance.now() - startedAt) / 1000) * perSecond);
        while (sent < due && !isOver()) open.push(next());
        if (!isOver()) return;
        clearInterval(ticking);
        resolve();
      }, 2);
    });
    await Promise.all(open);
  }
  agent.destroy();
  milliseconds.sort((a, b) => a - b);
  return { statuses, milliseconds, seconds: (performance.now() - startedAt) / 1000 };
}

function post(agent: Agent, url: string, event: string, body: string, signature: string): Promise<number> {
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "x-github-delivery": randomUUID(),
    "x-github-event": event,
    "x-hub-signature-256": `sha256=${signature}`,
  };
  return new Promise((resolve) => {
    const sending = request(url, { method: "POST", agent, headers, timeout: 10_000 }, (response) => {
      response.resume();
      response.once("end", () => resolve(response.statusCode ?? 0));
    });
    sending.once("timeout", () => sending.destroy());
    sending.once("error", () => resolve(0));
    sending.end(body);
  });
}

if (parentPort && workerData) parentPort.postMessage(await work(workerData as SendOrder));
