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

/** The repository's policy for reports of vulnerabilities. */
export const disclosurePolicy = defineFact({
  spans: "repository",
  reads: isPolicy,
  readsBeginnings: true,
  parse: ({ path, text, cut }): DisclosurePolicy => ({
    path,
    cut,
    hasContact:
      /[\w.+-]+(@|\s*(\[at\]|\(at\)| at )\s*)[\w-]+(\.|\s*(\[dot\]| dot )\s*)[\w.-]+|security\/advisories|private(ly)? (vulnerability )?report|report a vulnerability|hackerone|bugcrowd|huntr|tidelift|https?:\/\/\S*(security|report|disclos|bounty|vulnerab)/i.test(
        text,
      ),
    saysHandling:
      /\b(acknowledg|answer|respond|response|triage|investigat|confirm|notify|fix(ed)?|patch|coordinat|disclos|embargo|advisory|credit|handle)/i.test(
        text,
      ),
    saysWhen:
      /\b(\d+|one|two|three|few|five|seven|ten|fourteen|thirty|ninety)[\s-]*(business |working )?(hours?|days?|weeks?|months?)\b|\bwithin an? (day|week|month)\b/i.test(
        text,
      ),
    isTemplate: /use this section to tell people/i.test(text),
  }),
  combine: ({ files, unread }): DisclosurePolicies => ({ policy: files[0]?.parsed, unread }),
});
