import { cannotJudge, defineRule, fail, offer, pass, shareOf } from "../../src/rule.ts";

/** What holds something else tomorrow under the same name. */
const MOVING = /^(main|master|head|trunk|develop|dev|stable|latest|next)$/i;
/** Hooks that are at hand, and have no revision. */
const AT_HAND = /^(local|meta|builtin)$/;

export default defineRule({
  title: "Hooks check a change before it is pushed, in fixed versions",
  severity: "low",
  why: "A hook finds what a linter would find in seconds on the laptop; one that follows a branch runs other code tomorrow.",
  fix: "Add .pre-commit-config.yaml with the hooks of pre-commit-hooks and ruff, each `rev` a tag or a commit.",
  references: ["https://pre-commit.com/#pre-commit-configyaml---repos"],
  peers: ["sp-repo-review PY006", "sp-repo-review PC100", "zizmor insecure-url-scheme"],
  appliesTo: ["web-service", "library", "cli", "worker", "serverless", "data-pipeline", "ml", "automation"],
  scope: "repository",
  needs: ["preCommit", "gitHooks"],
  check({ preCommit, gitHooks }) {
    // Hooks are installed once, from the root; a file further down is of another project or a template.
    const isRoot = ({ path }: { path: string }) => !path.includes("/");
    const sources = preCommit.sources.filter(isRoot).filter(({ repository }) => !AT_HAND.test(repository));
    const offenders = sources.flatMap(({ repository, revision, path, line, revisionLine }) => {
      const found = wrongWith(repository, revision);
      const isAddress = found?.startsWith(repository) ?? false;
      return found ? [{ path, line: isAddress ? line : (revisionLine ?? line), found }] : [];
    });
    if (offenders.length > 0) return shareOf(sources.length - offenders.length, sources.length, offenders);
    const [hook] = preCommit.hooks.filter(isRoot);
    if (hook) return pass([{ path: hook.path, line: hook.line, found: "Hooks are set up here." }]);
    const script = gitHooks.files.find(({ checkLine }) => checkLine !== undefined);
    if (script) return pass([{ path: script.path, line: script.checkLine, found: "A hook of git runs checks." }]);
    const [unread] = [...preCommit.unread.filter(isRoot), ...gitHooks.unread];
    if (unread) cannotJudge(`${unread.path} could not be read: ${unread.reason}`);
    const [opaque] = gitHooks.files;
    if (opaque) cannotJudge(`what ${opaque.path} runs does not show whether it checks the Python`);
    const empty = preCommit.paths.find((path) => isRoot({ path }));
    if (empty) return fail([{ path: empty, line: 1, found: "It holds no hook." }]);
    return fail([{ found: "No hooks are set up." }]);
  },
  message: ({ found }) => found,
  repairNeeds: ["freshHooks"],
  repair: ({ freshHooks }) => offer(freshHooks, "which version of a hook is the right one is not told here"),
  examples: {
    passes: {
      ".pre-commit-config.yaml":
        "repos:\n  - repo: https://github.com/astral-sh/ruff-pre-commit\n    rev: v0.14.5\n    hooks:\n      - id: ruff-check\n",
      "shop/api.py": "",
    },
    fails: { "requirements.txt": "django\n", "shop/api.py": "" },
  },
});

function wrongWith(repository: string, revision: string | undefined): string | undefined {
  if (/^(http|git):\/\//i.test(repository)) return `${repository} is fetched without encryption.`;
  if (/^\.{0,2}\//.test(repository)) return undefined;
  if (revision === undefined) return `${repository} has no \`rev\`.`;
  return MOVING.test(revision) ? `\`rev: ${revision}\` is not a fixed version.` : undefined;
}
