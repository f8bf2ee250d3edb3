import { fstatSync } from "node:fs";
import { Socket } from "node:net";
import { destination, type Logger, pino } from "pino";

/** Where lines of log go. */
interface Sink {
  write(line: string): void;
}

/** The server's log, and what became of it. */
export interface ServerLog {
  readonly log: Logger;
  /** Lines that nobody took. */
  dropped(): number;
  /** Lets what is still to be written go out, for a moment. */
  flush(): Promise<void>;
}

/** Bytes that wait for a reader of the log; what comes on top is dropped and counted. */
const MAX_WAITING = 1_000_000;
const FLUSH_MS = 1000;
const STANDARD_OUTPUT = 1;

/** Structured lines without headers and tokens, on standard output unless told otherwise. */
export function openLog(level: string, sink?: Sink): ServerLog {
  const output = sink ? written(sink) : isPipe() ? piped() : filed();
  const redact = ["token", "*.token", "authorization", "*.authorization", "*.headers"];
  return { ...output, log: pino({ level, base: null, redact }, output) };
}

function written(sink: Sink) {
  return { write: (line: string) => sink.write(line), dropped: () => 0, flush: async () => {} };
}

/** A file or a terminal; a disk that is full must end nothing. */
function filed() {
  const file = destination({ dest: STANDARD_OUTPUT, maxLength: MAX_WAITING });
  let dropped = 0;
  const drop = (): void => {
    dropped++;
  };
  file.on("error", drop).on("drop", drop);
  return { write: (line: string) => file.write(line), dropped: () => dropped, flush: async () => {} };
}

/**
 * A pipe whose reader is slow or gone must hold nothing up: standard output as Node has it would wait
 * for the reader.
 */
function piped() {
  const pipe = new Socket({ fd: STANDARD_OUTPUT, readable: false, writable: true });
  let dropped = 0;
  pipe.on("error", () => pipe.destroy());
  return {
    write(line: string): void {
      if (pipe.destroyed || pipe.writableLength > MAX_WAITING) dropped++;
      else pipe.write(line);
    },
    dropped: () => dropped,
    async flush(): Promise<void> {
      if (pipe.destroyed || pipe.writableLength === 0) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, FLUSH_MS);
      pipe.once("drain", resolve).once("close", resolve);
      pipe.write("", () => resolve());
      await promise.finally(() => clearTimeout(timer));
    },
  };
}

function isPipe(): boolean {
  const stat = fstatSync(STANDARD_OUTPUT);
  return stat.isFIFO() || stat.isSocket();
}
