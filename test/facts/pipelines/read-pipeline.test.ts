import rule from "../../../rules/ci-cd/tests-run.ts";
import { describeRule } from "../../support/describe-rule.ts";
import { code } from "../../support/tested-in-ci.ts";

// What the pipelines of other systems run, as the rule about tests sees it.
describeRule(rule, [
  {
    name: "CircleCI",
    repo: {
      ...code,
      ".circleci/config.yml":
        "version: 2.1\ncommands:\n  unit:\n    steps:\n      - run: pytest\njobs:\n  build:\n    steps:\n      - checkout\n      - unit\n",
    },
    expect: "pass",
    evidence: [".circleci/config.yml:5"],
  },
  {
    name: "CircleCI with parameters of a command",
    repo: {
      ...code,
      ".circleci/config.yml":
        "version: 2.1\ncommands:\n  run-in:\n    parameters:\n      what: { type: string }\n    steps:\n      - run: << parameters.what >>\njobs:\n  build:\n    steps:\n      - checkout\n      - run-in:\n          what: pytest\nworkflows:\n  all:\n    jobs: [build]\n",
    },
    expect: "pass",
    evidence: [".circleci/config.yml:7"],
  },
  {
    name: "CircleCI's job that no workflow names",
    repo: {
      ...code,
      ".circleci/config.yml":
        "jobs:\n  old:\n    steps:\n      - run: pytest\n  build:\n    steps:\n      - run: make\nworkflows:\n  all:\n    jobs: [build]\n",
    },
    expect: "fail",
  },
  {
    name: "CircleCI's job of an orb",
    repo: {
      ...code,
      ".circleci/config.yml":
        "orbs:\n  python: circleci/python@3\nworkflows:\n  all:\n    jobs:\n      - python/test\n",
    },
    expect: "unknown",
    says: "python/test",
  },
  {
    name: "GitLab with an included file",
    repo: { ...code, ".gitlab-ci.yml": "include:\n  - project: acme/ci\n    file: python.yml\n" },
    expect: "unknown",
    says: "acme/ci",
  },
  {
    name: "GitLab with parents of parents, and a setting for all",
    repo: {
      ...code,
      ".gitlab-ci.yml":
        "default:\n  before_script: [pip install .]\n.root:\n  script:\n    - pytest\n.base:\n  extends: .root\ntest:\n  extends: [.base]\n",
    },
    expect: "pass",
    evidence: [".gitlab-ci.yml:5"],
  },
  {
    name: "Jenkins with steps of a shared library alone",
    repo: { ...code, Jenkinsfile: "@Library('acme') _\npythonPipeline(name: 'shop')\n" },
    expect: "unknown",
    says: "shared library",
  },
  {
    name: "Jenkins in a container, with options",
    repo: {
      ...code,
      Jenkinsfile:
        "node {\n  /* sh 'x' */\n  docker.image('python').inside {\n    sh(label: 'Tests', script: 'tox -e py')\n  }\n}\n",
      "tox.ini": "[testenv]\ncommands = pytest\n",
    },
    expect: "pass",
  },
  {
    name: "Buildkite",
    repo: {
      ...code,
      ".buildkite/pipeline.yml": "steps:\n  - label: Tests\n    commands:\n      - make test\n",
      Makefile: "test:\n\tpytest\n",
    },
    expect: "pass",
    evidence: ["Makefile:2"],
  },
  {
    name: "Travis with a row of the environment",
    repo: {
      ...code,
      ".travis.yml": "env:\n  - TOXENV=lint\n  - TOXENV=unit\nscript: tox\n",
      "tox.ini": "[testenv:lint]\ncommands = ruff check\n[testenv:unit]\ncommands = pytest\n",
    },
    expect: "pass",
  },
  {
    name: "Prow's jobs are defined elsewhere",
    repo: { ...code, "prow_config.yaml": "workflows:\n  - name: unit\n" },
    expect: "unknown",
  },
  {
    name: "Zuul's own job made from one of tox",
    repo: {
      ...code,
      ".zuul.yaml": "- job:\n    name: shop-tox-unit\n    parent: tox\n    vars:\n      tox_envlist: unit\n",
      "tox.ini": "[testenv:unit]\ncommands = stestr run\n",
    },
    expect: "pass",
  },
  {
    name: "Zuul's job that runs tox in another project",
    repo: {
      ...code,
      ".zuul.yaml": "- job:\n    name: shop-live\n    parent: tempest-full\n    vars:\n      tox_envlist: all\n",
      "tox.ini": "[testenv]\ncommands = stestr run\n",
    },
    expect: "unknown",
  },
  {
    name: "GitLab",
    repo: { ...code, ".gitlab-ci.yml": ".base:\n  script: [pytest]\ntest:\n  extends: .base\n" },
    expect: "pass",
  },
  {
    name: "Jenkins",
    repo: {
      ...code,
      Jenkinsfile:
        "pipeline {\n  stages {\n    stage('Test') {\n      steps {\n        // sh 'nothing'\n        sh '''\n          . venv/bin/activate\n          pytest\n        '''\n      }\n    }\n  }\n}\n",
    },
    expect: "pass",
    evidence: ["Jenkinsfile:8"],
  },
  { name: "Azure Pipelines", repo: { ...code, "azure-pipelines.yml": "steps:\n  - script: pytest\n" }, expect: "pass" },
  { name: "Travis", repo: { ...code, ".travis.yml": "script: python setup.py test\n" }, expect: "pass" },
  {
    name: "Zuul's tox jobs of another project",
    repo: { ...code, ".zuul.yaml": "- project:\n    templates:\n      - openstack-python3-jobs\n" },
    expect: "unknown",
    says: "another project",
  },
]);
