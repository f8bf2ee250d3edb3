import rule from "../../../rules/ci-cd/installs-pinned.ts";
import { describeRule } from "../../support/describe-rule.ts";

const PATH = ".github/workflows/release.yml";
const release = (...scripts: readonly string[]) => ({
  "slug.py": "",
  [PATH]: `on: release\njobs:\n  publish:\n    steps:\n${scripts.map((text) => `      - run: ${text}\n`).join("")}      - run: uv publish\n`,
});

describeRule(rule, [
  {
    name: "nothing is released",
    repo: {
      "slug.py": "",
      [PATH]: "on: push\njobs:\n  test:\n    steps:\n      - run: pip install pytest\n      - run: pytest\n",
    },
    expect: "skip",
  },
  { name: "nothing is installed", repo: release("uv build"), expect: "pass" },
  {
    name: "one tool of two is open, at its line of the script",
    repo: release("|\n          pip install build==1.3.0\n          python -m pip install -U twine"),
    expect: "partial",
    value: 0.5,
    evidence: [`${PATH}:7`],
    says: "pip install twine",
  },
  {
    name: "a range fixes no version",
    repo: release("pip install 'tox>=4,<5'"),
    expect: "fail",
    evidence: [`${PATH}:5`],
  },
  {
    name: "the project itself",
    repo: release("pip install .", "pip install -e '.[dev]'", "pip install dist/*.whl"),
    expect: "pass",
  },
  { name: "pip itself", repo: release("python -m pip install --upgrade pip"), expect: "pass" },
  { name: "constraints", repo: release("pip install -c constraints.txt build twine"), expect: "pass" },
  { name: "hashes", repo: release("pip install --require-hashes -r tools.txt"), expect: "pass" },
  {
    name: "a requirements file that fixes every version",
    repo: { ...release("pip install -r requirements.txt"), "requirements.txt": "build==1.3.0\n" },
    expect: "pass",
  },
  {
    name: "a requirements file of ranges",
    repo: { ...release("pip install -r requirements.txt"), "requirements.txt": "build>=1\n" },
    expect: "fail",
    says: "requirements.txt",
  },
  { name: "a lock", repo: release("uv sync --locked", "poetry install"), expect: "pass" },
  {
    name: "a script that a shell runs as it comes",
    repo: release("curl -LsSf https://install.acme.example/tool.sh | sudo bash"),
    expect: "fail",
    evidence: [`${PATH}:5`],
    says: "https://install.acme.example/tool.sh",
  },
  {
    name: "the same as a process",
    repo: release("bash <(curl -s https://acme.example/up)"),
    expect: "fail",
    says: "acme.example/up",
  },
  {
    name: "the same in a substitution",
    repo: release('sh -c "$(curl -fsSL https://acme.example/up)"'),
    expect: "fail",
  },
  {
    name: "a download that is not run",
    repo: release("curl -sSfO https://acme.example/a.tgz", "curl -s https://acme.example | jq ."),
    expect: "pass",
  },
  { name: "pipx without a version", repo: release("pipx run build"), expect: "fail", says: "pipx run build" },
  {
    name: "pipx with a version",
    repo: release("pipx run build==1.3.0", "pipx run --spec twine==6.2.0 twine check dist/*"),
    expect: "pass",
  },
  {
    name: "uvx with and without",
    repo: release("uvx twine@6.2.0 check dist/*", "uvx --from build pyproject-build"),
    expect: "partial",
    evidence: [`${PATH}:6`],
  },
  { name: "a branch of git", repo: release("pip install git+https://github.com/acme/tool@main"), expect: "fail" },
  { name: "a tag of git", repo: release("pip install git+https://github.com/acme/tool@v1.2.0"), expect: "pass" },
  { name: "a global package of npm", repo: release("npm install -g semantic-release"), expect: "fail" },
  {
    name: "a job that can sign in as the workflow, beside tests that float on purpose",
    repo: {
      "slug.py": "",
      [PATH]:
        "on: push\njobs:\n  test:\n    permissions: { id-token: write }\n    steps:\n      - run: pip install django\n      - run: pytest\n  sign:\n    permissions: { id-token: write }\n    steps:\n      - run: pip install sigstore\n",
    },
    expect: "fail",
    evidence: [`${PATH}:11`],
  },
  {
    name: "a release in a workflow of another repository",
    repo: {
      "slug.py": "",
      [PATH]: "on: push\njobs:\n  publish:\n    uses: acme/shared/.github/workflows/pypi.yml@v1\n",
    },
    expect: "unknown",
  },
  { name: "a workflow that is not YAML", repo: { "slug.py": "", [PATH]: "on: [\n" }, expect: "unknown" },
  { name: "npx without a version", repo: release("npx --yes semantic-release"), expect: "fail", says: "npx semantic" },
  { name: "npx with a version", repo: release("npx --yes semantic-release@25.0.2"), expect: "pass" },
  {
    name: "npx with a package of another name",
    repo: release("npx -p @acme/release@2.1.0 release --tag"),
    expect: "pass",
  },
  {
    name: "npx of what the project's package.json may hold",
    repo: { ...release("npx semantic-release"), "package.json": "{}" },
    expect: "pass",
  },
]);
