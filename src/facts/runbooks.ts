import { documents, type Section } from "./documents.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { monitoring } from "./monitoring.ts";

export type RunbookPart = "deploy" | "roll back" | "restore" | "reach somebody";

interface PlaceOfText {
  readonly path: string;
  readonly line: number;
}

export interface Runbooks {
  /** The parts that are told, each with the first place that tells it. */
  readonly told: ReadonlyMap<RunbookPart, PlaceOfText>;
  /** A link to runbooks that are elsewhere. */
  readonly elsewhere: PlaceOfText | undefined;
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
  /deploy|operat|production|releas|roll(ing)?[- ]?back|restor|back[- ]?up|disaster|incident|on[- ]?call|runbook|upgrad|hosting|maintenance|install|docker|kubernetes|helm/i;
const ELSEWHERE =
  /\b(run-?books?|play-?books?|operations? (guide|manual|handbook)|on[- ]?call (guide|docs?|handbook))\b.{0,200}https?:\/\/|https?:\/\/\S{0,200}\b(run-?books?|on[- ]?call)\b/i;

/** What those who run it can read: documents on operations, the README's sections, and links to both. */
export const runbooks = defineFact({
  spans: "repository",
  uses: { documents, monitoring },
  combine: ({ uses }): Runbooks => {
    const { overviews, all, listed } = uses.documents;
    const onOperations = all.filter(({ topics }) => topics.includes("operations"));
    const placeOf = (part: RunbookPart): PlaceOfText | undefined => {
      const [heading, text] = PARTS[part];
      const inDocuments = onOperations.flatMap(({ path, sections }) => {
        const line = heading.test(path) ? 1 : lineOf(sections, heading, text);
        return line === undefined ? [] : [{ path, line }];
      });
      const byName = listed
        .filter(({ path, topics }) => topics.includes("operations") && heading.test(path))
        .map(({ path }) => ({ path, line: 1 }));
      const inOverviews = overviews.flatMap(({ path, sections }) =>
        sections
          .filter(({ title, lines }) => OPERATIONS.test(title) && lines.length > 0)
          .filter(({ title, lines }) => heading.test(title) || lines.some((line) => text.test(line.text)))
          .map(({ line }) => ({ path, line })),
      );
      return [...inDocuments, ...byName, ...inOverviews][0];
    };
    const links = [...overviews, ...onOperations].flatMap(({ path, sections }) =>
      sections.flatMap(({ lines }) =>
        lines.filter(({ text }) => ELSEWHERE.test(text)).map(({ line }) => ({ path, line })),
      ),
    );
    const inAlert = uses.monitoring.signs.find(({ kind }) => kind === "runbooks");
    return {
      told: new Map(
        (Object.keys(PARTS) as RunbookPart[]).flatMap((part) => {
          const place = placeOf(part);
          return place ? [[part, place] as const] : [];
        }),
      ),
      elsewhere: links[0] ?? (inAlert && { path: inAlert.path, line: inAlert.line }),
      unread: uses.documents.unread.filter(({ topics }) =>
        topics.some((topic) => /operations|readme|general/.test(topic)),
      ),
    };
  },
});

function lineOf(sections: readonly Section[], heading: RegExp, text: RegExp): number | undefined {
  const titled = sections.find(({ title }) => heading.test(title));
  return titled?.line ?? sections.flatMap(({ lines }) => lines).find((line) => text.test(line.text))?.line;
}
