import { ci } from "./ci.ts";
import { type CoveragePlace, type Findings, joined } from "./coverage/findings.ts";
import { inActions, readCodecov, readSonar } from "./coverage/services.ts";
import { inIni, inPyproject } from "./coverage/settings.ts";
import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { iniFiles } from "./ini-files.ts";
import { pyprojects } from "./pyprojects.ts";
import { folderOf, nameOf } from "./tree.ts";
import { workflows } from "./workflows.ts";

export interface Coverage {
  /** What measures it. */
  readonly measured: readonly CoveragePlace[];
  /** What fails the build below a line. */
  readonly gated: readonly CoveragePlace[];
  readonly unread: readonly UnreadFile[];
}

const isCodecov = globs("{,.github/,dev/}{codecov,.codecov}.{yml,yaml}");
const isSonar = globs("**/sonar-project.properties");

/** Where test coverage is measured, and where a drop fails the build. */
export const coverage = defineFact({
  uses: { pyprojects, iniFiles, ci, workflows },
  reads: (path, tree) => isCodecov(path) || (isSonar(path) && tree.isFirstParty(path)),
  parse: ({ path, text }): Findings => (isSonar(path) ? readSonar(path, text) : readCodecov(path, text)),
  combine: ({ files, unread, uses }): Coverage => {
    // Coverage reads the first file that it finds, and .coveragerc is the first.
    const rcFolders = new Set(
      uses.iniFiles.files.filter(({ path }) => nameOf(path) === ".coveragerc").map(({ path }) => folderOf(path)),
    );
    const isOverruled = (path: string): boolean => nameOf(path) !== ".coveragerc" && rcFolders.has(folderOf(path));
    const commands = uses.ci.jobs.flatMap((job) => job.commands);
    const inCommands: Findings = {
      measured: commands
        .filter(({ purposes }) => purposes.includes("coverage"))
        .map(({ path, line }) => ({ path, line, says: "a command measures coverage, or uploads it." })),
      gated: commands
        .filter(({ purposes }) => purposes.includes("coverage-gate"))
        .map(({ path, line }) => ({ path, line, says: "the command fails below a line." })),
    };
    const found = joined([
      ...uses.pyprojects.files.map(({ path, data }) => inPyproject(path, data, isOverruled(path))),
      ...uses.iniFiles.files.map(({ path, data }) => inIni(path, data, isOverruled(path))),
      inCommands,
      inActions(uses.workflows.files),
      ...files.map(({ parsed }) => parsed),
    ]);
    return { ...found, unread };
  },
});
