import rule from "../../../rules/ci-cd/trusted-publishing.ts";
import { describeRule } from "../../support/describe-rule.ts";

const PATH = ".github/workflows/release.yml";
const steps = (text: string, head = "") => ({
  "slug.py": "",
  [PATH]: `on: push\n${head}jobs:\n  publish:\n    steps:\n${text.replace(/^/gm, "      ")}\n`,
});

describeRule(rule, [
  { name: "nothing is published", repo: steps("- run: pytest"), expect: "skip" },
  {
    name: "an identity for images alone",
    repo: {
      "slug.py": "",
      [PATH]:
        "on: push\njobs:\n  image:\n    permissions: { id-token: write }\n    steps:\n      - run: docker push x\n",
    },
    expect: "skip",
  },
  {
    name: "a password in the action's inputs, at its line",
    repo: steps("- uses: pypa/gh-action-pypi-publish@v1\n  with:\n    user: __token__\n    password: ${{ secrets.T }}"),
    expect: "fail",
    evidence: [`${PATH}:8`],
  },
  {
    name: "twine with a password in the environment",
    repo: steps(
      "- run: |\n    python -m build\n    twine upload dist/*\n  env:\n    TWINE_USERNAME: __token__\n    TWINE_PASSWORD: ${{ secrets.T }}",
    ),
    expect: "fail",
    evidence: [`${PATH}:10`],
    says: "TWINE_PASSWORD",
  },
  {
    name: "a token in the workflow's environment",
    repo: steps("- run: uv publish", "env:\n  UV_PUBLISH_TOKEN: ${{ secrets.T }}\n"),
    expect: "fail",
    evidence: [`${PATH}:3`],
  },
  { name: "uv publish without a token", repo: steps("- run: uv publish"), expect: "pass", evidence: [`${PATH}:5`] },
  {
    name: "a .pypirc written in a step",
    repo: steps('- run: echo "$PYPIRC" > ~/.pypirc\n- run: twine upload dist/*'),
    expect: "fail",
  },
  {
    name: "poetry with a token in the script",
    repo: steps("- run: |\n    poetry config pypi-token.pypi ${{ secrets.T }}\n    poetry publish --build"),
    expect: "fail",
    evidence: [`${PATH}:6`],
  },
  {
    name: "a private index",
    repo: steps(
      "- uses: pypa/gh-action-pypi-publish@v1\n  with:\n    repository-url: https://pypi.acme.example/\n    password: ${{ secrets.T }}",
    ),
    expect: "skip",
    says: "private",
  },
  {
    name: "the older spelling of the index",
    repo: steps(
      "- uses: pypa/gh-action-pypi-publish@v1\n  with:\n    repository_url: https://jazzband.co/projects/x/upload\n    password: ${{ secrets.T }}",
    ),
    expect: "skip",
  },
  {
    name: "TestPyPI is PyPI's",
    repo: steps("- uses: pypa/gh-action-pypi-publish@v1\n  with:\n    repository-url: https://test.pypi.org/legacy/"),
    expect: "pass",
  },
  { name: "a workflow that is not YAML", repo: { "slug.py": "", [PATH]: "on: [\n" }, expect: "unknown" },
]);
