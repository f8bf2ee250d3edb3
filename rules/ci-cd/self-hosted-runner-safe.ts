import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "Strangers cannot run code on your own machines",
  severity: "high",
  why: "A pull request from a fork runs whatever its author writes; on a machine that outlives the job it can stay, read the next job's secrets and reach the network around it.",
  fix: "Run `pull_request` jobs on hosted runners such as `ubuntu-24.04`, and keep `self-hosted` for events that only those with write access cause.",
  byHand: "which runner takes its place is for people to say",
  references: ["https://docs.github.com/actions/reference/security/secure-use#hardening-for-self-hosted-runners"],
  peers: ["zizmor self-hosted-runner", "poutine pr_runs_on_self_hosted"],
  appliesTo: "any",
  scope: "repository",
  needs: ["exposedRunners", "repositoryInfo"],
  check({ exposedRunners: { runners, runsForPullRequests, hasWorkflows, unread }, repositoryInfo: { visibility } }) {
    if (visibility === "private" || visibility === "internal") return skip("strangers cannot open pull requests here");
    const own = runners.filter(({ isSelfHosted }) => isSelfHosted);
    const [first] = own;
    if (first && visibility !== "public")
      cannotJudge(
        `${first.path}:${first.line} runs pull requests on \`self-hosted\`, and whether the repository is public is not known`,
      );
    if (first) return fail(own.map(({ path, line, label }) => ({ path, line, found: label })));
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (!hasWorkflows) return skip("there are no GitHub workflows");
    const [unclear] = runners;
    if (unclear)
      cannotJudge(
        `${unclear.path}:${unclear.line} runs pull requests on ${unclear.label ? `\`${unclear.label}\`` : "a runner that is computed or a group"}, and only the settings tell whose machine that is`,
      );
    return runsForPullRequests ? pass() : skip("no workflow runs the code of pull requests");
  },
  message: ({ found }) => `Pull requests from forks run on \`${found}\`, a machine of your own.`,
  examples: {
    passes: {
      ".github/workflows/ci.yml":
        "on: pull_request\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: pytest\n",
    },
    fails: {
      ".github/workflows/ci.yml":
        "on: pull_request\njobs:\n  test:\n    runs-on: [self-hosted, linux]\n    steps:\n      - run: pytest\n",
    },
  },
});
