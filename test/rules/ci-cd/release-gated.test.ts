import rule from "../../../rules/ci-cd/release-gated.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule, known } from "../../support/describe-rule.ts";

const PATH = ".github/workflows/release.yml";
const workflow = (on: string, jobs: string) => ({ "slug.py": "", [PATH]: `on: ${on}\njobs:\n${jobs}\n` });
const publish = (head = "") => `  publish:\n${head}    steps:\n      - run: uv publish`;
const TEST = "  test:\n    steps:\n      - run: pytest\n";
const ENVIRONMENT = "    environment: pypi\n";

describeRule(rule, [
  {
    name: "a release of what was merged under required checks",
    repo: {
      ...workflow("{ push: { branches: [main] } }", publish(ENVIRONMENT)),
      ".github/workflows/ci.yml": `on: pull_request\njobs:\n${TEST}`,
    },
    settings: known({
      branchRules: [{ type: "required_status_checks", review: null, checks: { contexts: ["test"], strict: true } }],
      classicProtection: null,
    }),
    expect: "pass",
  },
  {
    name: "a release of what was merged, with nothing required",
    repo: {
      ...workflow("{ push: { branches: [main] } }", publish(ENVIRONMENT)),
      ".github/workflows/ci.yml": `on: pull_request\njobs:\n${TEST}`,
    },
    settings: known({ branchRules: [], isProtected: false }),
    expect: "partial",
    value: 0.75,
  },
  { name: "no release in CI", repo: workflow("push", TEST), expect: "skip" },
  {
    name: "the release waits for the tests, and has an environment",
    repo: workflow("push", TEST + publish(`    needs: test\n${ENVIRONMENT}`)),
    expect: "pass",
  },
  {
    name: "the tests stand two jobs before",
    repo: workflow(
      "push",
      `${TEST}  build:\n    needs: [test]\n    steps:\n      - run: uv build\n${publish(`    needs: build\n${ENVIRONMENT}`)}`,
    ),
    expect: "pass",
  },
  {
    name: "the tests are a workflow that the release calls first",
    repo: {
      ...workflow(
        "push",
        `  quality:\n    uses: ./.github/workflows/q.yml\n${publish(`    needs: quality\n${ENVIRONMENT}`)}`,
      ),
      ".github/workflows/q.yml": `on: workflow_call\njobs:\n${TEST}`,
    },
    expect: "pass",
  },
  {
    name: "a tag starts it, and no environment is named",
    repo: workflow("{ push: { tags: ['v*'] } }", publish()),
    expect: "partial",
    value: 0.5,
    evidence: [`${PATH}:3`],
    says: "names no environment",
  },
  {
    name: "every push is tried, and a condition lets tags through",
    repo: workflow("push", publish(`    if: startsWith(github.ref, 'refs/tags/')\n${ENVIRONMENT}`)),
    expect: "pass",
  },
  {
    name: "pushes only try it, and releases publish",
    repo: workflow(
      "{ push: { branches: [main] }, release: { types: [published] } }",
      publish(`    if: github.event.action == 'published'\n${ENVIRONMENT}`),
    ),
    expect: "pass",
  },
  {
    name: "an earlier step decided that it is a release",
    repo: workflow(
      "push",
      `  plan:\n    steps:\n      - run: ./plan\n${publish(`    needs: plan\n    if: needs.plan.outputs.release_created == 'true'\n${ENVIRONMENT}`)}`,
    ),
    expect: "pass",
  },
  {
    name: "a push publishes at once, with an environment",
    repo: workflow("{ push: { branches: [main] } }", publish(ENVIRONMENT)),
    expect: "partial",
    value: 0.5,
    evidence: [`${PATH}:3`],
    says: "`push` without waiting for tests",
  },
  {
    name: "the same where pull requests are tested: whether that was required, the settings tell",
    repo: {
      ...workflow("{ push: { branches: [main] } }", publish(ENVIRONMENT)),
      ".github/workflows/ci.yml": `on: pull_request\njobs:\n${TEST}`,
    },
    expect: "partial",
    value: 0.75,
  },
  {
    name: "a deployment each night",
    repo: workflow("{ schedule: [{ cron: '0 0 * * *' }] }", "  ship:\n    steps:\n      - run: kubectl apply -f k8s"),
    expect: "fail",
    evidence: [`${PATH}:3`],
    says: "kubectl apply -f",
  },
  {
    name: "it runs after another workflow, whatever came of that",
    repo: workflow("{ workflow_run: { workflows: [CI], types: [completed] } }", publish(ENVIRONMENT)),
    expect: "partial",
    value: 0.5,
  },
  {
    name: "it runs after another workflow that succeeded",
    repo: workflow(
      "{ workflow_run: { workflows: [CI], types: [completed] } }",
      publish(`    if: github.event.workflow_run.conclusion == 'success'\n${ENVIRONMENT}`),
    ),
    expect: "pass",
  },
  {
    name: "a cache is restored into what is published, at its step",
    repo: workflow(
      "release",
      "  publish:\n    environment: pypi\n    steps:\n      - uses: actions/setup-python@v6\n        with: { cache: pip }\n      - run: uv publish",
    ),
    expect: "partial",
    value: 0.5,
    evidence: [`${PATH}:6`],
    says: "cache",
  },
  {
    name: "an image is pushed on every push, and built on pull requests",
    repo: workflow(
      "[push, pull_request]",
      "  image:\n    steps:\n      - uses: docker/build-push-action@v6\n        with: { push: \"${{ github.event_name == 'push' }}\" }",
    ),
    expect: "fail",
    evidence: [`${PATH}:3`],
  },
  {
    name: "an image that is only built",
    repo: workflow(
      "push",
      "  image:\n    steps:\n      - uses: docker/build-push-action@v6\n        with: { push: false }",
    ),
    expect: "skip",
  },
  {
    name: "an upload to TestPyPI",
    repo: workflow("push", "  try:\n    steps:\n      - run: twine upload -r testpypi dist/*"),
    expect: "skip",
  },
  {
    name: "documentation is no release",
    repo: workflow("push", "  deploy-docs:\n    steps:\n      - run: netlify deploy --prod"),
    expect: "skip",
  },
  {
    name: "a cluster that lives as long as the tests",
    repo: workflow(
      "push",
      "  chart:\n    steps:\n      - run: kind create cluster\n      - run: helm install shop ./chart",
    ),
    expect: "skip",
  },
  {
    name: "a preview of pull requests",
    repo: workflow("pull_request", "  ship:\n    steps:\n      - run: flyctl deploy --app pr"),
    expect: "skip",
  },
  {
    name: "a release in a workflow of another repository",
    repo: workflow("push", "  release:\n    uses: acme/shared/.github/workflows/release.yml@v1"),
    expect: "unknown",
  },
  {
    name: "a deployment of another CI system",
    repo: { "shop.py": "", ".gitlab-ci.yml": "ship:\n  script:\n    - kubectl apply -f k8s\n" },
    expect: "unknown",
    says: ".gitlab-ci.yml",
  },
  { name: "a workflow that is not YAML", repo: { "slug.py": "", [PATH]: "on: [\n" }, expect: "unknown" },
  {
    name: "an action of others that builds an image and is told to push it",
    repo: workflow(
      "push",
      "  image:\n    steps:\n      - uses: acme/builder/actions/build-image@v3\n        with: { push: true }",
    ),
    expect: "fail",
    evidence: [`${PATH}:3`],
  },
  {
    name: "an image that is pushed only for a tag, as its action is told",
    repo: workflow(
      "push",
      "  image:\n    environment: registry\n    steps:\n      - uses: docker/build-push-action@v6\n        with: { push: \"${{ github.ref_type == 'tag' }}\" }",
    ),
    expect: "pass",
  },
  {
    name: "an action that only describes a repository of images",
    repo: workflow("push", "  about:\n    steps:\n      - uses: peter-evans/dockerhub-description@v4"),
    expect: "skip",
  },
]);

