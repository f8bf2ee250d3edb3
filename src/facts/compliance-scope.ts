import { documents } from "./documents.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { parseToml } from "./formats/toml.ts";
import { parseYamlDocument } from "./formats/yaml.ts";
import { isAuxiliary } from "./tree.ts";

/** Which regimes the team says that it works under. */
export interface ComplianceDeclaration {
  readonly path: string;
  readonly line: number;
  /** Empty where the team says that none applies. */
  readonly regimes: readonly string[];
  /** Why none applies; undefined where no reason is given. */
  readonly reasonForNone: string | undefined;
}

export interface ComplianceScope {
  readonly declaration: ComplianceDeclaration | undefined;
  /** A document that speaks of the scope, or of where such data flows. */
  readonly document: { readonly path: string; readonly line: number } | undefined;
  readonly unread: readonly UnreadFile[];
}

const POLICIES = [".github/pyready.yml", "pyproject.toml"];
const NAME =
  /(^|\/)[^/]*(compliance|pci|hipaa|gdpr|soc-?2|data[-_ ]?flows?|data[-_ ]?protection|regulatory)[^/]*\.(md|mdx|rst|adoc|txt|pdf)$/i;
const HEADING = /\b(compliance|pci|hipaa|gdpr|soc ?2|data[- ]flows?|data protection|regulat(ory|ions?))\b/i;

/** The regimes that the policy names, and the document that tells what they reach. */
export const complianceScope = defineFact({
  spans: "repository",
  uses: { documents },
  reads: (path) => POLICIES.includes(path),
  parse: ({ path, text }) => {
    const data = path.endsWith(".toml") ? parseToml(text).get("tool", "pyready") : parseYamlDocument(text);
    const line = data?.lineOfKey("compliance");
    const value = data?.get("compliance");
    return value && line !== undefined ? { line, ...declared(value) } : undefined;
  },
  combine: ({ files, unread, tree, uses }): ComplianceScope => {
    const named = tree.paths.find((path) => NAME.test(path) && tree.isFirstParty(path) && !isTestOrExample(path));
    const sections = uses.documents.all.flatMap(({ path, sections }) => sections.map((section) => ({ path, section })));
    const section = sections.find(({ section: { title } }) => HEADING.test(title));
    return {
      // The file of the policy wins over the table in pyproject.toml.
      declaration: files.flatMap(({ path, parsed }) =>
        parsed && (parsed.regimes.length > 0 || parsed.reasonForNone) ? [{ path, ...parsed }] : [],
      )[0],
      document: named ? { path: named, line: 1 } : section && { path: section.path, line: section.section.line },
      unread,
    };
  },
});

function declared(value: DataNode): Pick<ComplianceDeclaration, "regimes" | "reasonForNone"> {
  if (value.kind === "map") return { regimes: [], reasonForNone: value.get("none")?.text?.trim() || undefined };
  const regimes = value.listed.map((one) => (one.kind === "map" ? one.get("regime") : one)?.text);
  return { regimes: regimes.filter((name) => name !== undefined), reasonForNone: undefined };
}

/** Documentation is where such a document stands; tests and examples are not. */
function isTestOrExample(path: string): boolean {
  return isAuxiliary(path) && !/^(docs?|documentation|\.github)\//i.test(path);
}
