import { rules } from "../../rules/index.ts";
import { type Repairs, repairsOf } from "../../src/engine/repair/repairs.ts";
import type { Review } from "../../src/engine/review.ts";
import { reviewChange } from "../../src/engine/review-change.ts";
import { createParseCache } from "../../src/facts/parse-cache.ts";
import { assess } from "../../src/policy/assess.ts";
import type { Assessment, Notice } from "../../src/policy/assessment.ts";
import { defaultPolicy, type Policy } from "../../src/policy/policy.ts";
import { policyMaker } from "../../src/policy/policy-of.ts";
import { reviewNotices } from "../../src/policy/review-notices.ts";
import type { createPythonReader } from "../../src/python/pool.ts";
import {
  explainAnswer,
  helpAnswer,
  pausedComment,
  proposedBefore,
  unknownRuleAnswer,
} from "../../src/report/answers.ts";
import { commentsAreOff, oneLineComment, pullRequestComment } from "../../src/report/comment.ts";
import type { Markdown } from "../../src/report/markdown.ts";
import type { PublishContext } from "../../src/report/publish-context.ts";
import { nothingToRepair, repairProposal, repairsByHand } from "../../src/report/repair-answers.ts";
import { suggestionsFor } from "../../src/report/suggestions.ts";
import { refusedWaiver, waiverProposal } from "../../src/report/waiver-answers.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { sample } from "../../test/sandbox/samples.ts";
import { type MiniFile, miniSnapshot } from "../../test/support/mini-snapshot.ts";
import { poor } from "../../test/support/repositories.ts";

/** One state of what people see. */
export interface State {
  readonly name: string;
  readonly assessment: Assessment;
  readonly context: Partial<PublishContext>;
  /** The comments that are there, where these are not the one of this assessment. */
  comments?(context: PublishContext): readonly Markdown[];
  /** A merge group or a push: there is no pull request. */
  readonly isOfPull?: false;
  /** Its HTML report is shown as well. */
  readonly hasPage?: true;
}

type Files = Readonly<Record<string, MiniFile>>;

// The samples hold text alone.
const base = sample("orders-api") as Files;
const change = { ...base, ...(sample("orders-api-change") as Files) };
const bad = poor as Files;
const PATH = ".github/pyready.yml";
const BASE = "4f1c2ab".padEnd(40, "0");

const asked = (name: string): string =>
  `import requests\n\n\ndef ${name}(number: int) -> bytes:\n    return requests.get(f"https://${name}.example.com/{number}").content  # noqa: S113\n`;

/** The check run and the comment in each of their states, judged for real. */
export async function statesOf(python: ReturnType<typeof createPythonReader>, date: string): Promise<readonly State[]> {
  const cache = createParseCache();
  const judged = async (head: Files, from: Files | null, policy = defaultPolicy, notices: readonly Notice[] = []) => {
    const before = from && { ...miniSnapshot(from), commit: BASE };
    const source = { snapshot: async (): Promise<Snapshot | null> => before, isProposed: true };
    const how = { rules, date, python, cache, terms: async () => policy };
    const { review, comparison } = await reviewChange(miniSnapshot(head), source, how);
    return assess(review, comparison, policy, [...notices, ...reviewNotices(policy, review)]);
  };
  const made = (own: string, organisation?: string) =>
    policyMaker(rules).policyOf({
      files: { [PATH]: { kind: "text", text: own } },
      date,
      ...(organisation && {
        organisation: { repository: "acme/.github", files: { [PATH]: { kind: "text" as const, text: organisation } } },
      }),
    });
  const underPolicy = ({ policy, notices }: ReturnType<typeof made>) => judged(change, base, policy, notices);
  const adds = await judged(change, base);
  const state = (name: string, assessment: Assessment, more: Omit<Partial<State>, "name" | "assessment"> = {}) => ({
    ...{ name, assessment, context: {} },
    ...more,
  });
  const always: Policy = { ...defaultPolicy, comment: "always" };
  const wellAgain = await judged(base, change);
  const found = await repairsOf(miniSnapshot(change), { rules, date, python, cache });
  return [
    state("ready", await judged(base, base, always)),
    state("adds", adds, {
      context: {
        isFirst: true,
        organisation: "absent",
        mayProposeFixes: true,
        repairable: new Set(found.repairs.map(({ ruleId }) => ruleId)),
      },
      hasPage: true,
    }),
    state("draft", adds, { comments: () => [] }),
    state("merge-group", adds, { comments: () => [], isOfPull: false }),
    state("proposals", adds, { comments: ({ docsUrl }) => proposalsOf(found, docsUrl) }),
    state("answers", adds, { comments: answersIn }),
    state("well-again", wellAgain, { comments: (context) => [oneLineComment(wellAgain, context)] }),
    state("adds-without-base", await judged(change, null)),
    state("fixes", await judged(base, bad)),
    state("debt", await judged(bad, bad)),
    state(
      "silences",
      await judged(
        { ...base, "src/orders/stock.py": asked("stock"), "src/orders/tax.py": asked("tax") },
        {
          ...base,
          "src/orders/tax.py": asked("tax"),
        },
      ),
    ),
    state("unreadable", await judged({ ...bad, Dockerfile: { unreadable: "it is not UTF-8" } }, bad)),
    state("policy", await underPolicy(made(POLICY(date))), { context: { policySha: BASE } }),
    state("floor", await underPolicy(made(UNDERCUT, FLOOR)), { context: { organisation: "found", policySha: BASE } }),
    state("regimes", await underPolicy(made(REGIMES)), { hasPage: true }),
    state("many", many(adds), { hasPage: true }),
    state("no-python", await judged({ "main.go": "package main\n" }, null)),
    state("no-python-blocks", await judged({ "main.go": "package main\n", ...UNTRUSTED }, { "main.go": "" })),
    state("paused", adds, { comments: (context) => [pausedComment(pullRequestComment(adds, context)) ?? ""] }),
    state("comments-off", adds, { comments: () => [commentsAreOff] }),
  ];
}

