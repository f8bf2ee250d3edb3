import { type CiJob, ci } from "./ci.ts";
import { defineFact, globs, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { systemOf } from "./pipelines/systems.ts";
import { pyprojects } from "./pyprojects.ts";
import { isVersionFile, versionsInFile } from "./python-versions/in-files.ts";
import { runsTests } from "./python-versions/in-jobs.ts";
import { versionsOfJob, type WrittenVersion } from "./python-versions/in-workflows.ts";
import { isAuxiliary, nameOf, resolvePath } from "./tree.ts";
import type { Job } from "./workflows/model.ts";
import { workflows } from "./workflows.ts";

/** A version that CI tests on. */
export interface TestedPython extends WrittenVersion {
  readonly path: string;
}

interface Place {
  readonly path: string;
  readonly line: number;
}

export interface TestedPythons {
  readonly versions: readonly TestedPython[];
  /** True where wheels are built and tested for every version that the package allows. */
  readonly coversAll: boolean;
  /** Where an expression, or a workflow elsewhere, decides. */
  readonly computed: Place | undefined;
  /** A job that tests in a container, whose image has a Python that no file of CI names. */
  readonly inImage: Place | undefined;
  readonly hasCi: boolean;
  readonly unread: readonly UnreadFile[];
}

const isEnvironments = globs("{tox.ini,tox.toml,noxfile.py,setup.cfg}");
const isCondaList = globs("{ci,.ci,continuous_integration,conda}/**/*.{yml,yaml}");
const RUNNER = /\b(tox|nox|hatch\s+(test|run|env))\b/;
/** Workflows that others keep, and that test by their name. */
const TESTS_ELSEWHERE = /test|tox|\bci\b|python|check|build/i;

/** The versions of Python that CI tests on, whatever system and runner of environments it uses. */
export const testedPythons = defineFact({
  spans: "repository",
  uses: { workflows, ci, pyprojects },
  reads: (path, tree) =>
    (isEnvironments(path) || isCondaList(path) || isVersionFile(path) || systemOf(path) !== undefined) &&
    tree.isFirstParty(path) &&
    (!isAuxiliary(path) || path.startsWith(".")),
  parse: ({ path, text }): readonly WrittenVersion[] =>
    (isVersionFile(path) || isCondaList(path)) && nameOf(path) !== ".travis.yml"
      ? versionsInFile(path, text).map((one) => ({ ...one, isNumber: false }))
      : inText(text, 1),
  combine: ({ files, unread, uses }): TestedPythons => {
    const resolved = new Map(uses.ci.jobs.map((job) => [`${job.path}:${job.line}`, job]));
    const jobs = uses.workflows.files.flatMap((workflow) => workflow.jobs.map((job) => ({ workflow, job })));
    const testing = jobs.filter(({ workflow, job }) => {
      if (job.uses) return job.uses.kind === "local" || TESTS_ELSEWHERE.test(job.uses.text);
      const { commands = [], unresolved = [] } = resolved.get(`${workflow.path}:${job.line}`) ?? {};
      const mayTest = unresolved.length > 0 || commands.some(({ purposes }) => purposes.includes("tests"));
      return runsTests(job) || mayTest || /test/i.test(nameOf(workflow.path));
    });
    // A matrix is there to test, whatever the command is called.
    const judged = testing.length > 0 ? testing : jobs.filter(({ job }) => job.matrix !== undefined);
    const read = judged.map(({ workflow, job }) => ({
      path: workflow.path,
      line: job.line,
      isInContainer: isInContainer(job, resolved.get(`${workflow.path}:${job.line}`)),
      ...versionsOfJob(workflow, job, uses.workflows),
    }));
    const commands = [
      ...uses.ci.jobs.flatMap(({ commands: all }) => all.map(({ words }) => words.join(" "))),
      ...jobs.flatMap(({ job }) => job.steps.map(({ run }) => run?.text ?? "")),
    ];
    const usesRunner = commands.some((text) => RUNNER.test(text));
    const named = new Set(read.flatMap(({ files: all }) => all.flatMap((one) => resolvePath("", one) ?? [])));
    const inFiles = files.filter(
      ({ path }) => systemOf(path) !== undefined || named.has(path) || (usesRunner && isEnvironments(path)),
    );
    const inImage = read.find(
      ({ isInContainer: isInside, versions, files: named }) => isInside && versions.length + named.length === 0,
    );
    const computed = read.find(({ computedLine }) => computedLine !== undefined);
    return {
      versions: [
        ...read.flatMap(({ path, versions }) => versions.map((one) => ({ path, ...one }))),
        ...inFiles.flatMap(({ path, parsed }) => parsed.map((one) => ({ path, ...one }))),
        ...(usesRunner ? uses.pyprojects.files.flatMap(({ path, data }) => inPyproject(path, data)) : []),
      ].sort((a, b) => order(a) - order(b)),
      coversAll: jobs.some(({ workflow, job }) => versionsOfJob(workflow, job, uses.workflows).coversAll),
      computed: computed && { path: computed.path, line: computed.computedLine ?? 1 },
      inImage: inImage && { path: inImage.path, line: inImage.line },
      hasCi: uses.ci.systems.length > 0,
      unread: [...uses.ci.unread, ...unread.filter(({ path }) => systemOf(path) !== undefined || named.has(path))],
    };
  },
});

/** True where the tests run in a container, as far as its commands and those that nobody can follow show. */
function isInContainer({ node }: Job, resolved: CiJob | undefined): boolean {
  const { commands = [], unresolved = [] } = resolved ?? {};
  const tests = commands.filter(({ purposes }) => purposes.includes("tests"));
  const inside = [...tests, ...unresolved.filter(({ possible }) => possible.includes("tests"))];
  return inside.some(({ inContainer }) => inContainer || node.has("container"));
}

/** The environments of tox and Hatch in a pyproject.toml. */
function inPyproject(path: string, data: DataNode): readonly TestedPython[] {
  const hatch = (data.get("tool", "hatch", "envs")?.entries ?? []).flatMap(
    ({ value }) => value.get("matrix")?.items ?? [],
  );
  const lists = [
    data.get("tool", "tox", "env_list"),
    data.get("tool", "tox", "legacy_tox_ini"),
    ...hatch.map((row) => row.get("python")),
  ];
  return lists
    .flatMap((list) => list?.listed ?? [])
    .flatMap(({ text, line }) => inText(` ${text ?? ""}`, line))
    .map((one) => ({ path, ...one }));
}

/** Versions in a text that lists environments: `py{39,310}`, `"3.13"`, `image: python:3.13`. */
function inText(text: string, firstLine: number): readonly WrittenVersion[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (/^\s*#|python_requires|target-version|Programming Language/.test(line)) return [];
    const inBraces = [...line.matchAll(/\bpy(?:thon)?\{([^}]{0,200})\}/g)].flatMap(([, list = ""]) => list.split(","));
    const inNames = [...line.matchAll(/\bpy(?:thon)?-?(3\d{1,2})(?![\d.])/gi)].map(([, compact = ""]) => compact);
    const dotted = [...line.matchAll(/(?<![\d.])3\.\d{1,2}(?![\d])/g)].map(([minor]) => minor);
    const compact = [...inBraces, ...inNames].flatMap((one) => /^\s*3(\d{1,2})\s*$/.exec(one)?.[1] ?? []);
    const minors = new Set([...compact.map((minor) => `3.${minor}`), ...dotted]);
    return [...minors].map((minor) => ({ minor, line: firstLine + index, isNumber: false }));
  });
}

/** A number that grows with the version. */
function order({ minor }: WrittenVersion): number {
  const [major = "0", number = "0"] = minor.split(".");
  return Number(major) * 1000 + (number === "x" ? 999 : Number(number));
}
