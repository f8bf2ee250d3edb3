import { dockerfiles } from "./dockerfiles.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { packages } from "./packages.ts";
import { platformFiles } from "./platform-files.ts";
import { type Found, isVersionFile, versionsInFile } from "./python-versions/in-files.ts";
import { runsTests, versionsInJob } from "./python-versions/in-jobs.ts";
import { minorsAllowedBy, standingOf } from "./python-versions/support.ts";
import { isAuxiliary, nameOf } from "./tree.ts";
import { workflows } from "./workflows.ts";

/** A Python version that a file names, as `3.12`; `3.x` for whichever is the newest. */
export interface NamedVersion {
  readonly minor: string;
  readonly path: string;
  readonly line: number;
  /** "ending" with fewer than ninety days left; what the schedule does not know yet is supported. */
  readonly support: "supported" | "ending" | "ended";
  /** How it stands, as a sentence. */
  readonly sentence: string;
}

export interface PythonVersions {
  /** What production runs on: images and platform files, else the version files that a platform would follow. */
  readonly deployed: readonly NamedVersion[];
  /** Images of production that do not say which Python they bring. */
  readonly silentImages: readonly { readonly path: string; readonly line: number; readonly reference: string }[];
  /** What CI tests on, oldest first. */
  readonly tested: readonly NamedVersion[];
  /** What it can be taken to run on: as deployed, else the newest that CI tests, else the oldest living one that is allowed. */
  readonly running: readonly NamedVersion[];
  /** What the metadata allows, by the schedule; undefined where it says nothing that can be read. */
  readonly allowed:
    | { readonly minors: readonly NamedVersion[]; readonly path: string; readonly line: number }
    | undefined;
  readonly unread: readonly UnreadFile[];
}

/** Every place that names the interpreter's version. */
export const pythonVersions = defineFact({
  uses: { dockerfiles, packages, platformFiles, workflows },
  reads: (path, tree) => isVersionFile(path) && tree.isFirstParty(path),
  parse: ({ path, text }): readonly Found[] => versionsInFile(path, text),
  combine: ({ files, unread, date, uses }): PythonVersions => {
    const named = (path: string, { minor, line }: Found): NamedVersion => ({
      minor,
      path,
      line,
      ...standingOf(minor, date),
    });
    const inFiles = files
      .filter(({ path }) => !isAuxiliary(path))
      .flatMap(({ path, parsed }) => parsed.map((found) => named(path, found)));
    const images = uses.dockerfiles.files
      .filter(({ purpose }) => purpose === "production")
      .flatMap(({ path, shipped: { origin } }) => {
        if (origin.kind === "scratch") return [];
        return [{ path, line: origin.line, reference: origin.kind === "image" ? origin.reference : origin.text }];
      });
    const running = [
      ...images.flatMap(({ path, reference, line }) => {
        const minor = minorOfImage(reference);
        return minor ? [named(path, { minor, line })] : [];
      }),
      ...uses.platformFiles.files.flatMap(({ path, versions }) => versions.map((found) => named(path, found))),
      ...inFiles.filter(({ path }) => nameOf(path) === "runtime.txt"),
    ];
    const local = inFiles.filter(({ path }) => nameOf(path) !== "runtime.txt" && !isCi(path));
    const jobs = uses.workflows.files.flatMap(({ path, jobs: all }) => all.map((job) => ({ path, job })));
    const inJobs = (wanted: boolean): readonly NamedVersion[] =>
      jobs
        .filter(({ job }) => runsTests(job) === wanted)
        .flatMap(({ path, job }) => versionsInJob(job).map((found) => named(path, found)));
    const tested = [...inJobs(true), ...inFiles.filter(({ path }) => isCi(path))];
    // A job that audits or publishes may run on any version: that it is old says nothing of the code.
    const others = inJobs(false).filter(({ support }) => support !== "ended");
    const deployed = running.length > 0 ? running : local;
    const onCi = [...(tested.length > 0 ? tested : others)].sort((a, b) => age(a) - age(b));
    const allowed = allowedBy(uses.packages.all, named);
    return {
      deployed,
      silentImages: images.filter(({ reference }) => minorOfImage(reference) === undefined),
      tested: onCi,
      running: [deployed, onCi.slice(-1), oldestLiving(allowed?.minors ?? [])].find(({ length }) => length > 0) ?? [],
      allowed,
      unread: unread.filter(({ path }) => !isCi(path)),
    };
  },
});

function isCi(path: string): boolean {
  return nameOf(path) === ".travis.yml";
}

/** One version, of those in their order: the last where none lives. */
function oldestLiving(minors: readonly NamedVersion[]): readonly NamedVersion[] {
  const living = minors.findIndex(({ support }) => support !== "ended");
  return living < 0 ? minors.slice(-1) : minors.slice(living, living + 1);
}

/** A number that grows with the version; `3.x` is the newest. */
function age({ minor }: NamedVersion): number {
  const [major = "0", number = "0"] = minor.split(".");
  return Number(major) * 1000 + (number === "x" ? 999 : Number(number));
}

/** The version of `python:3.13-slim`, `…/uv:python3.13-trixie`, `…/base-python:3.13`. */
function minorOfImage(reference: string): string | undefined {
  return /(?:^|[/-])python:v?(\d+\.\d+)/.exec(reference)?.[1] ?? /:[^:]*\bpython[-_]?(\d+\.\d+)/.exec(reference)?.[1];
}

function allowedBy(
  all: readonly { readonly path: string; readonly requiresPython: { text: string; line: number } | undefined }[],
  named: (path: string, found: Found) => NamedVersion,
): PythonVersions["allowed"] {
  for (const { path, requiresPython } of all) {
    const minors = requiresPython && minorsAllowedBy(requiresPython.text);
    if (requiresPython && minors) {
      const { line } = requiresPython;
      return { path, line, minors: minors.map((minor) => named(path, { minor, line })) };
    }
  }
  return undefined;
}
