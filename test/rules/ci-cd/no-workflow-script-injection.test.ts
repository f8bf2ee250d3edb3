import rule from "../../../rules/ci-cd/no-workflow-script-injection.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const PATH = ".github/workflows/greet.yml";
const on = (trigger: string, steps: string) => ({ [PATH]: `on: ${trigger}\njobs:\n  greet:\n    steps:\n${steps}` });
const run = (expression: string, trigger = "[issues, pull_request, issue_comment]") =>
  on(trigger, `      - run: |\n          echo start\n          echo "\${{ ${expression} }}"\n`);
const input = (type: string) => ({
  [PATH]: `on:\n  workflow_dispatch:\n    inputs:\n      name:\n        type: ${type}\n        options: [a]\njobs:\n  greet:\n    steps:\n      - run: echo \${{ inputs.name }}\n`,
});

describeRule(rule, [
  { name: "no workflows", repo: { "app.py": "" }, expect: "skip" },
  ...[
    "github.event.issue.title",
    "github.event.pull_request.body",
    "github.head_ref",
    "github.event.pull_request.head.ref",
    "github.event.comment.body",
    "github.event.issue['title']",
    "toJSON(github.event)",
    "format('{0}', github.event.issue.title)",
  ].map((expression) => ({
    name: `${expression}, at the line of the expression`,
    repo: run(expression),
    expect: "fail" as const,
    evidence: [`${PATH}:7`],
  })),
  ...[
    "github.sha",
    "runner.os",
    "github.event.pull_request.number",
    "contains(github.event.issue.title, 'x')",
    "github.event.issue.title == 'x'",
  ].map((expression) => ({
    name: `${expression} is safe`,
    repo: run(expression),
    expect: "pass" as const,
  })),
  {
    name: "through the environment and quoted",
    repo: on("issues", '      - env:\n          TITLE: ${{ github.event.issue.title }}\n        run: echo "$TITLE"\n'),
    expect: "pass",
  },
  {
    name: "through the environment and back by an expression",
    repo: on(
      "issues",
      "      - env:\n          TITLE: ${{ github.event.issue.title }}\n        run: echo ${{ env.TITLE }}\n",
    ),
    expect: "fail",
    evidence: [`${PATH}:7`],
  },
  {
    name: "in a script of github-script",
    repo: on(
      "issues",
      "      - uses: actions/github-script@v8\n        with:\n          script: |\n            console.log('${{ github.event.issue.title }}')\n",
    ),
    expect: "fail",
    evidence: [`${PATH}:8`],
  },
  {
    name: "an input of another action is no shell",
    repo: on(
      "issues",
      "      - uses: acme/notify@v1\n        with:\n          text: ${{ github.event.issue.title }}\n",
    ),
    expect: "pass",
  },
  {
    name: "a composite action whose input reaches its script",
    repo: {
      ...on(
        "issues",
        "      - uses: ./.github/actions/say\n        with:\n          text: ${{ github.event.issue.title }}\n",
      ),
      ".github/actions/say/action.yml":
        "inputs:\n  text:\n    required: true\nruns:\n  using: composite\n  steps:\n    - shell: bash\n      run: echo ${{ inputs.text }}\n",
    },
    expect: "fail",
  },
  {
    name: "a text input, which only writers can send",
    repo: input("string"),
    expect: "partial",
    value: 0.3,
    evidence: [`${PATH}:10`],
  },
  ...["choice", "boolean", "number", "environment"].map((type) => ({
    name: `an input of type ${type}`,
    repo: input(type),
    expect: "pass" as const,
  })),
  {
    name: "a literal of the matrix",
    repo: {
      [PATH]:
        "on: issues\njobs:\n  greet:\n    strategy:\n      matrix:\n        word: [hello]\n    steps:\n      - run: echo ${{ matrix.word }}\n",
    },
    expect: "pass",
  },
  {
    name: "the tag of a release, which its publisher chooses",
    repo: run("github.event.release.tag_name", "release"),
    expect: "fail",
    evidence: [`${PATH}:7`],
    says: "whoever publishes a release",
  },
  {
    name: "the notes of a release, which quote strangers",
    repo: run("github.event.release.body", "release"),
    expect: "fail",
    says: "quotes what strangers wrote",
  },
  {
    name: "the title of an issue in a workflow that only a schedule starts",
    repo: run("github.event.issue.title", "{ schedule: [{ cron: '0 0 * * *' }] }"),
    expect: "partial",
    value: 0.5,
  },
  {
    name: "the author of a commit that anybody's branch holds",
    repo: run("github.event.commits[0].author.name", "push"),
    expect: "fail",
  },
  {
    name: "a push to a protected branch",
    repo: run("github.event.head_commit.message", "{ push: { branches: [main] } }"),
    expect: "partial",
    value: 0.5,
  },
  { name: "a workflow that is not YAML", repo: { [PATH]: "on: [\n" }, expect: "unknown" },
  ...[
    ["pull_request_review", "github.event.review.body"],
    ["pull_request_review_comment", "github.event.comment.body"],
    ["pull_request_target", "github.event.pull_request.head.label"],
    ["pull_request_target", "github.event.pull_request.head.repo.default_branch"],
    ["gollum", "github.event.pages.*.page_name"],
    ["discussion", "github.event.discussion.title"],
    ["push", "github.event.head_commit.message"],
    ["push", "github.event.commits[0].author.email"],
    ["workflow_run", "github.event.workflow_run.head_branch"],
  ].map(([trigger = "", expression = ""]) => ({
    name: `${expression} on ${trigger}`,
    repo: run(expression, trigger),
    expect: "fail" as const,
    evidence: [`${PATH}:7`],
  })),
  {
    name: "an input that a local reusable workflow hands on",
    repo: {
      ...on("workflow_call", "      - run: echo ${{ inputs.title }}\n"),
      ".github/workflows/call.yml":
        "on: issues\njobs:\n  call:\n    uses: ./.github/workflows/greet.yml\n    with:\n      title: ${{ github.event.issue.title }}\n",
    },
    expect: "fail",
  },
]);

