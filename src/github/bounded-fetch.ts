import { UnreadableAnswer } from "./failures.ts";

/** What one request may take. */
export interface Bounds {
  /** Milliseconds until the answer begins. */
  readonly firstByteMs: number;
  readonly bytes: number;
  /** Archives are streamed and may be large; others are held in memory. */
  readonly archiveBytes: number;
}

/** GitHub itself ends what takes it longer than ten seconds. */
export const BOUNDS: Bounds = { firstByteMs: 12_000, bytes: 64_000_000, archiveBytes: 1_000_000_000 };

/** Codeload packs a large repository before it answers. */
const PACKING_MS = 30_000;

export function isArchive(url: string): boolean {
  return /\/(tarball|legacy\.tar\.gz|codeload)\//.test(url);
}

/**
 * A fetch whose answer begins in time, is no larger than expected, and says what it claims to say: a
 * page of a proxy, half an answer or none is an error, and never "there is nothing".
 */
export function boundedFetch(send: typeof fetch, bounds: Bounds): typeof fetch {
  return async (input, init) => {
    const streams = isArchive(String(input));
    const response = await beginning(send, input, init, streams ? PACKING_MS : bounds.firstByteMs);
    if (!response.body) return response;
    if (streams && response.ok) return withBody(response, response.body.pipeThrough(counting(bounds.archiveBytes)));
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body.pipeThrough(counting(bounds.bytes))) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    if (response.ok) assertReadable(response, body, new Headers(init?.headers).get("accept") ?? "");
    return withBody(response, body.byteLength > 0 ? body : null);
  };
}

/** The response once its headers are there. @throws UnreadableAnswer when they take too long. */
async function beginning(
  send: typeof fetch,
  input: Parameters<typeof fetch>[0],
  init: RequestInit | undefined,
  milliseconds: number,
): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new UnreadableAnswer("no answer began in time")), milliseconds);
  const signals = init?.signal ? [init.signal, late.signal] : [late.signal];
  return send(input, { ...init, signal: AbortSignal.any(signals) }).finally(() => clearTimeout(timer));
}

/** The same response with another body; Octokit asks for its address when it turns pages. */
function withBody(
  { status, statusText, headers, url }: Response,
  body: ConstructorParameters<typeof Response>[0],
): Response {
  return Object.defineProperty(new Response(body, { status, statusText, headers }), "url", { value: url });
}

function counting(most: number): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > most) controller.error(new UnreadableAnswer("the answer is too large"));
      else controller.enqueue(chunk);
    },
  });
}

function assertReadable({ status, headers }: Response, body: Buffer, accepted: string): void {
  if (status !== 200 && status !== 201) return;
  const type = headers.get("content-type") ?? "";
  if (!/json/.test(accepted)) {
    if (body.byteLength === 0 || /html/.test(type)) throw new UnreadableAnswer("the answer is none");
    return;
  }
  try {
    if (!/json/.test(type)) throw new Error("another type");
    JSON.parse(body.toString("utf8"));
  } catch {
    throw new UnreadableAnswer("the answer is no JSON");
  }
}
