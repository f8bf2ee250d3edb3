import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

/** One half says which regimes apply, the other what they reach. */
const HALF = 0.5;

export default defineRule({
  title: "Teams that touch regulated data say which regimes apply",
  severity: "medium",
  why: "Where nobody has said which rules apply, each reviewer guesses, and an auditor's first question has no answer.",
  fix: 'Name the regimes under `compliance` in `.github/pyready.yml` (or `{ none: "reason" }`), and describe in a document what they reach and where such data flows.',
  byHand: "which regimes apply is for people, and their lawyers, to say",
  references: [
    "https://www.pcisecuritystandards.org/document_library/",
    "https://www.hhs.gov/hipaa/for-professionals/index.html",
  ],
  peers: ["PCI DSS 12.5.2"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml"],
  needs: ["regulatedSignals", "complianceScope"],
  check({ regulatedSignals: { signals, unread }, complianceScope }) {
    const { declaration, document } = complianceScope;
    const [signal] = signals;
    if (!signal) {
      if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
      return skip("nothing hints at regulated data");
    }
    if (declaration?.reasonForNone) return pass([{ ...declaration, found: "No regime applies, for a reason." }]);
    if (declaration && document) return pass([{ ...declaration, found: "The regimes are named." }]);
    if (declaration)
      return partial(HALF, [
        { ...declaration, found: "The regimes are named, and no document tells what they reach." },
      ]);
    if (complianceScope.unread[0])
      cannotJudge(`${complianceScope.unread[0].path} could not be read: ${complianceScope.unread[0].reason}`);
    if (document)
      return partial(HALF, [{ ...document, found: "It speaks of compliance, and no policy names the regimes." }]);
    const { name, about, path, line } = signal;
    return fail([{ path, line, found: `${name} hints at ${WORDS[about]}, and nothing says which regimes apply.` }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "manage.py": "",
      "requirements.txt": "django\nstripe\n",
      ".github/pyready.yml": "compliance: [pci-dss]\n",
      "docs/compliance.md": "# Scope\n\nStripe Checkout alone sees card numbers (SAQ A).\n",
    },
    fails: { "manage.py": "", "requirements.txt": "django\nstripe\n" },
  },
});

const WORDS = { payments: "payments", health: "health data", identity: "checks of identity" } as const;
