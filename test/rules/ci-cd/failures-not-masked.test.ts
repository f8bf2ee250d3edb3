import rule from "../../../rules/ci-cd/failures-not-masked.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const code = { "shop/api.py": "" };
const steps = (text: string, job = "") => ({
  ...code,
  ".github/workflows/ci.yml": `on: push\njobs:\n  test:\n${job}    steps:\n${text.replace(/^/gm, "      ")}\n`,
});

/** A job that waits for the tests, and runs whatever came of them. */
const gate = (steps: string) => ({
  ...code,
  ".github/workflows/ci.yml": `on: push\njobs:\n  test:\n    steps:\n      - run: pytest\n  ok:\n    needs: [test]\n    if: always()\n    steps:\n${steps}\n`,
});

describeRule(rule, [
  {
    name: "a pipeline that cannot be read",
    repo: { "shop/api.py": "", Jenkinsfile: { unreadable: "too large" } },
    expect: "unknown",
    says: "Jenkinsfile",
  },
  { name: "no CI", repo: code, expect: "skip" },
  { name: "no check at all", repo: steps("- run: make dist || true"), expect: "skip" },
  {
    name: "a pipeline that cannot be read",
    repo: { ...code, Jenkinsfile: { unreadable: "its text is not in the snapshot" } },
    expect: "unknown",
    says: "Jenkinsfile",
  },
  {
    name: "continue-on-error on the step",
    repo: steps("- run: mypy .\n  continue-on-error: true"),
    expect: "fail",
    evidence: [".github/workflows/ci.yml:6"],
    says: "mypy",
  },
  {
    name: "continue-on-error on the job",
    repo: steps("- run: pytest", "    continue-on-error: true\n"),
    expect: "fail",
    evidence: [".github/workflows/ci.yml:4"],
  },
  {
    name: "|| true inside a block, at its line",
    repo: steps("- run: |\n    pip install .\n    pytest || true"),
    expect: "fail",
    evidence: [".github/workflows/ci.yml:7"],
  },
  { name: "|| exit 0", repo: steps("- run: flake8 . || exit 0"), expect: "fail" },
  { name: "|| echo", repo: steps("- run: pytest || echo failed"), expect: "fail" },
  { name: "--exit-zero", repo: steps("- run: flake8 --exit-zero ."), expect: "fail", says: "--exit-zero" },
  { name: "set +e", repo: steps("- run: |\n    set +e\n    pytest\n    echo done"), expect: "fail" },
  {
    name: "set +e with use of the status",
    repo: steps("- run: |\n    set +e\n    pytest\n    status=$?\n    exit $status"),
    expect: "pass",
  },
  {
    name: "a later step that fails on the outcome",
    repo: steps(
      "- id: hooks\n  run: pre-commit run --all-files\n  continue-on-error: true\n- run: exit 1\n  if: steps.hooks.outcome == 'failure'",
    ),
    expect: "pass",
  },
  {
    name: "an experimental row of the matrix",
    repo: steps("- run: pytest", "    continue-on-error: ${{ matrix.experimental }}\n"),
    expect: "pass",
  },
  {
    name: "a job that is called experimental",
    repo: {
      ...code,
      ".github/workflows/ci.yml":
        "on: push\njobs:\n  test-nightly:\n    continue-on-error: true\n    steps:\n      - run: pytest\n",
    },
    expect: "pass",
  },
  {
    name: "a step that says informational",
    repo: steps("- name: mypy (informational)\n  run: mypy . || true"),
    expect: "pass",
  },
  {
    name: "a second run of a tool that also runs strictly",
    repo: steps("- run: flake8 --select=E9 .\n- run: flake8 . --exit-zero"),
    expect: "pass",
  },
  {
    name: "after grep or a copy it is no mask",
    repo: steps("- run: grep -r TODO . || true\n- run: docker cp web:/report . || true\n- run: pytest"),
    expect: "pass",
  },
  {
    name: "the upload of coverage",
    repo: steps(
      "- run: pytest --cov\n- run: codecov || true\n- uses: codecov/codecov-action@v5\n  continue-on-error: true",
    ),
    expect: "pass",
  },
  {
    name: "a mask in the Makefile, at the call's line",
    repo: { ...steps("- run: make test || true"), Makefile: "test:\n\tpytest\n" },
    expect: "fail",
    evidence: [".github/workflows/ci.yml:5"],
  },
  {
    name: "a mask inside the Makefile",
    repo: { ...steps("- run: make test"), Makefile: "test:\n\tpytest || true\n" },
    expect: "fail",
    evidence: ["Makefile:2"],
  },
  {
    name: "a sign of make that ignores the failure",
    repo: { ...steps("- run: make test"), Makefile: "test:\n\t-@pytest -q\n" },
    expect: "fail",
    evidence: ["Makefile:2"],
    says: "leading -",
  },
  {
    name: "a sign of tox that ignores the failure",
    repo: { ...steps("- run: tox"), "tox.ini": "[testenv]\ncommands =\n    ruff check\n    py: - pytest -q\n" },
    expect: "fail",
    evidence: ["tox.ini:4"],
  },
  {
    name: "ignore_outcome of tox",
    repo: { ...steps("- run: tox -e types"), "tox.ini": "[testenv:types]\nignore_outcome = true\ncommands = mypy .\n" },
    expect: "fail",
    evidence: ["tox.ini:2"],
  },
  {
    name: "a group of commands",
    repo: steps("- run: (cd api && pytest) || true"),
    expect: "fail",
    evidence: [".github/workflows/ci.yml:5"],
  },
  { name: "a chain that ends in a mask", repo: steps("- run: ruff check && mypy . || true"), expect: "fail" },
  { name: "what is said before it fails", repo: steps("- run: mypy . || (echo 'run mypy' && exit 1)"), expect: "pass" },
  { name: "another exit", repo: steps("- run: pytest || exit 3"), expect: "pass" },
  {
    name: "a failure that is kept for a later step",
    repo: steps(
      '- run: ruff check . || echo "failed=1" >> "$GITHUB_OUTPUT"\n- run: exit 1\n  if: steps.x.outputs.failed',
    ),
    expect: "pass",
  },
  {
    name: "a script that the job writes to try the cache is no test",
    repo: steps(
      "- run: |\n    echo 'import shop' > test.py && python test.py && echo ok=1 >> $GITHUB_OUTPUT\n  continue-on-error: true\n- run: pytest",
    ),
    expect: "pass",
  },
  {
    name: "by hand, before a release",
    repo: {
      ...code,
      ".github/workflows/cut.yml":
        "on: workflow_dispatch\njobs:\n  cut:\n    steps:\n      - run: pre-commit run --all-files\n        continue-on-error: true\n",
    },
    expect: "skip",
  },
  {
    name: "a job that commits what its hooks mend",
    repo: steps("- run: pre-commit run --all-files || true\n- uses: peter-evans/create-pull-request@v7"),
    expect: "pass",
  },
  {
    name: "tests of a job that commits",
    repo: steps("- run: pytest || true\n- run: git commit -am x && git push"),
    expect: "fail",
  },
  {
    name: "a pre-release Python of the matrix",
    repo: steps(
      "- run: pytest",
      "    continue-on-error: ${{ endsWith(matrix.python, '-dev') }}\n    strategy:\n      matrix:\n        python: ['3.14', '3.15-dev']\n",
    ),
    expect: "pass",
  },
  {
    name: "rows that are allowed to fail",
    repo: steps(
      "- run: pytest\n  continue-on-error: true",
      "    strategy:\n      matrix:\n        include:\n          - { python: '3.15', allow-failure: true }\n",
    ),
    expect: "pass",
  },
  {
    name: "a mask beside a command that cannot be followed",
    repo: steps("- uses: actions/checkout@v5\n- run: ${{ inputs.command }}\n- run: pytest || true"),
    expect: "fail",
    evidence: [".github/workflows/ci.yml:7"],
  },
  { name: "cleaning up", repo: steps("- run: pytest\n- run: docker rm db || true\n  if: always()"), expect: "pass" },
  {
    name: "a step of a composite action, by the job's setting",
    repo: {
      ...steps("- uses: ./.github/actions/test", "    continue-on-error: true\n"),
      ".github/actions/test/action.yml": "runs:\n  using: composite\n  steps:\n    - run: pytest\n      shell: bash\n",
    },
    expect: "fail",
    evidence: [".github/workflows/ci.yml:4"],
  },
  {
    name: "Azure's continueOnError",
    repo: { ...code, "azure-pipelines.yml": "steps:\n  - script: pytest\n    continueOnError: true\n" },
    expect: "fail",
    evidence: ["azure-pipelines.yml:3"],
  },
  {
    name: "Jenkins' catchError that says success",
    repo: {
      ...code,
      Jenkinsfile:
        "node {\n  catchError(buildResult: 'SUCCESS', stageResult: 'FAILURE') {\n    sh 'pytest'\n  }\n  sh 'ruff check'\n}\n",
    },
    expect: "fail",
    evidence: ["Jenkinsfile:2"],
  },
  {
    name: "Jenkins' catchError as it is fails the build",
    repo: { ...code, Jenkinsfile: "node {\n  catchError {\n    sh 'pytest'\n  }\n}\n" },
    expect: "pass",
  },
  {
    name: "Jenkins' status that nobody looks at",
    repo: { ...code, Jenkinsfile: "node {\n  sh(script: 'pytest', returnStatus: true)\n}\n" },
    expect: "fail",
  },
  {
    name: "Jenkins' status that is looked at",
    repo: {
      ...code,
      Jenkinsfile: "node {\n  def failed = sh(script: 'pytest', returnStatus: true)\n  if (failed) { error 'x' }\n}\n",
    },
    expect: "pass",
  },
  {
    name: "allow_failure of GitLab",
    repo: { ...code, ".gitlab-ci.yml": "test:\n  script: [pytest]\n  allow_failure: true\n" },
    expect: "fail",
    evidence: [".gitlab-ci.yml:3"],
  },
  {
    name: "a job that stands for the checks and always succeeds",
    repo: gate("      - run: echo all good"),
    expect: "fail",
    evidence: [".github/workflows/ci.yml:8"],
    says: "what `ok` waits for",
  },
  {
    name: "one that looks at the results",
    repo: gate("      - if: contains(needs.*.result, 'failure')\n        run: exit 1"),
    expect: "pass",
  },
  {
    name: "one whose action decides by the results",
    repo: gate("      - uses: re-actors/alls-green@release/v1\n        with:\n          jobs: ${{ toJSON(needs) }}"),
    expect: "pass",
  },
  {
    name: "a job that cleans up in any case",
    repo: gate("      - run: docker compose down"),
    expect: "pass",
  },
]);

const masked = (steps: string) => ({
  ".github/workflows/ci.yml": `on: push\npermissions: {}\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n${steps}`,
});

describeRepair(rule, [
  {
    name: "takes masks out of commands and steps",
    repo: {
      "shop.py": "",
      ...masked(`      - run: pytest || true # for now
      - run: |
          flake8 --exit-zero src
          mypy src || exit 0
      - name: Scan
        continue-on-error: true # noisy
        run: bandit -r src
      - continue-on-error: true
        run: pyright
`),
    },
    after: masked(`      - run: pytest # for now
      - run: |
          flake8 src
          mypy src
      - name: Scan
        run: bandit -r src
      - run: pyright
`),
  },
  {
    name: "takes the mask of another system out",
    repo: { ".gitlab-ci.yml": "test:\n  script: pytest\n  allow_failure: true\n", "shop.py": "" },
    after: { ".gitlab-ci.yml": "test:\n  script: pytest\n" },
  },
  {
    name: "does not choose what to say instead",
    repo: { "shop.py": "", ...masked("      - run: pytest || echo failed\n") },
    refuses: "is for people to say",
  },
]);
