import rule from "../../../rules/deployment/environments-separated.ts";
import { describeRule, known } from "../../support/describe-rule.ts";

const service = { "manage.py": "", "requirements.txt": "django\n" };
const onMain = "on:\n  push:\n    branches: [main]\n";
const deploy = (head: string, run: string, trigger = onMain) => ({
  ...service,
  ".github/workflows/ship.yml": `${trigger}jobs:\n  ship:\n${head}    steps:\n      - uses: actions/checkout@v6\n      - run: ${run}\n`,
});
const line = 4;

describeRule(rule, [
  {
    name: "two environments of GitHub that no workflow names",
    repo: deploy("", "flyctl deploy"),
    settings: known({
      environments: [
        { name: "staging", isGuarded: false },
        { name: "production", isGuarded: true },
      ],
    }),
    expect: "pass",
    says: "Staging is an environment of GitHub",
  },
  {
    name: "GitHub's environment for pages is no target",
    repo: deploy("", "flyctl deploy"),
    settings: known({
      environments: [
        { name: "github-pages", isGuarded: false },
        { name: "production", isGuarded: true },
      ],
    }),
    expect: "fail",
  },
  { name: "nothing deploys it", repo: service, expect: "skip" },
  {
    name: "a library",
    repo: { "pyproject.toml": "[build-system]\n[project]\nname = 'a'\n", "a/b.py": "" },
    expect: "skip",
  },
  {
    name: "one target without a name",
    repo: deploy("", "flyctl deploy"),
    expect: "fail",
    evidence: [`.github/workflows/ship.yml:${line + 4}`],
  },
  {
    name: "an environment of uploads is no target",
    repo: deploy("    environment: pypi\n", "flyctl deploy"),
    expect: "fail",
  },
  {
    name: "two environments of a matrix",
    repo: deploy(
      "    strategy:\n      matrix:\n        target: [staging, production]\n    environment: ${{ matrix.target }}\n",
      "flyctl deploy",
    ),
    expect: "pass",
  },
  {
    name: "environments to choose from",
    repo: deploy(
      "    environment:\n      name: ${{ inputs.where }}\n",
      "flyctl deploy",
      "on:\n  workflow_dispatch:\n    inputs:\n      where:\n        type: choice\n        options: [qa, production]\n",
    ),
    expect: "pass",
  },
  {
    name: "two names of one environment",
    repo: { ...deploy("    environment: stg\n", "flyctl deploy"), "chart/values-staging.yaml": "a: 1\n" },
    expect: "fail",
  },
  {
    name: "an environment that nobody can tell",
    repo: deploy("    environment: ${{ vars.TARGET }}\n", "flyctl deploy"),
    expect: "unknown",
  },
  {
    name: "an environment by the branch",
    repo: deploy(
      "    environment: ${{ github.ref_name == 'main' && 'production' || 'staging' }}\n",
      "flyctl deploy",
      "on: push\n",
    ),
    expect: "pass",
  },
  {
    name: "an environment that the job before chooses",
    repo: {
      ...service,
      ".github/workflows/ship.yml": `${onMain}jobs:\n  choose:\n    steps:\n      - run: |\n          TARGET="test"\n          if [[ $GITHUB_REF_TYPE == tag ]]; then TARGET="prod"; fi\n          echo "target=$TARGET" >> $GITHUB_OUTPUT\n  ship:\n    environment: \${{ needs.choose.outputs.target }}\n    steps:\n      - uses: actions/checkout@v6\n      - run: flyctl deploy\n`,
    },
    expect: "pass",
    evidence: [".github/workflows/ship.yml:12", ".github/workflows/ship.yml:12"],
  },
  {
    name: "apps that are called after their stages",
    repo: {
      ...deploy("", "heroku container:release web --app shop-staging"),
      ".github/workflows/production.yml": `${onMain}jobs:\n  ship:\n    steps:\n      - uses: actions/checkout@v6\n      - run: heroku container:release web --app shop\n`,
    },
    expect: "pass",
    evidence: [".github/workflows/production.yml:8", `.github/workflows/ship.yml:${line + 4}`],
  },
  {
    name: "overlays of Kustomize",
    repo: {
      ...deploy("", "kubectl apply -k k8s/overlays/prod"),
      "k8s/overlays/prod/kustomization.yaml": "resources: [../../base]\n",
      "k8s/overlays/staging/kustomization.yaml": "resources: [../../base]\n",
    },
    expect: "pass",
  },
  {
    name: "values of a chart",
    repo: { ...service, "chart/values-staging.yaml": "a: 1\n", "chart/values-production.yaml": "a: 1\n" },
    expect: "pass",
  },
  {
    name: "previews of pull requests",
    repo: {
      ...deploy("    environment: production\n", "git push heroku main"),
      "app.json": '{\n  "environments": {\n    "review": {}\n  }\n}\n',
    },
    expect: "pass",
  },
  {
    name: "manifests of Cloud Foundry",
    repo: { ...service, "manifest-staging.yml": "a: 1\n", "manifest-production.yml": "a: 1\n" },
    expect: "pass",
    evidence: ["manifest-staging.yml:1", "manifest-production.yml:1"],
  },
  {
    name: "settings for development are no environment",
    repo: {
      ...deploy("    environment: production\n", "flyctl deploy"),
      "shop/settings/dev.py": "",
      "shop/settings/production.py": "",
    },
    expect: "fail",
    evidence: [".github/workflows/ship.yml:6"],
  },
  {
    name: "every branch goes to production",
    repo: {
      ...deploy("", "flyctl deploy", "on: push\n"),
      "chart/values-staging.yaml": "a: 1\n",
      "chart/values-production.yaml": "a: 1\n",
    },
    expect: "fail",
    evidence: [".github/workflows/ship.yml:6"],
  },
  {
    name: "a cluster that tests make",
    repo: deploy("", "kind create cluster && kubectl apply -f k8s", "on: push\n"),
    expect: "skip",
  },
  {
    name: "the environment after Windows line ends and a byte order mark, at its key",
    repo: {
      ...service,
      ".github/workflows/deploy.yml":
        "\uFEFFon:\r\n  push:\r\n    branches: [main]\r\njobs:\r\n  deploy:\r\n    environment: production\r\n    steps:\r\n      - uses: actions/checkout@v6\r\n      - run: flyctl deploy\r\n",
    },
    expect: "fail",
    evidence: [".github/workflows/deploy.yml:6"],
  },
  {
    name: "documents that a job brings to their readers",
    repo: {
      ...service,
      ".github/workflows/docs.yml":
        "on: push\njobs:\n  docs:\n    steps:\n      - uses: cloudflare/wrangler-action@v3\n        with: {command: pages deploy site}\n",
    },
    expect: "skip",
  },
  {
    name: "folders of infrastructure, of which one is called after staging",
    repo: {
      ...deploy("    environment: production\n", "kubectl apply -f k8s"),
      "iac/acme-shop/main.tf": "",
      "iac/acme-shop-staging/main.tf": "",
    },
    expect: "pass",
  },
]);
