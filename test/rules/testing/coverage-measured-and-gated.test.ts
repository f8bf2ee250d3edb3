import rule from "../../../rules/testing/coverage-measured-and-gated.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const code = { "shop/api.py": "", "tests/test_api.py": "def test_x(): ...\n" };
const workflow = (run: string) => ({
  ".github/workflows/ci.yml": `on: push\njobs:\n  test:\n    steps:\n      - uses: actions/checkout@v5\n      - run: ${run}\n`,
});

describeRule(rule, [
  { name: "no tests", repo: { "shop/api.py": "" }, expect: "skip" },
  { name: "neither measured nor gated", repo: { ...code, ...workflow("pytest") }, expect: "fail", evidence: [""] },
  {
    name: "measured in CI",
    repo: { ...code, ...workflow("pytest --cov=shop") },
    expect: "partial",
    value: 0.6,
    evidence: [".github/workflows/ci.yml:6", ""],
  },
  {
    name: "measured by addopts",
    repo: { ...code, "pytest.ini": "[pytest]\naddopts = -q --cov=shop\n" },
    expect: "partial",
    value: 0.6,
    evidence: ["pytest.ini:2", ""],
  },
  {
    name: "gated on the command line",
    repo: { ...code, ...workflow("coverage report --fail-under=90") },
    expect: "pass",
    evidence: [".github/workflows/ci.yml:6"],
  },
  {
    name: "gated in a Makefile",
    repo: { ...code, ...workflow("make test"), Makefile: "test:\n\tpytest --cov --cov-fail-under=80\n" },
    expect: "pass",
    evidence: ["Makefile:2"],
  },
  {
    name: "a line of zero is no gate",
    repo: { ...code, ".coveragerc": "[run]\nbranch = true\n[report]\nfail_under = 0\n" },
    expect: "partial",
    value: 0.6,
  },
  {
    name: "a line in .coveragerc",
    repo: { ...code, ".coveragerc": "[run]\nbranch = true\n[report]\nfail_under = 80\n" },
    expect: "pass",
    evidence: [".coveragerc:4"],
  },
  {
    name: "a gate that is commented out",
    repo: { ...code, "setup.cfg": "[coverage:report]\n# fail_under = 90\nshow_missing = true\n" },
    expect: "partial",
  },
  {
    name: "Codecov's status, informational",
    repo: {
      ...code,
      "codecov.yml":
        "coverage:\n  status:\n    project:\n      default:\n        target: 80%\n        informational: true\n",
    },
    expect: "partial",
  },
  {
    name: "Codecov's status with a target",
    repo: { ...code, "codecov.yml": "coverage:\n  status:\n    project:\n      default:\n        target: 80%\n" },
    expect: "pass",
    evidence: ["codecov.yml:5"],
  },
  {
    name: "an upload step without any settings",
    repo: {
      ...code,
      ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n      - uses: codecov/codecov-action@v5\n",
    },
    expect: "partial",
    value: 0.6,
  },
  {
    name: ".coveragerc wins over pyproject.toml",
    repo: {
      ...code,
      ".coveragerc": "[run]\nbranch = true\n",
      "pyproject.toml": "[tool.coverage.report]\nfail_under = 90\n",
    },
    expect: "partial",
    value: 0.6,
  },
  {
    name: "a gate in tox",
    repo: {
      ...code,
      ...workflow("tox"),
      "tox.ini": "[testenv]\ncommands =\n    pytest --cov\n    coverage report --fail-under=90\n",
    },
    expect: "pass",
    evidence: ["tox.ini:4"],
  },
  {
    name: "a gate in a session of nox",
    repo: {
      ...code,
      ...workflow("nox"),
      "noxfile.py":
        'import nox\n\n\n@nox.session\ndef tests(session):\n    session.run("pytest", "--cov")\n    session.run("coverage", "report", "--fail-under=90")\n',
    },
    expect: "pass",
    evidence: ["noxfile.py:7"],
  },
  {
    name: "a line of zero on the command line is no gate",
    repo: { ...code, ...workflow("pytest --cov --cov-fail-under=0") },
    expect: "partial",
    value: 0.6,
  },
  {
    name: "Sonar's quality gate as an action",
    repo: {
      ...code,
      ".github/workflows/ci.yml":
        "on: push\njobs:\n  test:\n    steps:\n      - uses: SonarSource/sonarqube-quality-gate-action@v1\n",
    },
    expect: "pass",
    evidence: [".github/workflows/ci.yml:5"],
  },
  {
    name: "a scan of Sonar that waits for its gate",
    repo: {
      ...code,
      "sonar-project.properties":
        "sonar.projectKey=shop\r\nsonar.python.coverage.reportPaths=coverage.xml\r\nsonar.qualitygate.wait=true\r\n",
    },
    expect: "pass",
    evidence: ["sonar-project.properties:3"],
  },
  {
    name: "Sonar reads a report, and nothing waits for it",
    repo: { ...code, "sonar-project.properties": "# scan\nsonar.python.coverage.reportPaths=coverage.xml\n" },
    expect: "partial",
    value: 0.6,
    evidence: ["sonar-project.properties:2", ""],
  },
  ...(
    [
      [".coveragerc", "[run]", "[report]"],
      ["setup.cfg", "[coverage:run]", "[coverage:report]"],
      ["tox.ini", "[coverage:run]", "[coverage:report]"],
      ["pyproject.toml", "[tool.coverage.run]", "[tool.coverage.report]"],
    ] as const
  ).map(([name, run, report]) => ({
    name: `a line in ${name}, with a byte order mark and Windows line ends`,
    repo: { ...code, [name]: [`\uFEFF${run}`, "branch = true", report, "fail_under = 80", ""].join("\r\n") },
    expect: "pass" as const,
    evidence: [`${name}:4`],
    says: "`fail_under` is 80.",
  })),
  {
    name: "Codecov's status by an anchor, with Windows line ends",
    repo: {
      ...code,
      "codecov.yml":
        "\uFEFFcoverage:\r\n  status:\r\n    project:\r\n      default: &line\r\n        target: 80%\r\n    patch:\r\n      default: *line\r\n",
    },
    expect: "pass",
    evidence: ["codecov.yml:5"],
  },
  { name: "diff-cover", repo: { ...code, ...workflow("diff-cover coverage.xml --fail-under=80") }, expect: "pass" },
  {
    name: "the share of docstrings is no coverage",
    repo: { ...code, ...workflow("interrogate --fail-under=80 shop") },
    expect: "fail",
  },
  {
    name: "Codecov's uploader from its address",
    repo: { ...code, ...workflow("bash <(curl -s https://codecov.io/bash)") },
    expect: "partial",
    value: 0.6,
  },
  {
    name: "Codecov's status that may fall a little",
    repo: { ...code, "codecov.yml": "coverage:\n  status:\n    project:\n      default:\n        threshold: 1%\n" },
    expect: "pass",
  },
  {
    name: "a container that has nothing to do with it",
    repo: { ...code, ...workflow("docker compose -f x.yml up -d") },
    expect: "fail",
  },
  {
    name: "a script that is not there to read",
    repo: { ...code, ...workflow("./scripts/test"), "scripts/test": { unreadable: "its text is not in the snapshot" } },
    expect: "unknown",
    says: "scripts/test",
  },
]);

const tested = { "tests/test_api.py": "def test_api(): ...\n", "shop/api.py": "x = 1\n" };

describeRepair(rule, [
  {
    name: "branches, for the coverage that is installed",
    repo: { ...tested, "pyproject.toml": '[dependency-groups]\ndev = ["pytest-cov"]  # measured\n' },
    after: {
      "pyproject.toml": '[dependency-groups]\ndev = ["pytest-cov"]  # measured\n\n[tool.coverage.run]\nbranch = true\n',
    },
    leaves: true,
  },
  {
    name: "in a file of its own",
    repo: { ...tested, "requirements-dev.txt": "pytest\ncoverage\n" },
    after: { ".coveragerc": "[run]\nbranch = True\n" },
    leaves: true,
  },
  { name: "no number that nobody measured", repo: { ...tested, ".coveragerc": "[run]\n" }, refuses: "shows a run" },
  { name: "nothing without a tool", repo: tested, refuses: "nothing that is installed here measures coverage" },
]);
