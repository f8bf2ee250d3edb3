import { shellCommands } from "./commands/shell.ts";
import { type DeclaringFile, dependencies } from "./dependencies.ts";
import { assignmentsOf } from "./dockerfiles/instructions.ts";
import { dockerfiles } from "./dockerfiles.ts";
import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { parseIni } from "./formats/ini.ts";
import type { DataNode } from "./formats/node.ts";
import { parseToml } from "./formats/toml.ts";
import { installsIn } from "./installs/command.ts";
import { locks } from "./locks.ts";
import { groupOfFile, type Reference, referenceIn } from "./manifests/declaration.ts";
import { assess, type SourceSetting, type UntrustedSource } from "./package-sources/assess.ts";
import { inCommand, inOptions, inPipConf, inPyproject, inSources, inUv, inVariable } from "./package-sources/read.ts";
import { pyprojects } from "./pyprojects.ts";
import { folderOf, isAuxiliary, nameOf } from "./tree.ts";
import { workflows } from "./workflows.ts";

export interface PackageSources {
  readonly untrusted: readonly UntrustedSource[];
  /** A place where a variable, or a name that may be a branch or a tag, decides. */
  readonly open: string | undefined;
  readonly declares: boolean;
  readonly unread: readonly UnreadFile[];
}

const isSettings = globs("**/{Pipfile,uv.toml,pip.conf,pip.ini}");
const SHA = /^[0-9a-f]{7,64}$/;
const VERSION = /^(refs\/tags\/|tags\/)?[\w.-]*?v?\d+(\.\d+)*([._+-]?[a-z0-9]+)*$/i;
const BRANCH =
  /^(refs\/heads\/|heads\/|origin\/)|^(main|master|trunk|dev|devel|develop|development|head|next|stable|staging|production|latest|edge|release)$|^(feature|feat|fix|bugfix|hotfix|chore)\//i;

/** Where packages come from: indexes, hosts, repositories and archives. */
export const packageSources = defineFact({
  spans: "repository",
  uses: { dependencies, pyprojects, dockerfiles, workflows, locks },
  reads: (path, tree) => isSettings(path) && tree.isFirstParty(path) && !isAuxiliary(path),
  parse: ({ path, text }): DataNode => (/^pip\.(conf|ini)$/.test(nameOf(path)) ? parseIni(text) : parseToml(text)),
  combine: ({ files, unread, uses }): PackageSources => {
    const { manifests, constraints } = uses.dependencies;
    const place =
      (path: string, isForDevelopment: boolean) => (one: Omit<SourceSetting, "path" | "isForDevelopment">) => ({
        ...one,
        path,
        isForDevelopment,
      });
    const images = uses.dockerfiles.files.filter(({ purpose }) => purpose === "production" || purpose === "build");
    const runs = images.flatMap(({ path, stages }) =>
      stages.flatMap(({ instructions }) => instructions.map((instruction) => ({ path, instruction }))),
    );
    const steps = uses.workflows.files.flatMap((workflow) =>
      workflow.jobs.flatMap((job) => job.steps.map((step) => ({ path: workflow.path, step }))),
    );
    const environments = uses.workflows.files.flatMap(({ path, env, jobs }) =>
      [env, ...jobs.flatMap((job) => [job.env, ...job.steps.map((step) => step.env)])].map((node) => ({ path, node })),
    );
    const settings: readonly SourceSetting[] = [
      // With hashes it does not matter which index a file comes from.
      ...[...manifests, ...constraints].flatMap(({ path, options, isHashed }) =>
        inOptions(options)
          .filter(({ kind }) => !(isHashed && kind === "extra-index"))
          .map(place(path, groupOfFile(path) === "development")),
      ),
      ...uses.pyprojects.files
        .filter(({ path }) => !isAuxiliary(path))
        .flatMap(({ path, data }) => inPyproject(data).map(place(path, false))),
      ...files.flatMap(({ path, parsed }) => inFile(nameOf(path), parsed).map(place(path, false))),
      ...runs.flatMap(({ path, instruction }) =>
        [
          ...assignmentsOf(instruction).flatMap(({ name, value, line }) => inVariable(name, value ?? "", line)),
          ...instruction.scripts.flatMap(({ text, lineAt }) => inScript(text, lineAt)),
        ].map(place(path, false)),
      ),
      ...steps.flatMap(({ path, step: { run } }) =>
        inScript(run?.text ?? "", (offset) => run?.lineAt(offset) ?? 1).map(place(path, true)),
      ),
      ...environments.flatMap(({ path, node }) =>
        (node?.entries ?? [])
          .flatMap(({ key, value, line }) => inVariable(key, value.text ?? "", line))
          .map(place(path, true)),
      ),
    ];
    const assessed = settings.map((one) => ({ one, result: assess(one) }));
    const locked = new Set(uses.locks.files.map(({ path }) => folderOf(path)));
    const references = [
      ...manifests
        .filter((file) => !isLocked(file, locked))
        .flatMap(({ path, references: all }) => all.map((one) => ({ path, ...one }))),
      ...runs.flatMap(({ path, instruction }) =>
        instruction.scripts.flatMap(({ text, lineAt }) =>
          installsIn(text).flatMap(({ operands, offset }) =>
            operands.flatMap((operand) =>
              referenceIn(operand, lineAt(offset), "runtime").map((one) => ({ path, ...one })),
            ),
          ),
        ),
      ),
    ];
    const openReference = references.find((one) => movesWith(one) === undefined);
    const openSetting = assessed.find(({ result }) => result === "computed")?.one;
    return {
      untrusted: [
        ...assessed.flatMap(({ result }) => (result === undefined || result === "computed" ? [] : result)),
        ...references.filter((one) => movesWith(one) === true).map(untrusted),
      ],
      open: openSetting
        ? `the address in ${openSetting.path} is computed`
        : openReference && `whether ${openReference.ref} in ${openReference.path} is a branch or a tag is not known`,
      declares: manifests.some(({ declares }) => declares),
      unread: [...uses.dependencies.unread.filter(({ path }) => nameOf(path) !== "setup.py"), ...unread],
    };
  },
});

