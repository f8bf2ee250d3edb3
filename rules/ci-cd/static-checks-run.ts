import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

const LINTERS = /ruff|flake8|pylint|black|pycodestyle|pyflakes/;
const TYPE_CHECKERS = /mypy|pyright|pyrefly|pytype|\bty\b/;
/** What each part is worth. */
const LINT = 0.6;
const TYPES = 0.4;

export default defineRule({
  title: "CI lints and checks types",
  severity: "medium",
  why: "A linter that runs only where somebody installed its hook lets through what the others wrote.",
  fix: "Add a job that runs `ruff check`, `ruff format --check` and `mypy` (or `pre-commit run --all-files`) on every pull request.",
  references: ["https://docs.astral.sh/ruff/integrations/#github-actions"],
  peers: ["sp-repo-review PC110", "sp-repo-review MY100"],
  scope: "repository",
  needs: ["ci", "preCommit", "profile", "repositoryInfo"],
  check({ ci: { systems, jobs, unread, mayHide }, preCommit: { hooks, hosted }, profile, repositoryInfo }) {
    if (systems.length === 0 && !hosted) return skip("there is no CI");
    const before = jobs.filter(({ manual, onPullRequests }) => !manual && onPullRequests !== "no");
    const commands = before.flatMap((job) => job.commands);
    const hookRun = commands.find(({ words }) => words[0] === "pre-commit" || words[0] === "prek");
    const hook = (matches: RegExp, among: typeof hooks) =>
      among.find(({ id, command }) => matches.test(id) || matches.test(command));
    // Hooks that CI or pre-commit.ci runs count for whatever they hold.
    const find = (purpose: "lint" | "types", matches: RegExp) =>
      commands.find(({ purposes }) => purposes.includes(purpose)) ??
      hook(matches, hookRun ? hooks : (hosted?.hooks ?? []));
    const lint = find("lint", LINTERS);
    const types = find("types", TYPE_CHECKERS);
    const places = [lint, types].flatMap((use) =>
      use ? [{ path: use.path, line: use.line, found: "it runs here." }] : [],
    );
    if (lint && (types || profile.id === "notebooks")) return pass(places);
    const missing = (["lint", "types"] as const).filter((purpose) => !(purpose === "lint" ? lint : types));
    const hidden = mayHide(missing, { beforeMerge: true });
    if (hidden) cannotJudge(`what CI runs is not fully known: ${hidden.reason} (${hidden.path}:${hidden.line})`);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (lint) return partial(LINT, [...places, { found: "no type checker runs in CI." }]);
    // pre-commit.ci is switched on without a file, and runs whatever hooks there are.
    const idle = hosted ? undefined : hook(LINTERS, hooks);
    if (idle && !idle.path.includes("/") && repositoryInfo.visibility !== "private")
      cannotJudge(`CI does not run the hooks of ${idle.path}, and only GitHub tells whether pre-commit.ci does`);
    if (types) return partial(TYPES, [...places, { found: "no linter runs in CI." }]);
    const tested = before.find((job) => job.commands.some(({ purposes }) => purposes.includes("tests")));
    const path = (tested ?? before[0])?.path ?? systems[0]?.path;
    return fail([{ path, line: 1, found: "neither a linter nor a type checker runs in CI." }]);
  },
  message: ({ found }) => `${found.charAt(0).toUpperCase()}${found.slice(1)}`,
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
