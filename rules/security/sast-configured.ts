import { cannotJudge, cannotRepair, defineRule, fail, partial, pass } from "../../src/rule.ts";

/** Analysis of the workflows alone leaves the source unseen. */
const WORKFLOWS_ONLY = 0.3;
/** Names under which analyses report that may be set up elsewhere. */
const REPORTS = /^(codeql|analyze \((python|actions, python)\)|sonarcloud|sonarqube|semgrep|snyk code)\b/i;

export default defineRule({
  title: "Static security analysis runs on the source",
  severity: "medium",
  why: "Injection, unsafe deserialisation and hard-coded secrets follow known patterns, which a scanner finds in every change and a reviewer in some.",
  fix: 'Add `"S"` to the `select` list of ruff, or a CodeQL workflow.',
  references: [
    "https://docs.astral.sh/ruff/rules/#flake8-bandit-s",
    "https://docs.github.com/code-security/code-scanning",
  ],
  peers: ["Scorecard SAST", "OpenSSF OSPS-VM-06.02"],
  scope: "repository",
  needs: ["codeAnalysis", "ci", "githubSettings"],
  check({ codeAnalysis: { source, workflows, unread }, ci, githubSettings: { codeScanning, recentChecks } }) {
    const at = ({ tool, path, line }: { tool: string; path: string; line: number }) => ({
      path,
      line,
      found: `${tool} analyses the code.`,
    });
    if (source[0]) return pass([at(source[0])]);
    if (codeScanning.known && codeScanning.value)
      return pass([{ found: "GitHub's code scanning is on, by its default setup." }]);
    const seen = recentChecks.known ? recentChecks.value.names.find((name) => REPORTS.test(name)) : undefined;
    if (seen !== undefined) return pass([{ found: `A check reports as \`${seen}\`.` }]);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (workflows[0])
      return partial(WORKFLOWS_ONLY, [
        { ...at(workflows[0]), found: `${workflows[0].tool} analyses the workflows, and nothing the source.` },
      ]);
    // Code scanning can be switched on in GitHub's settings without a file.
    if (ci.systems.length === 0 && codeScanning.known)
      return fail([{ found: "GitHub's code scanning is off for Python, and no file sets up another." }]);
    if (ci.systems.length === 0)
      cannotJudge("without CI in the repository, only GitHub's settings can tell whether code scanning is on");
    const hidden = ci.mayHide(["security"]);
    if (hidden) cannotJudge(`what CI runs is not fully known: ${hidden.reason} (${hidden.path}:${hidden.line})`);
    if (ci.unread[0]) cannotJudge(`${ci.unread[0].path} could not be read: ${ci.unread[0].reason}`);
    return fail([{ found: "Neither CI nor any configuration holds a security analysis of the source." }]);
  },
  message: ({ found }) => found,
  repairNeeds: ["codeqlWorkflow"],
  repair({ codeqlWorkflow }) {
    if ("reason" in codeqlWorkflow) cannotRepair(codeqlWorkflow.reason);
    return [{ kind: "create", path: ".github/workflows/codeql.yml", text: codeqlWorkflow.text }];
  },
  examples: {
    passes: { "pyproject.toml": '[tool.ruff.lint]\nselect = ["E", "F", "S"]\n', "shop/api.py": "" },
    fails: {
      ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n      - run: pytest\n",
      "shop/api.py": "",
    },
  },
});
