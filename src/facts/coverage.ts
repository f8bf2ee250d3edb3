import { ci } from "./ci.ts";
import { dependencies } from "./dependencies.ts";
import { defineFact, globs, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { parseYamlDocument } from "./formats/yaml.ts";
import { iniFiles } from "./ini-files.ts";
import { pyprojects } from "./pyprojects.ts";
import { folderOf, nameOf } from "./tree.ts";
import { workflows } from "./workflows.ts";

export interface CoveragePlace {
  readonly path: string;
  readonly line: number;
  readonly says: string;
}

export interface Coverage {
  /** What measures it. */
  readonly measured: readonly CoveragePlace[];
  /** What fails the build below a line. */
  readonly gated: readonly CoveragePlace[];
  readonly unread: readonly UnreadFile[];
}

const isCodecov = globs("{,.github/,dev/}{codecov,.codecov}.{yml,yaml}");

/** Where test coverage is measured, and where a drop fails the build. */
export const coverage = defineFact({
  uses: { pyprojects, iniFiles, ci, workflows, dependencies },
  reads: (path) => isCodecov(path),
  parse: ({ text }) => parseYamlDocument(text),
  combine: ({ files, unread, uses }): Coverage => {
    const measured: CoveragePlace[] = [];
    const gated: CoveragePlace[] = [];
    const threshold = (path: string, node: DataNode | undefined): void => {
      if ((node?.number ?? 0) > 0) gated.push({ path, line: node?.line ?? 1, says: `fail_under is ${node?.text}.` });
    };
    const options = (path: string, node: DataNode | undefined): void => {
      const text = node?.kind === "list" ? node.texts.join(" ") : (node?.text ?? "");
      if (/--cov\b/.test(text)) measured.push({ path, line: node?.line ?? 1, says: "pytest measures coverage." });
      if (/--cov-fail-under[= ](?!0\b)\d/.test(text))
        gated.push({ path, line: node?.line ?? 1, says: "pytest fails below a line." });
    };
    const rcFolders = new Set(
      uses.iniFiles.files.filter(({ path }) => nameOf(path) === ".coveragerc").map(({ path }) => folderOf(path)),
    );
    for (const { path, data } of uses.pyprojects.files) {
      const settings = data.get("tool", "coverage");
      if (settings) measured.push({ path, line: settings.line, says: "coverage is set up." });
      // Coverage reads the first file that it finds, and .coveragerc is the first.
      if (!rcFolders.has(folderOf(path))) threshold(path, settings?.get("report", "fail_under"));
      options(path, data.get("tool", "pytest", "ini_options", "addopts") ?? data.get("tool", "pytest", "addopts"));
    }
    for (const { path, data } of uses.iniFiles.files) {
      const isRc = nameOf(path) === ".coveragerc";
      const report = isRc ? data.get("report") : data.get("coverage:report");
      const run = isRc ? data.get("run") : data.get("coverage:run");
      const section = run ?? report;
      if (section) measured.push({ path, line: section.line, says: "coverage is set up." });
      if (isRc || !rcFolders.has(folderOf(path))) threshold(path, report?.get("fail_under"));
      options(path, data.get("pytest", "addopts") ?? data.get("tool:pytest", "addopts"));
    }
    for (const { commands } of uses.ci.jobs) {
      for (const { purposes, path, line, words } of commands) {
        if (purposes.includes("coverage")) measured.push({ path, line, says: `${words[0]} measures coverage.` });
        if (purposes.includes("coverage-gate")) gated.push({ path, line, says: "the command fails below a line." });
      }
    }
    for (const { path, jobs } of uses.workflows.files) {
      for (const { uses: action } of jobs.flatMap(({ steps }) => steps)) {
        if (
          /^(codecov\/codecov-action|coverallsapp\/github-action|py-cov-action\/python-coverage-comment-action|codacy\/codacy-coverage-reporter-action)@/i.test(
            action?.text ?? "",
          )
        ) {
          measured.push({ path, line: action?.line ?? 1, says: "coverage is uploaded." });
        }
      }
    }
    for (const { path, parsed } of files) {
      measured.push({ path, line: 1, says: "Codecov is set up." });
      const statuses = ["project", "patch"].flatMap((kind) => parsed?.get("coverage", "status", kind) ?? []);
      for (const status of statuses) {
        const targets =
          status.kind === "map"
            ? status.has("target") || status.has("threshold")
              ? [status]
              : status.entries.map(({ value }) => value)
            : [status];
        const binding = targets.find(
          (target) =>
            (target.has("target") || target.has("threshold") || target.boolean === true) &&
            target.get("informational")?.boolean !== true,
        );
        if (binding) gated.push({ path, line: binding.line, says: "Codecov's status has a target." });
      }
    }
    return { measured, gated, unread };
  },
});
