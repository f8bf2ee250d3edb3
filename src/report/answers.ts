import { likeliest, rulesLike } from "../policy/named-rule.ts";
import type { CataloguedRule } from "../rule.ts";
import { MARKER } from "./comment.ts";
import { code, type Markdown, prose } from "./markdown.ts";
import type { Links } from "./publish-context.ts";

interface CommandHelp {
  readonly name: string;
  readonly usage: string;
  readonly does: string;
  readonly who: string;
}

const AUTHOR = "its author, or who may write";
const WRITER = "who may write";

const COMMANDS: readonly CommandHelp[] = [
  { name: "recheck", usage: "/recheck", does: "judges this pull request again", who: AUTHOR },
  { name: "explain", usage: "/pyready explain RULE", does: "tells why a rule matters and how to fix it", who: AUTHOR },
  {
    name: "fix",
    usage: "/pyready fix [RULE]",
    does: "proposes the repairs of what fails, or of one rule, as a pull request or as suggestions",
    who: WRITER,
  },
  {
    name: "waive",
    usage: "/pyready waive RULE [PATH] until YYYY-MM-DD because REASON",
    does: "proposes a waiver to the policy; nothing is waived before that is merged",
    who: WRITER,
  },
  { name: "pause", usage: "/pyready pause", does: "leaves the comment here as it is; the check goes on", who: WRITER },
  { name: "resume", usage: "/pyready resume", does: "ends the pause, and judges again", who: WRITER },
  { name: "help", usage: "/pyready help", does: "shows this", who: AUTHOR },
];

/** What can be asked for, and by whom. @param about a command that was asked about, or what was taken for one */
export function helpAnswer(about: string | null): Markdown {
  const known = COMMANDS.filter(({ name }) => name === about);
  const isUnknown = about !== null && known.length === 0;
  const meant = likeliest(
    about ?? "",
    COMMANDS.map(({ name }) => name),
  );
  const rows = (known.length > 0 ? known : COMMANDS).map(
    ({ usage, does, who }) => `| \`${usage}\` | ${does} | ${who} |`,
  );
  return [
    ...(isUnknown ? [`There is no command ${code(about)}.${didYouMean(meant)}`, ""] : []),
    "On the first line of a comment on a pull request:",
    "",
    "| Command | What it does | Who |",
    "|---|---|---|",
    ...rows,
    "",
    "👀 accepted · 🚀 done · 😕 refused, or not understood.",
  ].join("\n");
}

const PAUSED =
  "**Paused.** This comment stays as it is until `/pyready resume`, whatever is pushed. The check run is kept up to date.";

/** Our comment as it stands while it is paused; undefined where it says so already. */
export function pausedComment(body: Markdown): Markdown | undefined {
  if (body.includes(PAUSED) || !body.includes(MARKER)) return undefined;
  return body.replace(MARKER, `${MARKER}\n${PAUSED}\n`);
}

/** Why a rule matters, and how to fix what it finds. */
export function explainAnswer({ id, rule }: CataloguedRule, { docsUrl }: Links): Markdown {
  return [
    `**${prose(rule.title)}** · \`${id}\` · ${rule.severity}`,
    "",
    `- **Why:** ${prose(rule.why)}`,
    `- **Fix:** ${prose(rule.fix)}`,
    "",
    // A rule of one's own has no page.
    ...(id.startsWith("own/") ? [] : [`[What passes and what fails](${docsUrl}/${id}.md)`]),
  ].join("\n");
}

/** What is said where somebody asks for a rule that does not exist. */
export function unknownRuleAnswer(rules: readonly CataloguedRule[], name: string): Markdown {
  return `There is no rule ${code(name)}.${didYouMean(rulesLike(rules, name))}`;
}

/** What is said where the same was proposed before, and is not open any more. */
export function proposedBefore({ number, state }: { readonly number: number; readonly state: string }): Markdown {
  return state === "merged"
    ? `The same was merged in #${number} already.`
    : `The same was proposed in #${number}, which was closed without a merge. Open that again to take it up.`;
}

function didYouMean(known: readonly string[]): Markdown {
  if (known.length === 0) return "";
  return ` Did you mean ${known.map((one) => `\`${one}\``).join(" or ")}?`;
}