const POLICY = (date: string): string => `rules:
  ci-cd/tests-rnu: off
  documentation/changelog-maintained: off
waivers:
  - rule: documentation/runbook-present
    reason: The runbook is in the wiki.
    owner: "@acme/platform"
    expires: ${dayAfter(date, 9)}
  - rule: security/tls-verification-on
    reason: A proxy of ours has its own certificate.
    owner: "@ada"
    expires: ${dayAfter(date, 60)}
`;
const FLOOR =
  "enforce:\n  gate: { fail-on: blocker, min-score: 80 }\n  rules: { documentation/runbook-present: high }\n";
const REGIMES = "compliance: [{ regime: soc2, check: block }, { regime: pci-dss, check: inform }]\n";
const UNTRUSTED: Files = {
  ".github/workflows/build.yml":
    "on: pull_request_target\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v6\n        with: { ref: '${{ github.event.pull_request.head.sha }}' }\n      - run: make\n",
};
const UNDERCUT = "gate: { fail-on: never }\nrules: { documentation/runbook-present: off }\n";

/** Repairs as they reach people: as a pull request, beside suggestions on lines, and as a patch. */
function proposalsOf(found: Repairs, docsUrl: string): readonly Markdown[] {
  const [first] = found.changes;
  const shown = new Map(first ? [[first.path, [[1, 1000] as const]]] : []);
  const { suggestions, left } = suggestionsFor(found.changes, shown);
  const because = "its App lacks the permission `contents: write` here";
  return [
    repairProposal(found, { login: "grace", number: 1, docsUrl }).body,
    repairsByHand(found, left, { because, docsUrl, suggested: suggestions.length }),
    ...suggestions.map(({ body }) => body),
    repairsByHand(found, found.changes, { because, docsUrl, suggested: 0 }),
    nothingToRepair(found.notRepaired, null),
  ];
}

/** What commands are answered. */
function answersIn({ docsUrl }: PublishContext): readonly Markdown[] {
  const known = rules.filter(({ id }) => id === "ci-cd/actions-pinned-to-commit");
  return [
    helpAnswer(null),
    helpAnswer("rechekc"),
    ...known.map((rule) => explainAnswer(rule, { docsUrl })),
    unknownRuleAnswer(rules, "actions-pined"),
    proposedBefore({ number: 4, state: "closed" }),
    refusedWaiver(["a waiver of `ci-cd/actions-pinned-to-commit` needs a reason of 10 to 500 characters"]),
    waiverProposal(
      {
        ...{ rule: "documentation/runbook-present", path: "docs/**", reason: "The runbook is in the wiki." },
        ...{ owner: "@grace", expires: "2027-01-31" },
      },
      { login: "grace", number: 1 },
    ).body,
  ];
}

function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Ten thousand findings, most of them new. */
function many({ review, comparison, policy }: Assessment): Assessment {
  const fail = (found: Review): Review => ({
    ...found,
    verdict: "not-ready",
    blockers: 80 * found.rules.filter(({ severity }) => severity === "critical").length,
    rules: found.rules.map((result) => ({
      ...result,
      outcome: "fail",
      value: 0,
      evidence: Array.from({ length: 80 }, (_, index) => ({
        path: `src/orders/part${index}.py`,
        line: index + 1,
        message: "It is not as it has to be.",
        fingerprint: String(index).padStart(16, "0"),
      })),
    })),
  });
  const head = fail(review);
  const added = head.rules.flatMap((result) =>
    result.evidence.map((evidence) => ({ result, evidence, isBlocking: result.severity === "critical" })),
  );
  return assess(head, comparison && { ...comparison, added, fixed: [], unchanged: [] }, policy);
}
