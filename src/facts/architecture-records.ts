import { sectionsOn } from "./documents/sections.ts";
import { documents } from "./documents.ts";
import { defineFact, globsAnyCase, type UnreadFile } from "./fact.ts";

/** Where components, data flows or decisions are recorded. */
export interface ArchitectureRecord {
  readonly path: string;
  /** Undefined for a picture. */
  readonly line: number | undefined;
  readonly kind: "document" | "decisions" | "diagram" | "section";
  /** A section of the README with a diagram, or a record of its own. */
  readonly isWhole: boolean;
}

export interface ArchitectureRecords {
  /** The fullest first. */
  readonly records: readonly ArchitectureRecord[];
  readonly unread: readonly UnreadFile[];
}

const WORDS =
  "{*architecture*,design,design-*,*-design,system-overview,technical-overview,tech-overview,how-it-works,how_it_works,internals,data-flow*,dataflow*,data-model*,threat-model*,arc42*,c4,c4-*,topology,under-the-hood}";
const isDocument = globsAnyCase(
  `{,*/,*/*/}{architecture,design}.{md,mdx,rst,adoc,txt}`,
  `{,*/,*/*/}{doc,docs,documentation}/**/${WORDS}.{md,mdx,rst,adoc,pdf}`,
  `{,*/,*/*/}{doc,docs,documentation}/**/{architecture,design,design-docs,internals,threat-model,arc42,c4}/**/*.{md,mdx,rst,adoc}`,
);
const isDecision = globsAnyCase(
  "**/{adr,adrs,decisions,architecture-decisions,architectural-decisions,decision-records,rfc,rfcs}/**/*.{md,rst,adoc}",
);
const isDiagram = globsAnyCase(
  "**/*.{puml,plantuml,c4,mmd,mermaid,drawio,dio,structurizr}",
  "**/*.drawio.{png,svg}",
  "**/workspace.dsl",
  "**/*{architecture,system-diagram,data-flow}*.{png,svg,jpg,jpeg,webp,gif}",
);
const OTHERS =
  /(^|\/)(tests?|fixtures|examples?|samples?|static|assets|locales?|i18n|versioned_docs|blog|posts?|\.github|\.gitlab)\//i;
const HEADING =
  /architecture|system (design|overview)|technical (overview|design)|components|how it works|data ?flow|design (overview|decisions)|high[- ]level/i;
/** Bytes that a record has at least; less is a title. */
const SOMETHING = 100;
/** Lines of prose that describe more than they name. */
const ENOUGH_LINES = 3;

/** What is written down of the architecture: documents, decisions and diagrams by their paths, sections by their content. */
export const architectureRecords = defineFact({
  spans: "repository",
  uses: { documents },
  combine: ({ tree, uses }): ArchitectureRecords => {
    const own = tree.entries.filter(
      ({ path, size }) => tree.isFirstParty(path) && !OTHERS.test(path) && (size === null || size >= SOMETHING),
    );
    const byPath = (
      matches: (path: string) => boolean,
      kind: ArchitectureRecord["kind"],
    ): readonly ArchitectureRecord[] =>
      own
        .filter(({ path }) => matches(path))
        .sort((a, b) => depth(a.path) - depth(b.path))
        .slice(0, 1)
        .map(({ path }) => ({
          path,
          line: /\.(png|svg|jpe?g|webp|gif|pdf)$/i.test(path) ? undefined : 1,
          kind,
          isWhole: true,
        }));
    const sections = uses.documents.all
      .filter(({ topics }) => topics.some((topic) => /readme|general|agents|contributing/.test(topic)))
      .flatMap(({ path, sections: all }) => {
        const found = sectionsOn(all, HEADING);
        const [first] = found;
        if (!first) return [];
        const isWhole = found.some(({ diagramLine }) => diagramLine !== undefined);
        const lines = found.reduce((sum, section) => sum + section.lines.length, 0);
        const record = { path, line: first.line, kind: "section" as const, isWhole };
        return isWhole || lines >= ENOUGH_LINES ? [record] : [];
      });
    const records = [
      ...byPath(isDocument, "document"),
      ...byPath(isDecision, "decisions"),
      ...byPath(isDiagram, "diagram"),
      ...sections,
    ];
    return {
      records: records.sort((a, b) => Number(b.isWhole) - Number(a.isWhole)),
      unread: uses.documents.unread.filter(({ topics }) => topics.some((topic) => /readme|general/.test(topic))),
    };
  },
});

function depth(path: string): number {
  return path.split("/").length;
}
