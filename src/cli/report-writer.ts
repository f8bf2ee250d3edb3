import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ENDING, type Format, ONE_A_FILE } from "./render.ts";

/** Where reports go: to a stream, into one file, or into a folder with a file for each. */
export interface ReportWriter {
  /** @throws when it cannot be written; the message is for the person who named the place. */
  write(target: string, report: string): void;
  /** Writes what was kept until all reports are there. */
  end(): void;
}

export interface ReportWriterOptions {
  readonly format: Format;
  /** A file, or a folder that exists or ends with a slash; undefined for the stream. */
  readonly output: string | undefined;
  readonly targets: number;
  readonly stream: { write(text: string): void };
}

/**
 * @throws for several reports in one file whose format holds one.
 */
export function createReportWriter({ format, output, targets, stream }: ReportWriterOptions): ReportWriter {
  if (output !== undefined && isFolder(output)) return folderWriter(output, ENDING[format]);
  if (targets > 1 && ONE_A_FILE.includes(format))
    throw new Error(
      `a file of ${format} holds one report: for several targets let --output name a folder, as reports/`,
    );
  const separator = format === "json" ? "" : "\n";
  const reports: string[] = [];
  return {
    // A report is written as soon as it is there: a hundred repositories are read through a pipe.
    write(_, report) {
      const text = reports.length > 0 ? `${separator}${report}` : report;
      reports.push(text);
      if (output === undefined) stream.write(text);
    },
    end() {
      if (output !== undefined) writeTo(output, reports.join(""));
    },
  };
}

function folderWriter(folder: string, ending: string): ReportWriter {
  const taken = new Set<string>();
  return {
    write(target, report) {
      const name = fileNameOf(target);
      let free = name;
      for (let count = 2; taken.has(free); count++) free = `${name}-${count}`;
      taken.add(free);
      writeTo(join(folder, `${free}.${ending}`), report, () => mkdirSync(folder, { recursive: true }));
    },
    end() {},
  };
}

function isFolder(path: string): boolean {
  return path.endsWith("/") || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function fileNameOf(target: string): string {
  return (
    target
      .replace(/[^A-Za-z0-9._-]+/g, "-")
      .replace(/^[.-]+|[.-]+$/g, "")
      .slice(-100) || "repository"
  );
}

function writeTo(path: string, text: string, prepare = (): unknown => undefined): void {
  try {
    prepare();
    writeFileSync(path, text);
  } catch (error) {
    throw new Error(`${path} cannot be written (${(error as NodeJS.ErrnoException).code ?? "error"})`);
  }
}
