import { codeOwners } from "./code-owners.ts";
import { sectionsOn } from "./documents/sections.ts";
import { documents } from "./documents.ts";
import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { parseYaml } from "./formats/yaml.ts";
import { monitoring } from "./monitoring.ts";

/** A place that names who owns the service. */
export interface OwnerPlace {
  readonly path: string;
  readonly line: number;
  /** `catalogue`, `file` and `label` are made for it; the others only let it be seen. */
  readonly kind: "catalogue" | "file" | "label" | "codeowners" | "section";
  /** `nobody` where the place is for an owner and has none. */
  readonly owner: "team" | "person" | "nobody";
}

export interface Ownership {
  /** The plainest first. */
  readonly places: readonly OwnerPlace[];
  readonly unread: readonly UnreadFile[];
}

const isCatalogue = globs(
  "{,*/,*/*/}catalog-info.{yml,yaml}",
  "{,.github/}{opslevel,cortex,compass}.{yml,yaml}",
  "{,*/}{service,*.service,service.definition}.datadog.{yml,yaml}",
  "{,.datadog/}{entity,service}.datadog.{yml,yaml}",
  ".datadog/*.{yml,yaml}",
);
const isOwnersFile = globs("{,.github/,docs/}{OWNERS,MAINTAINERS,OWNERS_ALIASES}{,.md,.rst,.txt,.yml,.yaml}");
const SECTION =
  /\b(maintainers?|maintained by|owners?|ownership|team|who (runs|maintains|owns)|on[- ]?call|contacts?)\b/i;
const REACHES = /@[\w-]{2,}|#[a-z][\w-]{2,}|https?:\/\/|[\w.+-]+@[\w-]+\.\w|\bteam\b/i;
/** Where the formats of catalogues keep the owner, and what they call it. */
const PARTS = ["spec", "metadata", "service", "info"];
const KEYS = ["owner", "team", "ownerId", "owners", "x-cortex-owners"];

/** Who owns the service: catalogues, files of owners, labels of manifests, CODEOWNERS, the README. */
export const ownership = defineFact({
  spans: "repository",
  uses: { codeOwners, documents, monitoring },
  reads: (path, tree) => (isCatalogue(path) || isOwnersFile(path)) && tree.isFirstParty(path),
  readsBeginnings: true,
  parse: ({ path, text }): readonly OwnerPlace[] => (isCatalogue(path) ? inCatalogue(path, text) : inFile(path, text)),
  combine: ({ files, unread, uses }): Ownership => {
    const { path: codeOwnersPath, lines } = uses.codeOwners;
    const team = lines.find(({ owners }) => owners.some((owner) => owner.includes("/")));
    const owned = team ?? lines.find(({ owners }) => owners.length > 0);
    const sections = uses.documents.overviews.flatMap(({ path, sections: all }): readonly OwnerPlace[] => {
      const found = sectionsOn(all, SECTION).find(({ lines: own }) => own.some(({ text }) => REACHES.test(text)));
      return found ? [{ path, line: found.line, kind: "section", owner: "team" }] : [];
    });
    const labels = uses.monitoring.signs
      .filter(({ kind, isExample }) => kind === "owner" && !isExample)
      .map(({ path, line }): OwnerPlace => ({ path, line, kind: "label", owner: "team" }));
    return {
      places: [
        ...files.flatMap(({ parsed }) => parsed),
        ...labels,
        ...(codeOwnersPath && owned
          ? [
              {
                path: codeOwnersPath,
                line: owned.line,
                kind: "codeowners" as const,
                owner: team ? ("team" as const) : ("person" as const),
              },
            ]
          : []),
        ...sections,
      ],
      unread: [
        ...unread,
        ...uses.codeOwners.unread,
        ...uses.documents.unread.filter(({ topics }) => topics.includes("readme")),
      ],
    };
  },
});

/** The owner that a catalogue's file names, at any depth of its settings. */
function inCatalogue(path: string, text: string): readonly OwnerPlace[] {
  const place = (line: number, owner: OwnerPlace["owner"]): OwnerPlace => ({ path, line, kind: "catalogue", owner });
  for (const document of parseYaml(text)) {
    for (const part of [document, ...PARTS.map((name) => document.get(name))]) {
      for (const key of KEYS) {
        const named = part?.get(key);
        if (!part || !named || named.isNull) continue;
        const owner = /^(user:|@[^/]+$)/.test(named.text ?? "") ? "person" : "team";
        return [place(part.lineOfKey(key) ?? named.line, owner)];
      }
    }
  }
  return [place(1, "nobody")];
}

/** A file of owners names somebody on a line that is no heading or comment, and leads to no other page. */
function inFile(path: string, text: string): readonly OwnerPlace[] {
  const names = text
    .split("\n")
    .some((line) => /\w/.test(line) && !line.trimStart().startsWith("#") && !/\]\((?!https?:|mailto:)/.test(line));
  return names ? [{ path, line: 1, kind: "file", owner: "team" }] : [];
}
