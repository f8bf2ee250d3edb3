import { cannotJudge, cannotRepair, defineRule, fail, shareOf, skip } from "../../src/rule.ts";

/** Without a block, where the repository's default lets the token read alone. */
const READ_BY_DEFAULT = 0.8;

export default defineRule({
  title: "Workflow tokens start read-only",
  severity: "high",
  why: "Any step of a job, and every action it brings in, can use the job's token: with write scopes it can push code, releases and packages.",
  fix: "Write `permissions: { contents: read }` at the top of the workflow, and give write scopes only in the permissions of the job that needs them.",
  references: [
    "https://docs.github.com/actions/writing-workflows/choosing-what-your-workflow-does/controlling-permissions-for-github_token",
  ],
  peers: ["Scorecard Token-Permissions", "zizmor excessive-permissions", "poutine default_permissions_on_risky_events"],
  appliesTo: "any",
  scope: "repository",
  needs: ["tokenPermissions", "githubSettings"],
  check({ tokenPermissions: { workflows, hasWorkflows, unread }, githubSettings: { workflowToken } }) {
    const isReadOnly = workflowToken.known && workflowToken.value.isReadOnly;
    const places = workflows.flatMap(({ problems }) =>
      problems.map(({ path, line, kind, names }) => ({ path, line, found: { kind, names } })),
    );
    if (places.length === 0 && unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (!hasWorkflows) return skip("there are no GitHub workflows");
    if (workflows.length === 0) return skip("every workflow is called by others and has the permissions of its caller");
    if (places.some(({ found }) => found.kind === "write-all")) return fail(places);
    const complying = workflows.reduce((sum, { problems }) => sum + shareOfOne(problems, isReadOnly), 0);
    return shareOf(complying, workflows.length, places);
  },
  message: ({ found: { kind, names } }) => {
    if (kind === "write-all") return "The token may write everything.";
    if (kind === "shared-write") return `Several jobs share the right to write ${names.join(", ")}.`;
    return `No permissions are declared for ${names.length === 1 ? `the job ${names[0]}` : `${names.length} jobs`}, so the token has the repository's default.`;
  },
  repairNeeds: ["permissionEdits"],
  repair({ permissionEdits }) {
    if ("reason" in permissionEdits) cannotRepair(permissionEdits.reason);
    return permissionEdits.edits;
  },
  examples: {
    passes: {
      ".github/workflows/ci.yml":
        "on: pull_request\npermissions:\n  contents: read\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: pytest\n",
    },
    fails: {
      ".github/workflows/ci.yml":
        "on: pull_request\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: pytest\n",
    },
  },
});

function shareOfOne(problems: readonly { readonly kind: string }[], isReadOnly: boolean): number {
  if (problems.length === 0) return 1;
  return isReadOnly && problems.every(({ kind }) => kind === "undeclared") ? READ_BY_DEFAULT : 0;
}
