import { cannotJudge, cannotRepair, defineRule, type Edit, failIfAny, skip } from "../../src/rule.ts";

/** Coverage is a report, whose upload may fail; so is a list of what was built in. */
const CHECKS: readonly string[] = ["tests", "lint", "types", "security", "dependency-scan"];
const ALWAYS = "`if: always()` without a look at the results";
/** Masks that can be taken out and leave the rest as it is. */
const SETTING = /^(continue-on-error|allow_failure): true$/;
const IN_COMMAND = /^(\|\| (true|:|exit 0)|--exit-zero)$/;
const isCheck = (purpose: string): boolean => CHECKS.includes(purpose);

export default defineRule({
  title: "A failing check fails the pipeline",
  severity: "high",
  why: "A test or lint step whose failure is thrown away stays green for ever: people trust a result that means nothing.",
  fix: "Remove the mask (`continue-on-error`, `|| true`, `--exit-zero`), or fix or drop the check behind it.",
  references: [
    "https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepscontinue-on-error",
  ],
  peers: ["OpenSSF OSPS-QA-03.01"],
  scope: "repository",
  needs: ["ci", "hollowGates"],
  check({ ci: { systems, jobs, unread, mayHide }, hollowGates }) {
    if (systems.length === 0) return skip("there is no CI");
    const checks = jobs
      .filter(({ manual }) => !manual)
      .flatMap(({ commands, commits }) => commands.map((command) => ({ ...command, commits })))
      .filter(({ purposes }) => purposes.some(isCheck));
    // A second, informational run of a tool that also runs strictly hides nothing.
    const strict = new Set(checks.filter(({ masked }) => masked === undefined).map(({ words }) => words[0]));
    const isSecond = ({ words, purposes }: (typeof checks)[number]) =>
      !purposes.includes("tests") && strict.has(words[0]);
    // A linter whose changes are committed mends, and does not judge.
    const mends = ({ commits, purposes }: (typeof checks)[number]) => commits && !purposes.includes("tests");
    const masked = checks.filter((command) => command.masked !== undefined && !isSecond(command) && !mends(command));
    const places = new Map(
      masked.map(({ path, line, words, masked: by }) => [
        `${path}:${line}`,
        { path, line, found: { tool: words[0] ?? "", by: by ?? "" } },
      ]),
    );
    for (const { path, line, job } of hollowGates)
      places.set(`${path}:${line}`, { path, line, found: { tool: `what \`${job}\` waits for`, by: ALWAYS } });
    if (unread[0] && places.size === 0) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (checks.length > 0) return failIfAny([...places.values()]);
    const hidden = mayHide(["tests", "lint", "types"]);
    if (hidden) cannotJudge(`what CI runs is not fully known: ${hidden.reason} (${hidden.path}:${hidden.line})`);
    return skip("CI runs no check whose failure could be masked");
  },
  message: ({ found: { tool, by } }) => `A failure of ${tool} is thrown away by ${by}.`,
  repair(_facts, places) {
    const edits = places.flatMap(({ path, line, found: { by } }): readonly Edit[] => {
      if (!path || !line) return [];
      const [, setting] = SETTING.exec(by) ?? [];
      if (setting) return [{ kind: "unset", path, line, key: setting, at: [setting] }];
      return IN_COMMAND.test(by) ? [{ kind: "replace", path, line, piece: ` ${by}`, by: "" }] : [];
    });
    return edits.length > 0 ? edits : cannotRepair("what takes the place of the mask is for people to say");
  },
  examples: {
    passes: {
      ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n      - run: pytest\n",
      "shop/api.py": "",
    },
    fails: {
      ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n      - run: pytest || true\n",
      "shop/api.py": "",
    },
  },
});
