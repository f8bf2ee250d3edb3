import { dockerfiles } from "./dockerfiles.ts";
import { defineFact, globs, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { parseToml } from "./formats/toml.ts";
import { parseYamlDocument } from "./formats/yaml.ts";
import { iniFiles } from "./ini-files.ts";
import { pyprojects } from "./pyprojects.ts";
import { minorsAllowedBy, type Support, supportOf } from "./python-support.ts";
import { isAuxiliary, nameOf } from "./tree.ts";
import { workflows } from "./workflows.ts";

/** A Python version that a file names, as `3.12`. */
export interface NamedVersion {
  readonly minor: string;
  readonly path: string;
  readonly line: number;
  /** Undefined for versions newer than the schedule. */
  readonly support: Support | undefined;
}

export interface PythonVersions {
  /** What production runs on: images, platform files, version files. */
  readonly deployed: readonly NamedVersion[];
  /** What CI runs on. */
  readonly tested: readonly NamedVersion[];
  /** What the metadata allows, by the schedule; undefined where it says nothing that can be read. */
  readonly allowed:
    | { readonly minors: readonly NamedVersion[]; readonly path: string; readonly line: number }
    | undefined;
  readonly unread: readonly UnreadFile[];
}

const isVersionFile = globs(
  "**/{.python-version,runtime.txt,.tool-versions,mise.toml,.mise.toml,Pipfile,app.yaml,serverless.yml,serverless.yaml,environment.yml,environment.yaml,.travis.yml}",
);

/** Every place that names the interpreter's version. */
export const pythonVersions = defineFact({
  uses: { dockerfiles, pyprojects, iniFiles, workflows },
  reads: (path, tree) => isVersionFile(path) && tree.isFirstParty(path),
  parse: ({ path, text }): readonly Found[] => versionsIn(path, text),
  combine: ({ files, unread, date, uses }): PythonVersions => {
    const named = (path: string, { minor, line }: Found): NamedVersion => ({
      minor,
      path,
      line,
      support: supportOf(minor, date),
    });
    const own = files.filter(({ path }) => !isAuxiliary(path));
    const inFiles = own
      .filter(({ path }) => !isCi(path))
      .flatMap(({ path, parsed }) => parsed.map((found) => named(path, found)));
    const images = uses.dockerfiles.files
      .filter(({ purpose }) => purpose === "production")
      .flatMap(({ path, shipped }) => {
        const minor = shipped.origin.kind === "image" ? minorOfImage(shipped.origin.reference) : undefined;
        return minor ? [named(path, { minor, line: shipped.origin.line })] : [];
      });
    const ciFiles = files
      .filter(({ path }) => isCi(path))
      .flatMap(({ path, parsed }) => parsed.map((found) => named(path, found)));
    const inWorkflows = uses.workflows.files.flatMap(({ path, jobs }) =>
      jobs.flatMap((job) => versionsOfJob(job).map((found) => named(path, found))),
    );
    const range = rangeOf(uses.pyprojects.files, uses.iniFiles.files);
    return {
      deployed: [...images, ...inFiles],
      tested: [...inWorkflows, ...ciFiles],
      allowed: range && {
        path: range.path,
        line: range.line,
        minors: range.minors.map((minor) => named(range.path, { minor, line: range.line })),
      },
      unread: unread.filter(({ path }) => !isCi(path)),
    };
  },
});

interface Found {
  readonly minor: string;
  readonly line: number;
}

function isCi(path: string): boolean {
  return nameOf(path) === ".travis.yml";
}

function versionsIn(path: string, text: string): readonly Found[] {
  const name = nameOf(path);
  if (name === "Pipfile")
    return [
      ...minors(parseToml(text).get("requires", "python_version")),
      ...minors(parseToml(text).get("requires", "python_full_version")),
    ];
  if (/mise\.toml$/.test(name))
    return (parseToml(text).get("tools", "python")?.listed ?? []).flatMap((node) => minors(node));
  if (/\.ya?ml$/.test(name)) return versionsInYaml(name, parseYamlDocument(text));
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (/^\s*#/.test(line)) return [];
    const wanted = name === ".tool-versions" ? /^python\s+(.*)$/.exec(line)?.[1] : line;
    // PyPy and the like keep their own support.
    if (wanted === undefined || /pypy|graalpy|conda/i.test(wanted)) return [];
    const minor = /(?:^|python-|\s|@)(\d+\.\d+)(?:\.\d+)?/.exec(wanted.trim())?.[1];
    return minor ? [{ minor, line: index + 1 }] : [];
  });
}

