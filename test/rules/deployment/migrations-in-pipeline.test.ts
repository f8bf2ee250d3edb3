import rule from "../../../rules/deployment/migrations-in-pipeline.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const django = {
  "manage.py": "",
  "shop/migrations/0001_initial.py": "",
  "shop/wsgi.py": "",
  "requirements.txt": "django\ngunicorn\n",
};
const flask = {
  "migrations/alembic.ini": "",
  "migrations/env.py": "",
  "shop/wsgi.py": "",
  "requirements.txt": "flask\nflask-migrate\ngunicorn\n",
};
const workflow = (name: string, ...runs: readonly string[]) => ({
  [`.github/workflows/${name}.yml`]: `on: push\njobs:\n  ${name}:\n    steps:\n      - uses: actions/checkout@v6\n${runs.map((run) => `      - run: ${run}\n`).join("")}`,
});
const checked = workflow("test", "python manage.py makemigrations --check --dry-run", "pytest");
const unchecked = workflow("test", "python manage.py migrate", "pytest");
const image = (command: string) => ({ Dockerfile: `FROM python:3.14-slim\nCMD ${command}\n` });
const served = image('["gunicorn", "shop.wsgi"]');
const pod = (kind: string, spec: string) => ({
  "k8s/shop.yaml": `apiVersion: apps/v1\nkind: ${kind}\nmetadata:\n  name: shop\nspec:\n${spec}`,
});

describeRule(rule, [
  { name: "no tool for migrations", repo: { "manage.py": "", "requirements.txt": "django\n" }, expect: "skip" },
  {
    name: "a reusable app, which others migrate",
    repo: { "pyproject.toml": '[build-system]\n[project]\nname = "shop"\n', "shop/migrations/0001_initial.py": "" },
    expect: "skip",
  },
  {
    name: "a database of tests is no release",
    repo: { ...django, ...served, ...unchecked },
    expect: "fail",
    evidence: [".github/workflows/test.yml:7", "manage.py:1"],
  },
  {
    name: "a check alone",
    repo: { ...django, ...served, ...checked },
    expect: "partial",
    value: 0.5,
    evidence: ["manage.py:1"],
  },
  {
    name: "a release phase alone",
    repo: { ...django, Procfile: "release: python manage.py migrate\nweb: gunicorn shop.wsgi\n", ...unchecked },
    expect: "partial",
    value: 0.5,
    evidence: [".github/workflows/test.yml:7"],
  },
  {
    name: "a release phase of Fly",
    repo: { ...django, "fly.toml": '[deploy]\n  release_command = "python manage.py migrate --noinput"\n', ...checked },
    expect: "pass",
    evidence: [".github/workflows/test.yml:6", "fly.toml:2"],
  },
  {
    name: "a deploy step",
    repo: { ...django, ...checked, ...workflow("deploy", "heroku run python manage.py migrate --app shop") },
    expect: "pass",
  },
  {
    name: "a task of ECS",
    repo: {
      ...django,
      ...checked,
      ...workflow(
        "deploy",
        `>-\n          aws ecs run-task --overrides '{"command": ["python", "manage.py", "migrate"]}'`,
      ),
    },
    expect: "pass",
  },
  {
    name: "a job of Kubernetes",
    repo: {
      ...django,
      ...checked,
      ...pod(
        "Job",
        "  template:\n    spec:\n      containers:\n        - name: migrate\n          image: shop:1.2\n          command: [python, manage.py, migrate]\n",
      ),
    },
    expect: "pass",
    evidence: [".github/workflows/test.yml:6", "k8s/shop.yaml:9"],
  },
  {
    name: "an init container",
    repo: {
      ...django,
      ...checked,
      ...pod(
        "Deployment",
        "  replicas: 3\n  template:\n    spec:\n      initContainers:\n        - name: migrate\n          args: [python manage.py migrate]\n      containers:\n        - name: web\n          image: shop\n",
      ),
    },
    expect: "pass",
  },
  {
    name: "a hook of a chart",
    repo: {
      ...django,
      ...checked,
      "chart/Chart.yaml": "name: shop\n",
      "chart/templates/migrate.yaml":
        'apiVersion: batch/v1\nkind: Job\nmetadata:\n  annotations:\n    "helm.sh/hook": pre-upgrade\nspec:\n  template:\n    spec:\n      containers:\n        - image: {{ .Values.image }}\n          command: ["python", "manage.py", "migrate"]\n',
    },
    expect: "pass",
    evidence: [".github/workflows/test.yml:6", "chart/templates/migrate.yaml:11"],
  },
  {
    name: "the entry point of one container",
    repo: {
      ...django,
      ...checked,
      Dockerfile: 'FROM python:3.14-slim\nCOPY entrypoint.sh /\nENTRYPOINT ["/entrypoint.sh"]\n',
      "entrypoint.sh": "#!/bin/sh\npython manage.py migrate\nexec gunicorn shop.wsgi\n",
    },
    expect: "pass",
    evidence: [".github/workflows/test.yml:6", "entrypoint.sh:2"],
  },
  {
    name: "the command of three copies, which race",
    repo: {
      ...django,
      ...checked,
      ...image("python manage.py migrate && gunicorn shop.wsgi"),
      ...pod(
        "Deployment",
        "  replicas: 3\n  template:\n    spec:\n      containers:\n        - name: web\n          image: shop\n",
      ),
    },
    expect: "partial",
    value: 0.65,
    evidence: ["Dockerfile:2"],
  },
  {
    name: "a hook of pre-commit and a test check as well",
    repo: {
      ...django,
      ...served,
      ".pre-commit-config.yaml":
        "repos:\n  - repo: local\n    hooks:\n      - id: migrations\n        entry: python manage.py makemigrations --check\n",
    },
    expect: "partial",
    value: 0.5,
  },
  {
    name: "a test of the migrations",
    repo: { ...django, "shop/tests/test_migrations.py": "", Procfile: "release: ./manage.py migrate\n" },
    expect: "pass",
    evidence: ["shop/tests/test_migrations.py:1", "Procfile:1"],
  },
  {
    name: "Alembic in a release phase, checked",
    repo: {
      ...flask,
      ...workflow("test", "alembic check", "pytest"),
      Procfile: "release: flask db upgrade\nweb: gunicorn shop\n",
    },
    expect: "pass",
  },
  {
    name: "Alembic, which the program may call",
    repo: { ...flask, ...served, ...workflow("test", "pytest") },
    expect: "unknown",
  },
  {
    name: "Django behind a program of its own",
    repo: { ...django, ...image('["python", "start_shop.py"]'), ...checked },
    expect: "unknown",
  },
  {
    name: "a release script that cannot be read",
    repo: {
      ...django,
      ...served,
      Procfile: "release: bin/release\n",
      "bin/release": { unreadable: "it is too large" },
    },
    expect: "unknown",
  },
  {
    name: "migrations in a folder of another name",
    repo: {
      "manage.py": "",
      "shop/db_migrations/0001_initial.py": "",
      "requirements.txt": "django\n",
      ...checked,
      Procfile: "release: python manage.py migrate\n",
    },
    expect: "pass",
  },
  {
    name: "a container that waits until somebody else has migrated",
    repo: {
      ...django,
      ...checked,
      ...served,
      "chart/Chart.yaml": "name: shop\n",
      "chart/templates/_wait.tpl":
        '{{- define "wait" -}}\n- name: wait\n  command:\n  - sh\n  - -c\n  - while ! /app/manage.py migrate --check; do sleep 5; done;\n{{- end }}\n',
    },
    expect: "partial",
    value: 0.5,
    says: "No release step here applies",
  },
  {
    name: "a linter of migrations, and a hook of Argo CD",
    repo: {
      ...django,
      ...workflow("test", "python manage.py lintmigrations", "pytest"),
      "k8s/migrate.yaml":
        "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: migrate\n  annotations: {argocd.argoproj.io/hook: PreSync}\nspec:\n  template:\n    spec:\n      containers:\n        - name: migrate\n          image: acme/shop:1.4\n          command: [python, manage.py, migrate]\n",
    },
    expect: "pass",
  },
]);

