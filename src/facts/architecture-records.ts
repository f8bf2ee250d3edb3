import { readSections, sectionsOn } from "./documents/sections.ts";
import { type Document, documents } from "./documents.ts";
import { defineFact, globsAnyCase, type UnreadFile } from "./fact.ts";
import type { Tree } from "./tree.ts";

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

const NAMES =
  "{*architecture*,design,design-*,*-design,system-overview,technical-overview,tech-overview,how-it-works,how_it_works,internals,data-flow*,dataflow*,data-model*,threat-model*,threat_model*,arc42*,c4,c4-*,topology,under-the-hood}";
const isNamed = globsAnyCase(
  "{,*/,*/*/}{architecture,design,threat_model,threat-model}.{md,mdx,rst,adoc,txt}",
  `{,*/,*/*/}{doc,docs,documentation}/**/${NAMES}.{md,mdx,rst,adoc}`,
  "{,*/,*/*/}{doc,docs,documentation}/**/{architecture,design,design-docs,internals,threat-model,arc42,c4}/**/*.{md,mdx,rst,adoc}",
);
/** Names that say what is meant; `design` may as well be of colours, and `internals` of an interface. */
const isPlain = globsAnyCase(
  "**/{*architecture*,system-overview,technical-overview,tech-overview,arc42*,c4,c4-*,data-flow*,dataflow*,data-model*,threat?model*}{,.*,/**}",
);
/** What an architecture consists of. */
const PARTS =
  /\b(component|service|module|layer|process|worker|queue|database|storage|server|client|api|backend|frontend|broker|cache|scheduler|container|gateway|data flow|message|event|request|boundary|decision|trade-?off|pipeline|cluster|node)s?\b/gi;
const ENOUGH_PARTS = 3;
/** Letters of prose that describe something; less is a title, or a list of links to be written. */
const ENOUGH_LETTERS = 120;
/** Documents that are read: those nearest to the root. */
const MOST_READ = 6;

const isDecision = globsAnyCase(
  "**/{adr,adrs,decisions,architecture-decisions,architectural-decisions,decision-records,rfc,rfcs}/**/*.{md,rst,adoc}",
);
const isNoDecision = globsAnyCase("**/{readme,index,template,*-template,adr-template,0000-*}.*");
const isDiagram = globsAnyCase(
  "{,*/}{,{doc,docs,documentation,design}/**/}*.{puml,plantuml,c4,mmd,mermaid,drawio,dio,structurizr}",
  "{,*/}{,{doc,docs,documentation,design}/**/}*.drawio.{png,svg}",
  "**/workspace.dsl",
  "{,*/}{,{doc,docs,documentation,design,assets,images,img,media}/**/}*{architecture,system-diagram,data-flow}{,[-_]diagram,[-_]overview,[0-9],[-_]v[0-9]}.{png,svg,jpg,jpeg,webp,gif,pdf}",
);
const OTHERS =
  /(^|\/)(tests?|fixtures|examples?|samples?|static|assets|locales?|i18n|versioned_docs|blog|posts?|\.github|\.gitlab)\//i;
const HEADING =
  /architecture|system (design|overview)|technical (overview|design)|components|how it works|data ?flow|design (overview|decisions)|high[- ]level/i;
/** Bytes that a decision or diagram has at least; less is a title. */
const SOMETHING = 100;
/** Lines of prose that describe more than they name. */
const ENOUGH_LINES = 3;

/** What is written down of the architecture: documents and sections by what they say, decisions and diagrams by their paths. */
export const architectureRecords = defineFact({
  spans: "repository",
  uses: { documents },
  reads: (path, tree) => isDocument(path, tree),
  select: (entries) => [...entries].sort((a, b) => depth(a.path) - depth(b.path)).slice(0, MOST_READ),
  readsBeginnings: true,
  parse: ({ path, text }): boolean => describesParts(path, text),
  combine: ({ files, unread, tree, uses }): ArchitectureRecords => {
    const own = tree.paths.filter((path) => tree.isFirstParty(path) && !OTHERS.test(path));
    const isSomething = (path: string): boolean => (tree.sizeOf(path) ?? SOMETHING) >= SOMETHING;
    const byPath = (matches: (path: string) => boolean, kind: ArchitectureRecord["kind"]) =>
      nearest(own.filter(matches).filter(isSomething)).map((path) => record(path, kind));
    const records = [
      ...nearest(files.filter(({ parsed }) => parsed).map(({ path }) => path)).map((path) => record(path, "document")),
      ...byPath((path) => isDecision(path) && !isNoDecision(path), "decisions"),
      ...byPath(isDiagram, "diagram"),
      ...sectionsIn(uses.documents.all),
    ];
    return {
      records: records.sort((a, b) => Number(b.isWhole) - Number(a.isWhole)),
      unread: [
        ...unread,
        ...uses.documents.unread.filter(({ topics }) => topics.some((topic) => /readme|general/.test(topic))),
      ],
    };
  },
});

function isDocument(path: string, tree: Tree): boolean {
  return isNamed(path) && tree.isFirstParty(path) && !OTHERS.test(path);
}

/** A document of more than a title, that speaks of parts where its name leaves open of what it speaks. */
function describesParts(path: string, text: string): boolean {
  const sections = readSections(path, text);
  if (sections.some(({ diagramLine }) => diagramLine !== undefined)) return true;
  const prose = sections.flatMap(({ lines }) => lines.map((line) => line.text)).join("\n");
  if ((prose.match(/\p{L}/gu)?.length ?? 0) < ENOUGH_LETTERS) return false;
  const named = new Set([...prose.matchAll(PARTS)].map(([, part]) => part?.toLowerCase()));
  return isPlain(path) || named.size >= ENOUGH_PARTS;
}

function record(path: string, kind: ArchitectureRecord["kind"]): ArchitectureRecord {
  return { path, line: /\.(png|svg|jpe?g|webp|gif|pdf)$/i.test(path) ? undefined : 1, kind, isWhole: true };
}

/** Sections of the README and of pages that speak of anything; whole with a diagram. */
function sectionsIn(all: readonly Document[]): readonly ArchitectureRecord[] {
  return all
    .filter(({ topics }) => topics.some((topic) => /readme|general|agents|contributing/.test(topic)))
    .flatMap(({ path, sections }) => {
      const found = sectionsOn(sections, HEADING);
      const [first] = found;
      if (!first) return [];
      const isWhole = found.some(({ diagramLine }) => diagramLine !== undefined);
      const lines = found.reduce((sum, section) => sum + section.lines.length, 0);
      return isWhole || lines >= ENOUGH_LINES ? [{ path, line: first.line, kind: "section", isWhole }] : [];
    });
}

/** The one nearest to the root. */
function nearest(paths: readonly string[]): readonly string[] {
  return [...paths].sort((a, b) => depth(a) - depth(b)).slice(0, 1);
}

function depth(path: string): number {
  return path.split("/").length;
}