function versionsInYaml(name: string, data: DataNode | undefined): readonly Found[] {
  if (!data) return [];
  if (name === ".travis.yml")
    return (data.get("python")?.listed ?? []).flatMap((node) => (/pypy/.test(node.text ?? "") ? [] : minors(node)));
  if (name.startsWith("environment")) {
    return (data.get("dependencies")?.items ?? []).flatMap((item) => {
      const minor = /^python\s*=+\s*(\d+\.\d+)/.exec(item.text ?? "")?.[1];
      return minor ? [{ minor, line: item.line }] : [];
    });
  }
  const runtime = data.get("runtime") ?? data.get("provider", "runtime");
  const minor = /^python(\d)(\.?)(\d+)$/.exec(runtime?.text ?? "");
  return runtime && minor ? [{ minor: `${minor[1]}.${minor[3]}`, line: runtime.line }] : [];
}

function minors(node: DataNode | undefined): readonly Found[] {
  const minor = /^(\d+\.\d+)/.exec(node?.text ?? "")?.[1];
  return node && minor ? [{ minor, line: node.line }] : [];
}

/** The version of `python:3.13-slim`, `…/uv:python3.13-trixie`, `…/lambda/python:3.13`. */
function minorOfImage(reference: string): string | undefined {
  return /(?:^|\/)python:v?(\d+\.\d+)/.exec(reference)?.[1] ?? /:.*\bpython[-_]?(\d+\.\d+)/.exec(reference)?.[1];
}

/** The versions that a job sets up: literal ones, and those of its matrix. */
function versionsOfJob({
  steps,
  matrix,
}: {
  readonly steps: readonly {
    readonly uses: { readonly text: string } | undefined;
    readonly with: DataNode | undefined;
  }[];
  readonly matrix: { readonly rows: readonly ReadonlyMap<string, DataNode>[] } | undefined;
}): readonly Found[] {
  const setup = steps.filter(({ uses }) =>
    /^(actions\/setup-python|astral-sh\/setup-uv|pdm-project\/setup-pdm)@/.test(uses?.text ?? ""),
  );
  return setup.flatMap(({ with: inputs }) => {
    const version = inputs?.get("python-version");
    const key = /\$\{\{\s*matrix\.([\w-]+)\s*\}\}/.exec(version?.text ?? "")?.[1];
    if (key === undefined) return (version?.text ?? "").split(/\s+/).flatMap((text) => found(text, version?.line ?? 1));
    return (matrix?.rows ?? []).flatMap((row) => found(row.get(key)?.text ?? "", row.get(key)?.line ?? 1));
  });
}

function found(text: string, line: number): readonly Found[] {
  const minor = /^(\d+\.\d+)/.exec(text)?.[1];
  return minor ? [{ minor, line }] : [];
}

interface Range {
  readonly minors: readonly string[];
  readonly path: string;
  readonly line: number;
}

type Files = readonly { readonly path: string; readonly data: DataNode; readonly inherited: boolean }[];

function rangeOf(pyprojectFiles: Files, ini: Files): Range | undefined {
  const statements = [
    ...pyprojectFiles.flatMap((file) => [
      { file, node: file.data.get("project", "requires-python") },
      { file, node: file.data.get("tool", "poetry", "dependencies", "python") },
    ]),
    ...ini
      .filter(({ path }) => nameOf(path) === "setup.cfg")
      .map((file) => ({ file, node: file.data.get("options", "python_requires") })),
  ];
  for (const { file, node } of statements) {
    const allowed = node?.text === undefined || file.inherited ? undefined : minorsAllowedBy(node.text);
    if (node && allowed) return { minors: allowed, path: file.path, line: node.line };
  }
  return undefined;
}