function inFile(name: string, data: DataNode): ReturnType<typeof inUv> {
  if (name === "Pipfile") return inSources(data.get("source")?.items ?? []);
  return name === "uv.toml" ? inUv(data) : inPipConf(data);
}

/** Options and variables before the commands that install. */
function inScript(text: string, lineAt: (offset: number) => number): ReturnType<typeof inUv> {
  return [
    ...installsIn(text).flatMap((command) => inCommand(command, lineAt(command.offset))),
    ...shellCommands(text).flatMap(({ words, offset }) =>
      words.flatMap((word) => {
        const [, name = "", value = ""] = /^([A-Z_]+)=(.*)$/s.exec(word) ?? [];
        return inVariable(name, value, lineAt(offset));
      }),
    ),
  ];
}

/** A lock beside the manifest holds the commit that a branch stood at. */
function isLocked({ path, kind }: DeclaringFile, locked: ReadonlySet<string>): boolean {
  return kind !== "requirements" && locked.has(folderOf(path));
}

/** True for a branch or no ref at all, undefined where the name does not tell. */
function movesWith({ ref, kind }: Reference): boolean | undefined {
  if (ref === undefined || kind === "branch" || BRANCH.test(ref)) return true;
  if (kind === "tag") return false;
  if (ref.includes("$") || ref.includes("{")) return undefined;
  return SHA.test(ref) || VERSION.test(ref) ? false : undefined;
}

function untrusted({ path, line, url, ref, group }: Reference & { readonly path: string }): UntrustedSource {
  const source = url
    .replace(/^\w+\+/, "")
    .replace(/\/\/[^@/]*@/, "//")
    .replace(/@[^@/]*$/, "");
  const sentence =
    ref === undefined
      ? `${source} is taken as it is today: no commit is named.`
      : `${source} is taken from ${ref}, which moves.`;
  return { path, line, sentence, isMinor: group === "development" };
}
