import { structuredPatch } from "diff";
import type { PolicyChange } from "../policy/add-waiver.ts";
import type { ProposedWaiver } from "../policy/proposed-waiver.ts";
import { block, code, isPlain, type Markdown, sentence, waiverReason } from "./markdown.ts";

const USAGE = "`/pyready waive RULE [PATH] until YYYY-MM-DD because REASON`";
const NOTHING_YET = "Nothing is waived before it is merged";

/** Why a waiver was not proposed. @param problems may hold what the person wrote */
export function refusedWaiver(problems: readonly string[]): Markdown {
  return ["This waiver is not proposed:", "", ...problems.map((problem) => `- ${sentence(problem)}`), "", USAGE].join(
    "\n",
  );
}

/** The pull request that adds a waiver to the policy. */
export function waiverProposal(
  { rule, path, reason, expires }: ProposedWaiver,
  { login, number }: { readonly login: string; readonly number: number },
): { readonly title: string; readonly body: Markdown } {
  const body = [
    `Asked for by ${code(login)} in #${number}.`,
    "",
    `- **Rule:** \`${rule}\``,
    `- **Where:** ${path === null ? "everywhere" : code(path)}`,
    `- **Until:** ${expires}`,
    `- **Reason:** ${waiverReason(reason)}`,
    "",
    `${NOTHING_YET}. From then on every report shows the finding as waived, and the score leaves it out; on the day after ${expires} it counts again.`,
  ];
  return { title: `Waive ${rule} until ${expires}`, body: body.join("\n") };
}

/** What to write where pyready cannot. */
export interface ByHand {
  readonly change: PolicyChange;
  /** Whether the change is exact, or shows what a waiver looks like. */
  readonly isExact: boolean;
  /** The reason, in words that follow "because". */
  readonly because: string;
  readonly branch: string;
  readonly repositoryUrl: string;
}

/** What to add to the policy by hand, and where. */
export function waiverByHand({ change, isExact, because, branch, repositoryUrl }: ByHand): Markdown {
  const { path, before, after } = change;
  const page = before === null ? `new/${branch}?filename=${path}` : `edit/${branch}/${path}`;
  const file = isPlain(branch) ? `[\`${path}\`](${repositoryUrl}/${page})` : `\`${path}\``;
  const lead = `pyready cannot propose this waiver itself, because ${sentence(because)}. ${NOTHING_YET} into ${code(branch)}.`;
  if (!isExact) return [`${lead} A waiver in ${file} reads:`, "", block(after, "yaml")].join("\n");
  if (before === null) return [`${lead} Write this to ${file}:`, "", block(after, "yaml")].join("\n");
  const { hunks } = structuredPatch(path, path, before, after, "", "", { context: 0 });
  const lines = hunks.flatMap((hunk) => hunk.lines).filter((line) => !line.startsWith("\\"));
  const [first] = hunks;
  if (lines.some((line) => line.startsWith("-")))
    return [`${lead} Change ${file}, line ${first?.oldStart}:`, "", block(lines.join("\n"), "diff")].join("\n");
  const added = lines.map((line) => line.slice(1)).join("\n");
  const language = path.endsWith(".toml") ? "toml" : "yaml";
  return [`${lead} Add this to ${file}, after line ${(first?.oldStart ?? 1) - 1}:`, "", block(added, language)].join(
    "\n",
  );
}
