import { createHash } from "node:crypto";
import { POLICY_FILES, type PolicyChange, withWaiver } from "../policy/add-waiver.ts";
import { type ProposedWaiver, proposedWaiver } from "../policy/proposed-waiver.ts";
import { type Proposal, type Proposals, propose } from "../publish/proposal.ts";
import { proposedBefore } from "../report/answers.ts";
import { refusedWaiver, waiverByHand, waiverProposal } from "../report/waiver-answers.ts";
import type { WaiveCommand } from "../webhooks/command.ts";
import type { CommandRequest } from "../webhooks/review-request.ts";
import { type Explaining, rulesFor } from "./explain.ts";

/** Where proposals to a repository start from. */
export interface DefaultBranch {
  readonly name: string;
  readonly commit: string;
  /** The files that were asked for and are there; null for one that is no text, or too large. */
  readonly texts: ReadonlyMap<string, string | null>;
}

/** What proposing a waiver needs. */
export interface Waiving extends Pick<Explaining, "rules" | "ownRules"> {
  /** The repository's pages on GitHub. */
  readonly repositoryUrl: string;
  now(): number;
  defaultBranch(paths: readonly string[]): Promise<DefaultBranch>;
  /** What would be wrong with the policy of the default branch with this change. */
  objectionsTo(branch: DefaultBranch, change: PolicyChange): Promise<readonly string[]>;
  /** What the installation lets the App do, as GitHub names it. */
  permissions(): Promise<Readonly<Record<string, string>>>;
  /** Writes files, with a token that no other job has. */
  proposer(): Promise<Proposals>;
}

/** Proposes a waiver to the policy of the default branch: nothing is waived before people merge it. */
export async function waive(
  ports: Waiving,
  request: CommandRequest,
  answer: (body: string) => Promise<void>,
  words: WaiveCommand,
): Promise<"rocket" | "confused"> {
  const { repositoryUrl } = ports;
  const { login, number } = request;
  const today = new Date(ports.now()).toISOString().slice(0, 10);
  const rules = await rulesFor(ports, words.rule);
  const waiver = proposedWaiver(words, { rules, today, login });
  if (!("rule" in waiver)) {
    await answer(refusedWaiver(waiver));
    return "confused";
  }
  const standing = await ports.defaultBranch(POLICY_FILES);
  const { name: branch, commit, texts } = standing;
  const change = withWaiver(texts, waiver);
  const byHand = async (because: string): Promise<"rocket"> => {
    const shown = typeof change === "string" ? withWaiver(new Map(), waiver) : change;
    if (typeof shown === "string") throw new Error("a waiver could not be written into an empty file");
    await answer(waiverByHand({ change: shown, isExact: shown === change, because, branch, repositoryUrl }));
    return "rocket";
  };
  if (typeof change === "string") return byHand(change);
  const objections = await ports.objectionsTo(standing, change);
  if (objections.length > 0) {
    await answer(refusedWaiver(objections));
    return "confused";
  }
  if ((await ports.permissions()).contents !== "write")
    return byHand("its App lacks the permission `contents: write` here");
  const { path, after } = change;
  const { title, body } = waiverProposal(waiver, { login, number });
  const pull = await propose(await ports.proposer(), {
    ...branchOf(waiver),
    into: branch,
    parent: commit,
    files: [{ path, mode: "100644", text: after }],
    message: title,
    title,
    body,
  });
  if (pull.state === "open") return "rocket";
  await answer(proposedBefore(pull));
  return "confused";
}

/** The same waiver has the same branch, whoever asks for it; one of the same places takes the place of the one before. */
function branchOf({ rule, path, reason, expires }: ProposedWaiver): Pick<Proposal, "branch" | "series"> {
  const series = `pyready/waive-${digestOf([rule, path])}-`;
  return { series, branch: `${series}${digestOf([reason, expires])}` };
}

function digestOf(content: unknown): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 12);
}