const CI = ".github/workflows/ci.yml";
const tested = (steps: string, on = "[push, pull_request]") => ({
  "manage.py": "",
  "shop/migrations/0001_initial.py": "",
  "requirements.txt": "django\n",
  Procfile: "release: python manage.py migrate\nweb: gunicorn shop.wsgi\n",
  [CI]: `on: ${on}\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v6\n${steps}`,
});
const RUNS = "      # all of them\n      - name: Tests\n        run: uv run ./manage.py test --parallel auto\n";
const SURROUNDED =
  "      - name: Tests\n        working-directory: backend\n        env:\n          DB: ${{ matrix.db }}\n          SECRET_KEY: dummy\n          DEBUG: 1\n        run: |\n          python manage.py test\n";
const unsaid = "what the check needs to start is for people to say";

describeRepair(rule, [
  {
    name: "checks the migrations before Django's tests",
    repo: tested(RUNS),
    after: {
      [CI]: tested(`      - name: Check migrations\n        run: uv run ./manage.py makemigrations --check\n${RUNS}`)[
        CI
      ],
    },
  },
  {
    name: "checks them where the tests run, with what these are given",
    repo: tested(SURROUNDED),
    after: {
      [CI]: tested(
        `${SURROUNDED.replace("Tests", "Check migrations").replace("run: |\n          python manage.py test", "run: python manage.py makemigrations --check")}${SURROUNDED}`,
      )[CI],
    },
  },
  { name: "does not guess the settings of other tests", repo: tested("      - run: pytest\n"), refuses: unsaid },
  {
    name: "leaves tests that run under a condition",
    repo: tested("      - if: matrix.db == 'x'\n        run: python manage.py test\n"),
    refuses: unsaid,
  },
  { name: "leaves a workflow that pull requests do not start", repo: tested(RUNS, "push"), refuses: unsaid },
]);
