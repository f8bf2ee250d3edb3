import type { IncomingMessage } from "node:http";

/** GitHub sends at most 25 MB. */
const MAX_BODY = 26_000_000;
/**
 * What is thrown away of a refused body, so that its sender reads the answer and not a reset. Thrown
 * away is not yet given back: nobody collects it until there is much of it.
 */
const MAX_THROWN_AWAY = 16_000_000;
/** A sender that dribbles is cut off. */
const DEADLINE_MS = 10_000;

/** Why a body was not taken, with the status that says so. */
export class RefusedBody extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * The raw bytes of a request in the pieces that they came in, counted while they arrive: one that
 * announces or sends too much is refused at once and not kept.
 * @param see is shown each piece
 * @throws RefusedBody with 413 or 408.
 */
export function readBody(request: IncomingMessage, see: (bytes: Buffer) => void): Promise<readonly Buffer[]> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const refuse = (status: number, message: string): void => {
      clearTimeout(deadline);
      request.removeAllListeners("data");
      chunks.length = 0;
      throwAway(request);
      reject(new RefusedBody(status, message));
    };
    const deadline = setTimeout(() => refuse(408, "the body took too long to arrive"), DEADLINE_MS);
    if (Number(request.headers["content-length"] ?? 0) > MAX_BODY) {
      refuse(413, `the body is over ${MAX_BODY} bytes`);
      return;
    }
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes > MAX_BODY) refuse(413, `the body is over ${MAX_BODY} bytes`);
      else {
        see(chunk);
        chunks.push(chunk);
      }
    });
    request.on("end", () => {
      clearTimeout(deadline);
      resolve(chunks);
    });
    request.on("error", () => refuse(400, "the body broke off"));
    request.on("aborted", () => refuse(400, "the body broke off"));
  });
}

function throwAway(request: IncomingMessage): void {
  let bytes = 0;
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.byteLength;
    if (bytes > MAX_THROWN_AWAY) request.pause();
  });
  request.resume();
}
