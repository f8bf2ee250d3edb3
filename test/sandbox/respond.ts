import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Answer, Effect } from "./faults.ts";

/** An answer as it goes over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** Sends an answer, with what goes wrong with it. */
export async function respond(response: ServerResponse, answer: WireAnswer, effect?: Effect): Promise<void> {
  if (effect === "reset after commit" || effect === "reset before commit") {
    response.destroy();
    return;
  }
  if (effect === "hang" || effect === "hang after commit") return;
  if (typeof effect === "object" && "status" in effect) {
    sendFault(response, effect, answer.headers);
    return;
  }
  if (typeof effect === "object" && "firstByteMs" in effect) await pause(response, effect.firstByteMs);
  response.writeHead(answer.status, answer.headers);
  if (effect === "endless body") await drip(response, endless(), 10);
  else if (typeof effect === "object" && "bytesPerSecond" in effect)
    await drip(response, Buffer.from(answer.body), 1000 / effect.bytesPerSecond);
  else response.end(answer.body);
}

function sendFault(response: ServerResponse, { status, headers, body }: Answer, { date }: WireAnswer["headers"]): void {
  response.writeHead(status, { "content-type": "application/json", ...(date ? { date } : {}), ...headers });
  response.end(body ?? '{"message":"Server Error"}');
}

/** Byte by byte, for as long as somebody listens. */
async function drip(response: ServerResponse, body: Iterable<number>, everyMs: number): Promise<void> {
  for (const byte of body) {
    if (response.destroyed) return;
    response.write(Buffer.from([byte]));
    await pause(response, everyMs);
  }
  response.end();
}

function* endless(): Generator<number> {
  for (;;) yield 0x20;
}

/** Waits, unless the asker leaves before. */
async function pause(response: ServerResponse, ms: number): Promise<void> {
  const left = new AbortController();
  const leave = (): void => left.abort();
  response.once("close", leave);
  await wait(ms, undefined, { signal: left.signal, ref: false }).catch(() => {});
  response.off("close", leave);
}
