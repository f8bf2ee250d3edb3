import rule from "../../../rules/ci-cd/credentials-scoped.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const PATH = ".github/workflows/ci.yml";
const job = (text: string, head = "") => ({
  [PATH]: `on: push\n${head}jobs:\n  work:\n${text.replace(/^/gm, "    ")}\n`,
});
const CHECKOUT = "steps:\n  - uses: actions/checkout";
const READ = "permissions: { contents: read }\n";

describeRule(rule, [
  { name: "no workflow", repo: { "shop.py": "" }, expect: "skip" },
  { name: "a job without any credential", repo: job("steps:\n  - run: echo hello"), expect: "skip" },
  {
    name: "the token stays on disk, at the checkout",
    repo: job(`${CHECKOUT}@v4\n  - run: pytest`),
    expect: "partial",
    value: 0.5,
    evidence: [`${PATH}:5`],
    says: "on disk",
  },
  {
    name: "the token stays on disk and can only read",
    repo: job(`${CHECKOUT}@v4\n  - run: pytest`, READ),
    expect: "partial",
    value: 0.8,
  },
  { name: "the token lies outside the checkout", repo: job(`${CHECKOUT}@v6`), expect: "partial", value: 0.8 },
  {
    name: "the same by the comment behind a commit",
    repo: job(`${CHECKOUT}@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v6.0.1`),
    expect: "partial",
    value: 0.8,
  },
  { name: "it is not kept", repo: job(`${CHECKOUT}@v4\n    with:\n      persist-credentials: false`), expect: "pass" },
  { name: "a job that pushes needs it", repo: job(`${CHECKOUT}@v4\n  - run: git push origin docs`), expect: "pass" },
  {
    name: "an action that pushes needs it",
    repo: job(`${CHECKOUT}@v4\n  - uses: stefanzweifel/git-auto-commit-action@v7`),
    expect: "pass",
  },
  {
    name: "GITHUB_TOKEN is exempt",
    repo: job("steps:\n  - run: gh issue list\n    env:\n      GH_TOKEN: ${{ secrets.GITHUB_TOKEN }}"),
    expect: "skip",
  },
  {
    name: "every secret for a workflow of another repository",
    repo: job("uses: acme/shared/.github/workflows/ci.yml@v1\nsecrets: inherit"),
    expect: "fail",
    evidence: [`${PATH}:5`],
    says: "acme/shared",
  },
  {
    name: "every secret for a workflow of the repository itself",
    repo: job("uses: ./.github/workflows/test.yml\nsecrets: inherit"),
    expect: "pass",
  },
  {
    name: "secrets by name for a workflow of another repository",
    repo: job("uses: acme/shared/.github/workflows/ci.yml@v1\nsecrets:\n  token: ${{ secrets.TOKEN }}"),
    expect: "pass",
  },
  {
    name: "all secrets in one value, at its line",
    repo: job("steps:\n  - run: |\n      env\n      echo '${{ toJSON(secrets) }}' > all.json"),
    expect: "fail",
    evidence: [`${PATH}:7`],
  },
  {
    name: "the password of a container's registry",
    repo: job(
      "container:\n  image: acme/shop\n  credentials:\n    username: bot\n    password: hunter2\nsteps:\n  - run: pytest",
    ),
    expect: "fail",
    evidence: [`${PATH}:8`],
    says: "password",
  },
  {
    name: "the password of a service's registry is a secret",
    repo: job(
      "services:\n  db:\n    image: acme/db\n    credentials:\n      password: ${{ secrets.REGISTRY }}\nsteps:\n  - run: pytest",
    ),
    expect: "pass",
  },
  {
    name: "a release with a secret that no environment holds",
    repo: job(
      "steps:\n  - run: uv publish\n    env:\n      USER: ${{ secrets.USER }}\n      UV_PUBLISH_TOKEN: ${{ secrets.PYPI }}",
    ),
    expect: "fail",
    evidence: [`${PATH}:8`],
    says: "`PYPI`",
  },
  {
    name: "the same in an environment",
    repo: job("environment: pypi\nsteps:\n  - run: uv publish\n    env:\n      UV_PUBLISH_TOKEN: ${{ secrets.PYPI }}"),
    expect: "pass",
  },
  {
    name: "a secret of tests needs no environment",
    repo: job("steps:\n  - run: pytest\n    env:\n      API_KEY: ${{ secrets.API_KEY }}"),
    expect: "pass",
  },
  { name: "a workflow that is not YAML", repo: { [PATH]: "on: [\n" }, expect: "unknown" },
]);

const CI = ".github/workflows/ci.yml";

describeRepair(rule, [
  {
    name: "leaves no token on disk where nothing pushes",
    repo: {
      [CI]: `on: push
permissions: {}
jobs:
  test:
    steps:
      - uses: actions/checkout@v6 # newest
      - name: Again, below
        uses: actions/checkout@v6
        with:
          path: below # the folder

      - run: pytest
  flow:
    steps: [{ uses: actions/checkout@v6 }, { run: pytest }]
  release:
    steps:
      - uses: actions/checkout@v6
      - run: git push
`,
    },
    after: {
      [CI]: `on: push
permissions: {}
jobs:
  test:
    steps:
      - uses: actions/checkout@v6 # newest
        with:
          persist-credentials: false
      - name: Again, below
        uses: actions/checkout@v6
        with:
          path: below # the folder
          persist-credentials: false

      - run: pytest
  flow:
    steps: [{ uses: actions/checkout@v6, with: { persist-credentials: false } }, { run: pytest }]
  release:
    steps:
      - uses: actions/checkout@v6
      - run: git push
`,
    },
  },
  ...[
    "run: make release",
    "uses: tj-actions/changed-files@v45",
    "run: ./scripts/bump-version.sh",
    "run: git config --global user.name bot",
    "run: uv run scripts/update_changelog.py",
  ].map((step) => ({
    name: `keeps the token for ${step}`,
    repo: { [CI]: `on: push\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n      - ${step}\n` },
    refuses: "a later step may need the token",
  })),
  {
    name: "keeps a token that the checkout is given",
    repo: {
      [CI]: "on: push\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with: { token: '${{ secrets.BOT }}' }\n",
    },
    refuses: "a later step may need the token",
  },
  { name: "does not say which secrets a job needs", repo: rule.examples.fails, refuses: "is for people to say" },
]);