const gated = (jobs: string, on = "{ push: { branches: [main] } }") => ({
  "slug.py": "",
  [PATH]: `on: ${on}\npermissions:\n  contents: read\njobs:\n${jobs}`,
});
const TESTS = "  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: pytest\n";
const upload = (head = "", steps = "") =>
  `  publish: # to PyPI\n${head}    runs-on: ubuntu-latest\n    permissions:\n      id-token: write\n    steps:\n${steps}      - run: uv publish\n`;

describeRepair(rule, [
  {
    name: "has the upload wait for the tests of its workflow, in the environment that PyPI's guide names",
    repo: gated(`${TESTS}${upload()}`),
    after: {
      [PATH]: gated(
        `${TESTS}${upload("    needs: test\n").replace("    permissions:", "    environment: pypi\n    permissions:")}`,
      )[PATH],
    },
  },
  {
    name: "waits for the tests as well as for what the job waits for",
    repo: gated(
      `${TESTS}  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: uv build\n${upload("    needs: build\n    environment: pypi\n")}`,
    ),
    after: {
      [PATH]: gated(
        `${TESTS}  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: uv build\n${upload("    needs: [build, test]\n    environment: pypi\n")}`,
      )[PATH],
    },
  },
  {
    name: "restores no cache into a package",
    repo: gated(
      upload(
        "    environment: pypi\n",
        "      - uses: astral-sh/setup-uv@v9.0.0\n        with:\n          enable-cache: true # faster\n      - uses: actions/setup-python@v7\n        with:\n          python-version: '3.14'\n          cache: pip\n",
      ),
      "{ release: { types: [published] } }",
    ),
    after: {
      [PATH]: gated(
        upload(
          "    environment: pypi\n",
          "      - uses: astral-sh/setup-uv@v9.0.0\n        with:\n          enable-cache: false # faster\n      - uses: actions/setup-python@v7\n        with:\n          python-version: '3.14'\n",
        ),
        "{ release: { types: [published] } }",
      )[PATH],
    },
  },
  {
    name: "names no environment for a job to which pull requests come",
    repo: gated(upload(), "[push, pull_request]"),
    refuses: "for people to say",
  },
  {
    name: "names none for what is deployed",
    repo: gated("  ship:\n    runs-on: ubuntu-latest\n    steps:\n      - run: flyctl deploy\n", "release"),
    refuses: "for people to say",
  },
  {
    name: "waits for no tests that may be left out",
    repo: gated(
      `${TESTS.replace("    steps:", "    if: github.event_name == 'schedule'\n    steps:")}${upload("    environment: pypi\n")}`,
    ),
    refuses: "for people to say",
  },
]);
