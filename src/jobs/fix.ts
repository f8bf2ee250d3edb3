import { createHash } from "node:crypto";
import type { Repairs } from "../engine/repair/repairs.ts";
import { ruleNamed } from "../policy/named-rule.ts";
import type { AnswerTarget } from "../publish/answer.ts";
import { type Proposals, type ProposedPull, propose } from "../publish/proposal.ts";
import { type LineReviews, reviewOnce } from "../publish/suggest.ts";
import { statusOf } from "../publish/write-errors.ts";
import { proposedBefore, unknownRuleAnswer } from "../report/answers.ts";
import { type Asked, nothingToRepair, repairProposal, repairsByHand } from "../report/repair-answers.ts";
import { suggestionsFor } from "../report/suggestions.ts";
import type { Waiving } from "./waive.ts";

/** A pull request that is to be repaired, or the default branch. */
export interface PullToFix {
  readonly open: boolean;
  readonly headSha: string;
  readonly baseSha: string;
  readonly baseRef: string;
  readonly headRef: string;
  /** True where its branch is in another repository, into which nothing is written. */
  readonly isOfFork: boolean;
}

/** What repairing needs. */
export interface Fixing extends Pick<Waiving, "defaultBranch"> {
  readonly docsUrl: string;
  readonly rules: Parameters<typeof ruleNamed>[0];
  pullRequest(number: number): Promise<PullToFix>;
  /** What can be repaired at its head by the policy of its base, of these rules or of all. */
  repairs(pull: PullToFix, only: readonly string[] | undefined): Promise<Found>;
  permissions(): Promise<Readonly<Record<string, string>>>;
  proposer(): Promise<Proposals>;
  lines(): Promise<LineReviews>;
}

/** Repairs, with the modes of the files that they change. */
export interface Found extends Repairs {
  modeOf(path: string): string;
}

/** Who asked, and how that person is answered. */
export interface FixRequest {
  /** Of number 0 for the default branch: nobody is answered there. */
  readonly target: AnswerTarget;
  readonly login: string;
  /** As it was named; null for all rules. */
  readonly rule: string | null;
  answer(body: string): Promise<void>;
}

/**
 * Proposes what can be repaired on a pull request: as a pull request to its branch, or, where that may
 * not be written, as suggestions on its lines and a patch. On the default branch as a pull request or not at all.
 */
export async function fix(ports: Fixing, request: FixRequest): Promise<"rocket" | "confused"> {
  const { rules, docsUrl } = ports;
  const { target, login, answer } = request;
  const rule = request.rule === null ? null : (ruleNamed(rules, request.rule)?.id ?? undefined);
  if (rule === undefined) {
    await answer(unknownRuleAnswer(rules, request.rule ?? ""));
    return "confused";
  }
  const isOfBranch = target.number === 0;
  const pull = isOfBranch ? await branchToFix(ports) : await ports.pullRequest(target.number);
  if (!pull.open) return "confused";
  const found = await ports.repairs(pull, rule === null ? undefined : [rule]);
  if (found.changes.length === 0) {
    await answer(nothingToRepair(found.notRepaired, rule));
    return "confused";
  }
  const because = await whyNotWritten(ports, pull, found);
  if (because !== undefined) return isOfBranch ? "confused" : byHand(ports, request, pull, found, because);
  const number = isOfBranch ? null : target.number;
  const proposed = await proposeRepairs(ports, pull, found, rule, { login, number, docsUrl });
  if (proposed.state === "open") return "rocket";
  await answer(proposedBefore(proposed));
  return "confused";
}

/** The default branch as it stands now, by its own policy. */
async function branchToFix(ports: Fixing): Promise<PullToFix> {
  const { name, commit } = await ports.defaultBranch([]);
  return { open: true, isOfFork: false, headSha: commit, baseSha: commit, headRef: name, baseRef: name };
}

/** What keeps pyready from writing these repairs, in words that follow "because"; undefined where nothing does. */
async function whyNotWritten(ports: Fixing, pull: PullToFix, { changes }: Repairs): Promise<string | undefined> {
  if (pull.isOfFork) return "its branch is in a fork, and pyready writes into no fork";
  const { contents, workflows } = await ports.permissions();
  if (contents !== "write") return "its App lacks the permission `contents: write` here";
  const isOfWorkflows = changes.some(({ path }) => path.startsWith(".github/workflows/"));
  return isOfWorkflows && workflows !== "write" ? "its App lacks the permission `workflows: write` here" : undefined;
}

async function proposeRepairs(
  ports: Fixing,
  { headRef, headSha }: PullToFix,
  found: Found,
  rule: string | null,
  asked: Asked,
): Promise<ProposedPull> {
  const { title, body } = repairProposal(found, asked);
  const files = found.changes.map(({ path, after }) => ({ path, mode: found.modeOf(path), text: after }));
  // A proposal for one rule, or for all, takes the place of the one before.
  const series = `pyready/fix-${digestOf([headRef, rule])}-`;
  return propose(await ports.proposer(), {
    series,
    branch: `${series}${digestOf(files)}`,
    into: headRef,
    parent: headSha,
    files,
    message: title,
    title,
    body,
  });
}

function digestOf(content: unknown): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 12);
}

/** As suggestions where GitHub allows them, and as a patch. */
async function byHand(
  ports: Fixing,
  { target, answer }: FixRequest,
  { headSha }: PullToFix,
  found: Found,
  because: string,
): Promise<"rocket"> {
  const { docsUrl } = ports;
  const lines = await ports.lines();
  const { suggestions, left } = suggestionsFor(found.changes, await lines.shownLines(target.number));
  const asPatch = (): Promise<void> => answer(repairsByHand(found, found.changes, { because, docsUrl, suggested: 0 }));
  if (suggestions.length === 0) {
    await asPatch();
    return "rocket";
  }
  const body = repairsByHand(found, left, { because, docsUrl, suggested: suggestions.length });
  await reviewOnce(lines, target, { headSha, body, comments: suggestions }).catch((error: unknown) => {
    // The head has moved, or GitHub shows other lines than it told of.
    if (statusOf(error) !== 422) throw error;
    return asPatch();
  });
  return "rocket";
}
