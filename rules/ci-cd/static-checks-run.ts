import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

/** What each part is worth. */
const LINT = 0.6;
const TYPES = 0.4;

export default defineRule({
  title: "CI lints and checks types",
  severity: "medium",
  why: "A linter that runs only where somebody installed its hook lets through what the others wrote.",
  fix: "Add a job that runs `ruff check`, `ruff format --check` and `mypy` (or `pre-commit run --all-files`) on every pull request.",
  byHand: "whether the code passes such a check today is not known, and one that fails from the start helps nobody",
  references: ["https://docs.astral.sh/ruff/integrations/#github-actions"],
  peers: ["sp-repo-review PC110", "sp-repo-review MY100"],
  scope: "repository",
  needs: ["staticChecks", "ci", "profile", "repositoryInfo"],
  check({ staticChecks: { lint, types, idle, home, hasCi }, ci: { unread, mayHide }, profile, repositoryInfo }) {
    if (!hasCi) return skip("there is no CI");
    const places = [lint, types].flatMap((use) =>
      use ? [{ path: use.path, line: use.line, found: "It runs here." }] : [],
    );
    if (lint && (types || profile.id === "notebooks")) return pass(places);
    const missing = [...(lint ? [] : (["lint"] as const)), ...(types ? [] : (["types"] as const))];
    const hidden = mayHide(missing, { beforeMerge: true });
    if (hidden) cannotJudge(`what CI runs is not fully known: ${hidden.reason} (${hidden.path}:${hidden.line})`);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (lint) return partial(LINT, [...places, { found: "No type checker runs in CI." }]);
    // pre-commit.ci is switched on without a file, and runs whatever hooks there are.
    if (idle && repositoryInfo.visibility !== "private")
      cannotJudge(`CI does not run the hooks of ${idle.path}, and only GitHub tells whether pre-commit.ci does`);
    if (types) return partial(TYPES, [...places, { found: "No linter runs in CI." }]);
    return fail([{ path: home, line: 1, found: "Neither a linter nor a type checker runs in CI." }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      ".github/workflows/ci.yml":
        "on: pull_request\njobs:\n  lint:\n    steps:\n      - run: ruff check\n      - run: mypy .\n",
      "shop/api.py": "",
    },
    fails: {
      ".github/workflows/ci.yml": "on: pull_request\njobs:\n  test:\n    steps:\n      - run: pytest\n",
      "shop/api.py": "",
    },
  },
});
