import { cannotJudge, cannotRepair, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

const REACHES = {
  bugs: { value: 1, says: "looks for likely bugs." },
  some: { value: 0.7, says: "looks for some kinds of bugs, and not for all of bugbear's." },
  basic: { value: 0.4, says: "looks for little more than what cannot run." },
  layout: { value: 0.3, says: "looks at layout alone." },
  off: { value: 0, says: "is told to check nothing." },
} as const;

export default defineRule({
  title: "The linter's rules find bugs, not only layout",
  severity: "low",
  why: "The defaults of ruff and flake8 find names that do not exist; a mutable default or a swallowed exception passes.",
  fix: 'Set `extend-select = ["B", "I", "UP"]` under `[tool.ruff.lint]`, and add families as the code gets clean.',
  references: ["https://docs.astral.sh/ruff/linter/#rule-selection"],
  peers: ["sp-repo-review RF101", "sp-repo-review RF102", "sp-repo-review RF103"],
  appliesTo: ["web-service", "library", "cli", "worker", "serverless", "data-pipeline", "ml", "automation"],
  needs: ["lintRules", "codeTools"],
  check({ lintRules, codeTools: { unread } }) {
    const [best] = lintRules;
    if (best?.reach !== "bugs") {
      if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
      const opaque = lintRules.find(({ unknown }) => unknown !== undefined);
      if (opaque) cannotJudge(`${opaque.path} goes on from ${opaque.unknown}, which was not read`);
    }
    if (!best) return skip("no linter is set up");
    const { value, says } = REACHES[best.reach];
    const places = [{ path: best.path, line: best.line, found: `${best.tool} ${says}` }];
    return value === 1 ? pass(places) : value === 0 ? fail(places) : partial(value, places);
  },
  message: ({ found }) => found.charAt(0).toUpperCase() + found.slice(1),
  repairNeeds: ["toolSettings", "ruffConfigs"],
  repair({ lintRules: [best], toolSettings: { ruff }, ruffConfigs: { files } }) {
    if (best?.tool !== "ruff") cannotRepair(`${best?.tool} needs a plugin for it, which is for people to choose`);
    if (best.reach === "off") cannotRepair("that nothing is checked may be meant");
    const settings = files.find(({ path }) => path === ruff.path)?.settings;
    // Older settings have the lists at the top; a list that is there gets one more family.
    const lists = [["lint", "extend-select"], ["lint", "select"], ["extend-select"], ["select"]];
    const list = lists.find((keys) => settings?.get(...keys)) ?? ["lint", "extend-select"];
    return [{ kind: "add", path: ruff.path, at: [...ruff.at, ...list], value: "B" }];
  },
  examples: {
    passes: { "pyproject.toml": '[tool.ruff.lint]\nextend-select = ["B", "I", "UP"]\n', "shop/api.py": "" },
    fails: { "pyproject.toml": '[tool.ruff.lint]\nselect = ["ALL"]\nignore = ["ALL"]\n', "shop/api.py": "" },
  },
});
