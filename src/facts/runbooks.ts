import { documents, type Section } from "./documents.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { monitoring } from "./monitoring.ts";

export type RunbookPart = "deploy" | "roll back" | "restore" | "reach somebody";

export interface Runbooks {
  /** The parts that are told, each with the first place that tells it. */
  readonly told: ReadonlyMap<RunbookPart, { readonly path: string; readonly line: number }>;
  /** A link to runbooks that are elsewhere. */
  readonly elsewhere: { readonly path: string; readonly line: number } | undefined;
  readonly unread: readonly UnreadFile[];
}

/** The words that tell of a part, in a name or heading, and in the text of a document on operations. */
const PARTS: Readonly<Record<RunbookPart, readonly [heading: RegExp, text: RegExp]>> = {
  deploy: [
    /deploy|releas(e|ing)\b|roll(ing)?[- ]?out|production|upgrad|updating|docker|install/i,
    /\bdeploy(s|ed|ing|ment)?\b|\bupgrad(e|ing)\b|\broll(ing)? out\b/i,
  ],
  "roll back": [
    /roll(ing)?[- ]?back|revert|downgrad/i,
    /\broll(ed|ing)?[- ]?back\b|\brevert(s|ed|ing)?\b|\bdowngrad(e|ing)\b/i,
  ],
  restore: [
    /restor|back[- ]?up|disaster|recover/i,
    /\brestor(e|es|ed|ing)\b|\bback(ed)?[- ]?ups?\b|\bdisaster recovery\b/i,
  ],
  "reach somebody": [
    /on[- ]?call|contact|escalat|incident|who to (call|ask)|support|getting help|get in touch/i,
    /\bon[- ]?call\b|\bescalat|\bpagerduty\b|\bopsgenie\b|#[a-z][\w-]{3,}\b.{0,40}\bslack\b|\bslack\b.{0,60}#[a-z]|\bcontacts?\b.{0,80}(@|team|https?:)/i,
  ],
};
const OPERATIONS =
  /deploy|operat|production|releas|roll(ing)?[- ]?back|restor|back[- ]?up|disaster|incident|on[- ]?call|runbook|upgrad|hosting|maintenance/i;
const ELSEWHERE =
  /\b(run-?books?|play-?books?|operations? (guide|manual|handbook)|on[- ]?call (guide|docs?|handbook))\b.{0,200}https?:\/\/|https?:\/\/\S{0,200}\b(run-?books?|on[- ]?call)\b/i;

/** What those who run it can read: documents on operations, the README's sections, and links to both. */
export const runbooks = defineFact({
  spans: "repository",
  uses: { documents, monitoring },
  combine: ({ uses }): Runbooks => {
    const told = new Map<RunbookPart, { readonly path: string; readonly line: number }>();
    const tell = (part: RunbookPart, path: string, line: number): void => {
      if (!told.has(part)) told.set(part, { path, line });
    };
    const parts = Object.entries(PARTS) as [RunbookPart, (typeof PARTS)[RunbookPart]][];
    const onOperations = uses.documents.all.filter(({ topics }) => topics.includes("operations"));
    for (const { path, sections } of onOperations) {
      for (const [part, [heading, text]] of parts) {
        const line = heading.test(path) ? 1 : lineOf(sections, heading, text);
        if (line !== undefined) tell(part, path, line);
      }
    }
    for (const { path, topics } of uses.documents.listed) {
      for (const [part, [heading]] of parts)
        if (topics.includes("operations") && heading.test(path)) tell(part, path, 1);
    }
    const { readme } = uses.documents;
    for (const section of readme?.sections ?? []) {
      for (const [part, [heading, text]] of parts) {
        const isOn = OPERATIONS.test(section.title) && section.lines.length > 0;
        if (isOn && (heading.test(section.title) || section.lines.some((line) => text.test(line.text))))
          tell(part, readme?.path ?? "", section.line);
      }
    }
    const links = [...(readme ? [readme] : []), ...onOperations].flatMap(({ path, sections }) =>
      sections.flatMap(({ lines }) =>
        lines.filter(({ text }) => ELSEWHERE.test(text)).map(({ line }) => ({ path, line })),
      ),
    );
    const inAlert = uses.monitoring.signs.find(({ kind }) => kind === "runbooks");
    return {
      told,
      elsewhere: links[0] ?? (inAlert && { path: inAlert.path, line: inAlert.line }),
      unread: uses.documents.unread.filter(({ topics }) => topics.includes("operations") || topics.includes("readme")),
    };
  },
});

function lineOf(sections: readonly Section[], heading: RegExp, text: RegExp): number | undefined {
  const titled = sections.find(({ title }) => heading.test(title));
  return titled?.line ?? sections.flatMap(({ lines }) => lines).find((line) => text.test(line.text))?.line;
}
