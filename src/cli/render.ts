import type { Assessment } from "../policy/assessment.ts";
import { htmlReport } from "../report/html/report.ts";
import { toJson } from "../report/json.ts";
import { markdownReport } from "../report/markdown-report.ts";
import type { ReportContext } from "../report/publish-context.ts";
import { toSarif } from "../report/sarif.ts";
import { terminalReport } from "../report/terminal.ts";

export const FORMATS = ["terminal", "json", "markdown", "sarif", "html"] as const;

export type Format = (typeof FORMATS)[number];

/** Formats of which a file holds one report: several targets need a file each. */
export const ONE_A_FILE: readonly Format[] = ["sarif", "html"];

/** How the name of a file with a report ends. */
export const ENDING: Readonly<Record<Format, string>> = {
  terminal: "txt",
  json: "json",
  markdown: "md",
  sarif: "sarif",
  html: "html",
};

/** A report as text, with its last line end. */
export function render(assessment: Assessment, format: Format, context: ReportContext, color: boolean): string {
  if (format === "json") return `${JSON.stringify(toJson(assessment, context.repairs))}\n`;
  if (format === "sarif") return `${JSON.stringify(toSarif(assessment, context))}\n`;
  if (format === "markdown") return markdownReport(assessment, context);
  if (format === "html") return htmlReport(assessment, context);
  return terminalReport(assessment, { color, repairs: context.repairs ?? [] });
}