const repaired = (steps: string) => ({
  ".github/workflows/greet.yml": `on: issues\npermissions: {}\njobs:\n  greet:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`,
});
const TITLE = "${{ github.event.issue.title }}";

describeRepair(rule, [
  {
    name: "lifts expressions out of quotes of every kind, and keeps what the environment holds",
    repo: repaired(`      - name: Greet # all
        env:
          NAME: x # of the shop
        run: |
          # don't
          echo "new: ${TITLE}"
          echo 'new: ${TITLE}' # x
      - run: echo ${TITLE}
`),
    after: repaired(`      - name: Greet # all
        env:
          NAME: x # of the shop
          ISSUE_TITLE: ${TITLE}
        run: |
          # don't
          echo "new: \${ISSUE_TITLE}"
          echo 'new: '"\${ISSUE_TITLE}"'' # x
      - run: echo "\${ISSUE_TITLE}"
        env:
          ISSUE_TITLE: ${TITLE}
`),
  },
  {
    name: "lifts a text of JavaScript, and names a variable that is there",
    repo: repaired(`      - uses: actions/github-script@v7
        with:
          script: |
            console.log('${TITLE}')
      - env: { TITLE: "${TITLE}" }
        run: echo \${{ env.TITLE }}
`),
    after: repaired(`      - uses: actions/github-script@v7
        with:
          script: |
            console.log(process.env.ISSUE_TITLE)
        env:
          ISSUE_TITLE: ${TITLE}
      - env: { TITLE: "${TITLE}" }
        run: echo "\${TITLE}"
`),
  },
  ...[
    `      - run: |\n          cat <<END\n          ${TITLE}\n          END\n`,
    `      - run: echo "$(echo ${TITLE})"\n`,
    `      - run: echo ${TITLE} "${TITLE}"\n`,
    `      - run: print('${TITLE}')\n        shell: python\n`,
    `      - run: echo $ISSUE_TITLE ${TITLE}\n`,
    `      - uses: actions/github-script@v7\n        with:\n          script: console.log(\`new ${TITLE}\`)\n`,
    "      - run: echo ${{ format('{0}', github.event.issue.title) }}\n",
  ].map((steps) => ({
    name: `leaves alone what is not plain: ${JSON.stringify(steps)}`,
    repo: repaired(steps),
    refuses: "nothing here can be changed for sure",
  })),
]);
