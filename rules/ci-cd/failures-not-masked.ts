import { cannotJudge, cannotRepair, defineRule, type Edit, failIfAny, skip } from "../../src/rule.ts";

/** Masks that can be taken out and leave the rest as it is. */
const SETTING = /^(continue-on-error|allow_failure): true$/;
const IN_COMMAND = /^(\|\| (true|:|exit 0)|--exit-zero)$/;

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
  needs: ["ci", "maskedChecks"],
  check({ ci: { systems, unread, mayHide }, maskedChecks: { masked, hasChecks } }) {
    if (systems.length === 0) return skip("there is no CI");
    const places = masked.map(({ path, line, tool, by }) => ({ path, line, found: { tool, by } }));
    if (unread[0] && places.length === 0) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (hasChecks) return failIfAny(places);
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
