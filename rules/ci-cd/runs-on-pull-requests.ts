import { cannotJudge, cannotRepair, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "The tests run before a merge",
  severity: "high",
  why: "Tests that run after the merge find the fault when it is everybody's already.",
  fix: "Add `pull_request:` under `on:` of the workflow that runs the tests (and `merge_group:` where a merge queue is used).",
  references: [
    "https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#pull_request",
  ],
  peers: ["Scorecard CI-Tests", "OpenSSF OSPS-QA-03.01"],
  scope: "repository",
  needs: ["ci", "repositoryInfo"],
  check({ ci: { systems, jobs, unread, mayHide }, repositoryInfo: { visibility } }) {
    if (systems.length === 0) return skip("there is no CI");
    const testing = jobs.filter(({ commands }) => commands.some(({ purposes }) => purposes.includes("tests")));
    const at = (when: (typeof jobs)[number]["onPullRequests"]) =>
      testing.find(({ onPullRequests }) => onPullRequests === when);
    const place = (job: (typeof jobs)[number], found: string) => [{ path: job.path, line: job.triggerLine, found }];
    const before = at("yes");
    if (before) return pass(place(before, "The tests run on pull requests."));
    const pushes = at("pushes");
    if (pushes) {
      const found = "The tests run on pushes only: a pull request from a fork is not tested.";
      return partial(visibility === "private" || visibility === "internal" ? 0.8 : 0.5, place(pushes, found));
    }
    const hidden = mayHide(["tests"], { beforeMerge: true });
    if (hidden)
      cannotJudge(`what runs on pull requests is not fully known: ${hidden.reason} (${hidden.path}:${hidden.line})`);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    const unknown = at("unknown");
    if (unknown) cannotJudge(`when ${unknown.path} runs is set up outside the repository`);
    const [after] = testing;
    if (!after) return skip("no job runs the tests");
    return fail(place(after, "The tests run only after the merge, on a schedule, or by hand."));
  },
  message: ({ found }) => found,
  repairNeeds: ["pullTriggers"],
  repair({ pullTriggers }, [place]) {
    const workflow = pullTriggers.find(({ path }) => path === place?.path);
    if (!workflow) cannotRepair("only workflows of GitHub are changed");
    const { path, form, events, hasPull, releases } = workflow;
    if (hasPull) cannotRepair("the filters of its `pull_request` leave the tests out, which may be meant");
    if (releases) cannotRepair(`the workflow also holds ${releases}, which is not for pull requests`);
    if (form === "map") return [{ kind: "set", path, at: ["on", "pull_request"], value: null }];
    if (form === "list") return [{ kind: "add", path, at: ["on"], value: "pull_request" }];
    return [{ kind: "set", path, at: ["on"], value: [...events, "pull_request"] }];
  },
  examples: {
    passes: {
      ".github/workflows/ci.yml": "on:\n  pull_request:\njobs:\n  test:\n    steps:\n      - run: pytest\n",
      "tests/test_api.py": "",
    },
    fails: {
      ".github/workflows/ci.yml":
        "on:\n  push:\n    branches: [main]\njobs:\n  test:\n    steps:\n      - run: pytest\n",
      "tests/test_api.py": "",
    },
  },
});
