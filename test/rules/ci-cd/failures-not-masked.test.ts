import rule from "../../../rules/ci-cd/failures-not-masked.ts";
import { describeRule } from "../../support/describe-rule.ts";

const code = { "shop/api.py": "" };
const steps = (text: string, job = "") => ({
  ...code,
  ".github/workflows/ci.yml": `on: push\njobs:\n  test:\n${job}    steps:\n${text.replace(/^/gm, "      ")}\n`,
});

describeRule(rule, [
  { name: "no CI", repo: code, expect: "skip" },
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
    name: "allow_failure of GitLab",
    repo: { ...code, ".gitlab-ci.yml": "test:\n  script: [pytest]\n  allow_failure: true\n" },
    expect: "fail",
    evidence: [".gitlab-ci.yml:3"],
  },
]);
