import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

/** A person's approval, or use as data alone, lowers the danger to high; its value is that of one violation of many. */
const LOWERED = 0.3;

export default defineRule({
  title: "Code from a fork never runs with secrets",
  severity: "critical",
  why: "The events pull_request_target, workflow_run and issue_comment run with the repository's secrets; a job that builds the head of a fork there hands them to whoever opened it.",
  fix: "Build the head in a `pull_request` workflow without secrets, and use its result in a second workflow that checks nothing out.",
  byHand: "the workflow has to be cut in two, and what passes between them is for people to say",
  references: ["https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/"],
  peers: ["Scorecard Dangerous-Workflow", "zizmor dangerous-triggers", "poutine untrusted_checkout_exec"],
  appliesTo: "any",
  scope: "repository",
  needs: ["untrustedCheckouts"],
  check({ untrustedCheckouts: { checkouts, hasWorkflows, unread } }) {
    const places = checkouts.map(({ path, line, brings, event, use, gate }) => ({
      path,
      line,
      found: { brings, event, use, gate },
    }));
    const open = places.filter(({ found }) => found.use === "run" && !found.gate);
    if (open.length > 0) return fail(open);
    if (places.length > 0) return partial(LOWERED, places);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return hasWorkflows ? pass() : skip("there are no GitHub workflows");
  },
  message({ found: { brings, event, use, gate } }) {
    const what = brings === "head" ? "checks out the head" : "downloads an artifact";
    const step = `It ${what} of a pull request on ${event}`;
    if (use === "read") return `${step}; what follows only reads it.`;
    if (gate === "person") return `${step}, and commands follow, once somebody approved by a label or comment.`;
    if (gate === "environment") return `${step}, and commands follow, once the job's environment lets it run.`;
    return `${step}, and commands follow.`;
  },
  examples: {
    passes: {
      ".github/workflows/label.yml":
        "on: pull_request_target\njobs:\n  label:\n    steps:\n      - uses: actions/labeler@v6\n",
    },
    fails: {
      ".github/workflows/test.yml":
        "on: pull_request_target\njobs:\n  test:\n    steps:\n      - uses: actions/checkout@v6\n        with:\n          ref: ${{ github.event.pull_request.head.sha }}\n      - run: pip install . && pytest\n",
    },
  },
});
