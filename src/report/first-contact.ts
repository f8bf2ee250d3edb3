import type { Gate } from "../policy/policy.ts";
import type { Markdown } from "./markdown.ts";
import { folded } from "./sections.ts";
import { gateWords } from "./verdict.ts";

/** What the first check of a repository says of itself: what it is, how to require it, how to quiet it. */
export function firstContact(gate: Gate): readonly Markdown[] {
  const words = gateWords(gate);
  const fails = words === "" ? "It never fails: the policy's gate is off." : `It fails only when ${words}.`;
  return [
    `**This is pyready's first check here.** It reads the repository at this commit, executes nothing of it, and judges whether its Python is ready for production. ${fails}`,
    "",
    ...folded("Make it required, or make it quieter", [
      "- **Require it**: in the repository's settings, under *Rules* (or *Branches*), require the status check `pyready`, and choose this App as its source, so that nobody else can report it. Let merge queues wait for it like any other.",
      "- **No comments**: write `comment: never` into `.github/pyready.yml`. The default, `changes`, comments only when a change adds or fixes something.",
      "- **Never fail**: `gate: { fail-on: never }` in the same file keeps the report and lets every change pass.",
      "- **One rule off**: `rules: { category/claim: off }`, with the id of the rule as this report shows it.",
      "- What a pull request changes in that file applies once it is merged.",
    ]),
  ];
}
