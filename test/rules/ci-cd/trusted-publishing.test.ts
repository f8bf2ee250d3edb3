import rule from "../../../rules/ci-cd/trusted-publishing.ts";
import { describeRule } from "../../support/describe-rule.ts";

const PATH = ".github/workflows/release.yml";
const steps = (text: string, head = "") => ({
  "slug.py": "",
  [PATH]: `on: push\n${head}jobs:\n  publish:\n    steps:\n${text.replace(/^/gm, "      ")}\n`,
});

const gitlab = (text: string) => ({ "slug.py": "", ".gitlab-ci.yml": text });

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
  {
    name: "other commands' options are none of the upload's",
    repo: steps(
      "- run: |\n    pip install -r requirements/release.txt\n    mkdir -p $OUT\n    docker login --password ${{ secrets.D }} ghcr.io\n    twine upload dist/*",
    ),
    expect: "pass",
    evidence: [`${PATH}:9`],
  },
  {
    name: "a password that the script assigns",
    repo: steps("- run: |\n    export TWINE_PASSWORD=${{ secrets.T }}\n    twine upload dist/*"),
    expect: "fail",
    evidence: [`${PATH}:6`],
  },
  {
    name: "options on the lines that a command is continued on",
    repo: steps("- run: |\n    twine upload \\\n      --repository-url https://pypi.acme.example/ \\\n      dist/*"),
    expect: "skip",
  },
  {
    name: "an index that the environment names",
    repo: steps(
      "- run: twine upload dist/*\n  env:\n    TWINE_REPOSITORY_URL: https://pypi.acme.example/\n    TWINE_PASSWORD: ${{ secrets.T }}",
    ),
    expect: "skip",
    says: "private",
  },
  {
    name: "a password that an earlier step made for this run",
    repo: steps(
      "- id: mint\n  uses: tschm/token-mint-action@v1\n- uses: pypa/gh-action-pypi-publish@v1\n  with:\n    password: ${{ steps.mint.outputs.api-token }}",
    ),
    expect: "pass",
  },
  {
    name: "an upload in a script, which the credential gives away",
    repo: steps("- run: ./release.sh\n  env:\n    TWINE_PASSWORD: ${{ secrets.T }}"),
    expect: "fail",
    evidence: [`${PATH}:7`],
  },
  {
    name: "GitLab with an identity for PyPI",
    repo: gitlab(
      "publish:\n  id_tokens:\n    PYPI_ID_TOKEN:\n      aud: pypi\n  script:\n    - uv build\n    - twine upload dist/*\n",
    ),
    expect: "pass",
    evidence: [".gitlab-ci.yml:7"],
  },
  {
    name: "GitLab with a token that it is exchanged for",
    repo: gitlab(
      'publish:\n  id_tokens: { PYPI_ID_TOKEN: { aud: [pypi] } }\n  script:\n    - twine upload --password "${api_token}" dist/*\n',
    ),
    expect: "pass",
  },
  {
    name: "GitLab with the identity of a parent",
    repo: gitlab(
      ".release:\n  id_tokens: { PYPI_ID_TOKEN: { aud: pypi } }\npublish:\n  extends: .release\n  script: [uv publish]\n",
    ),
    expect: "pass",
  },
  {
    name: "GitLab with a password for all jobs",
    repo: gitlab("variables:\n  TWINE_PASSWORD: $PYPI_TOKEN\npublish:\n  script:\n    - twine upload dist/*\n"),
    expect: "fail",
    evidence: [".gitlab-ci.yml:2"],
    says: "TWINE_PASSWORD",
  },
  {
    name: "GitLab without an identity, so with what the settings hold",
    repo: gitlab("publish:\n  script:\n    - uv build\n    - twine upload dist/*\n"),
    expect: "fail",
    evidence: [".gitlab-ci.yml:4"],
    says: "settings",
  },
  {
    name: "GitLab with an identity for a cloud",
    repo: gitlab(
      "publish:\n  id_tokens: { VAULT_TOKEN: { aud: https://vault.example } }\n  script: [twine upload dist/*]\n",
    ),
    expect: "fail",
  },
  {
    name: "GitLab's own registry",
    repo: gitlab(
      "publish:\n  script:\n    - TWINE_PASSWORD=${CI_JOB_TOKEN} twine upload --repository-url ${CI_API_V4_URL}/projects/1/packages/pypi dist/*\n",
    ),
    expect: "skip",
    says: "private",
  },
  {
    name: "GitLab with a parent of another file",
    repo: gitlab(
      "include: { project: acme/ci, file: python.yml }\npublish:\n  extends: .publish\n  script: [twine upload dist/*]\n",
    ),
    expect: "unknown",
    says: ".gitlab-ci.yml:4",
  },
  { name: "a pipeline of GitLab that is not YAML", repo: gitlab("publish: [\n"), expect: "unknown" },
]);
