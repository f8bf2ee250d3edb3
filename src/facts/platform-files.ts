import { cloudTemplates } from "./cloud-templates.ts";
import { defineFact, globs, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { parseYamlDocument } from "./formats/yaml.ts";
import { isAuxiliary } from "./tree.ts";

/** A file that tells a platform how to run the code. */
export interface PlatformFile {
  readonly path: string;
  readonly platform: "functions" | "app-engine";
  /** Minor versions of Python that it names. */
  readonly versions: readonly { readonly minor: string; readonly line: number }[];
}

export interface PlatformFiles {
  readonly files: readonly PlatformFile[];
  readonly unread: readonly UnreadFile[];
}

const isTemplate = globs("**/template.{yml,yaml}");
const isAppEngine = globs("**/app.yaml");

/** Serverless Framework, SAM and CloudFormation templates with functions, App Engine: those that run Python, by their content. */
export const platformFiles = defineFact({
  uses: { cloudTemplates },
  reads: (path, tree) => isAppEngine(path) && tree.isFirstParty(path) && !isAuxiliary(path),
  parse: ({ text }): Omit<PlatformFile, "path"> | undefined => onAppEngine(parseYamlDocument(text)),
  combine: ({ files, uses }): PlatformFiles => {
    const templates = uses.cloudTemplates.templates.flatMap(({ path, inherited, kind, data }) => {
      if (inherited || (kind === "cloudformation" && !isTemplate(path))) return [];
      const parsed = kind === "serverless-framework" ? inServerless(data) : inTemplate(data);
      return parsed ? [{ path, ...parsed }] : [];
    });
    const engines = files.flatMap(({ path, parsed, inherited }) => (parsed && !inherited ? [{ path, ...parsed }] : []));
    return {
      files: [...templates, ...engines].sort((a, b) => (a.path < b.path ? -1 : 1)),
      unread: uses.cloudTemplates.unread,
    };
  },
});

type Parsed = Omit<PlatformFile, "path"> | undefined;

/** Ksonnet and Kubernetes call their files so as well; App Engine's names a runtime. */
function onAppEngine(data: DataNode | undefined): Parsed {
  const runtime = data?.get("runtime");
  return runtime?.text?.startsWith("python") ? { platform: "app-engine", versions: versionsOf([runtime]) } : undefined;
}

function inServerless(data: DataNode): Parsed {
  const functions = data.get("functions")?.entries.map(({ value }) => value.get("runtime")) ?? [];
  return forFunctions([data.get("provider", "runtime"), ...functions]);
}

function inTemplate(data: DataNode): Parsed {
  const resources = (data.get("Resources")?.entries ?? []).filter(({ value }) =>
    /^AWS::(Serverless|Lambda)::Function$/.test(value.get("Type")?.text ?? ""),
  );
  if (resources.length === 0) return undefined;
  const shared = data.get("Globals", "Function", "Runtime");
  return forFunctions([shared, ...resources.map(({ value }) => value.get("Properties", "Runtime"))]);
}

/** A runtime that is not named, or computed, may be Python; one of another language is not. */
function forFunctions(runtimes: readonly (DataNode | undefined)[]): Parsed {
  const named = runtimes.filter((runtime) => runtime?.text !== undefined) as readonly DataNode[];
  const ofPython = named.filter(({ text }) => /^python/.test(text ?? ""));
  const ofOthers = named.filter(({ text }) => /^(node|java|go|dotnet|ruby|provided)/.test(text ?? ""));
  if (ofOthers.length > 0 && ofPython.length === 0) return undefined;
  return { platform: "functions", versions: versionsOf(ofPython) };
}

/** `python3.12`, and `python312` as App Engine writes it. */
function versionsOf(runtimes: readonly DataNode[]): readonly { readonly minor: string; readonly line: number }[] {
  return runtimes.flatMap(({ text, line }) => {
    const [, major, minor] = /^python(\d)\.?(\d+)$/.exec(text ?? "") ?? [];
    return major === undefined ? [] : [{ minor: `${major}.${minor}`, line }];
  });
}
