import { defineFact, globsAnyCase, type UnreadFile } from "./fact.ts";

export interface DisclosurePolicy {
  readonly path: string;
  /** Somebody can be reached: a mail address, a form, GitHub's private reports. */
  readonly hasContact: boolean;
  /** It says what happens with a report. */
  readonly saysHandling: boolean;
  /** It says how soon. */
  readonly saysWhen: boolean;
  /** GitHub's template, unchanged. */
  readonly isTemplate: boolean;
  /** Only the file's beginning was read. */
  readonly cut: boolean;
}

export interface DisclosurePolicies {
  readonly policy: DisclosurePolicy | undefined;
  readonly unread: readonly UnreadFile[];
}

const isPolicy = globsAnyCase(
  "{,.github/,docs/}security{,-policy}{,.md,.rst,.txt,.adoc}",
  "{,.github/,docs/}security_policy.{md,rst,txt}",
);

/** Characters of a policy that are looked at. */
const LONGEST = 50_000;
/** An address, or a place that is made for reports. */
const CONTACT =
  /[\w.+-]{1,64}(@|\s{0,3}(\[at\]|\(at\)| at )\s{0,3})[\w-]{1,64}(\.|\s{0,3}(\[dot\]| dot )\s{0,3})\w|security[ /]advisor(y|ies)|\b(contact|reach|message|ping|write to)\b[^.\n]{0,40}\s@\w+|private(ly)? (vulnerability )?report|report a vulnerability["”»]? (button|tab|link)|→ ?report a vulnerability|hackerone|bugcrowd|huntr|intigriti|tidelift|https?:\/\/\S{0,200}(security|report|disclos|bounty|vulnerab)/i;
/** A link that comes soon after a word for reporting. */
const ASKS_FOR_REPORTS =
  /\b(?:report|disclose|submit|contact|reach|notify|e-?mail)\w*\b[\s\S]{0,200}?(\]\([^)\s]{1,300}\)|https?:\/\/[^\s)>\]]{1,300})/gi;
/** Issues and discussions are read by everybody; badges and releases are no place to write to. */
const PUBLIC = /\/(issues|discussions|pulls?|releases|wiki|blob|tree)\b|badge|shields\.io|pypi\.|\.(svg|png)/i;
/** What those who get the report do with it. */
const HANDLING =
  /\b(acknowledg|triag|investigat|coordinat|embargo|credit)|\b((we|team|maintainers?)\b|(reports?|issues?|vulnerabilit(y|ies)) (will|is|are)\b|so we can\b)[^.]{0,60}\b(answer|respon[ds]|repl|review|get back|confirm|notif|inform|fix|patch|publish|releas|assess|evaluat|work|handl|keep|look|receiv|discuss|address)/i;
const WHEN =
  /\b(\d+|one|two|three|few|five|seven|ten|fourteen|thirty|ninety)[\s-]*(business |working )?(hours?|days?|weeks?|months?)\b|\bwithin an? (day|week|month)\b/i;

/** The repository's policy for reports of vulnerabilities. */
export const disclosurePolicy = defineFact({
  spans: "repository",
  reads: isPolicy,
  readsBeginnings: true,
  parse: ({ path, text: whole, cut }): DisclosurePolicy => {
    const text = whole.slice(0, LONGEST);
    return {
      path,
      cut: cut || whole.length > LONGEST,
      hasContact:
        CONTACT.test(text) || [...text.matchAll(ASKS_FOR_REPORTS)].some(([, link]) => !PUBLIC.test(link ?? "")),
      saysHandling: HANDLING.test(text),
      saysWhen: WHEN.test(text),
      isTemplate: /use this section to tell people/i.test(text),
    };
  },
  combine: ({ files, unread }): DisclosurePolicies => ({ policy: files[0]?.parsed, unread }),
});
