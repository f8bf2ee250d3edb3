import rule from "../../../rules/testing/production-like-test-services.ts";
import { describeRule } from "../../support/describe-rule.ts";

const service = {
  "requirements.txt": "django\npsycopg\ngunicorn\n",
  "manage.py": "",
  "shop/wsgi.py": "",
  "tests/test_orders.py": "def test_orders(): ...\n",
};
const SQLITE = 'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}\n';
const ci = (job: string) => ({
  ".github/workflows/ci.yml": `name: postgres\non: pull_request\njobs:\n  test:\n${job}`,
});
const STEPS = "    steps:\n      - run: pytest\n";

describeRule(rule, [
  { name: "a library", repo: { "pyproject.toml": '[project]\nname = "shop"\n', "shop/a.py": "" }, expect: "skip" },
  {
    name: "a service on SQLite",
    repo: { ...service, "requirements.txt": "django\ngunicorn\n", "shop/settings_test.py": SQLITE },
    expect: "skip",
  },
  {
    name: "no tests",
    repo: { "requirements.txt": "flask\npsycopg\ngunicorn\n", "wsgi.py": "" },
    expect: "skip",
    says: "there are no tests",
  },
  {
    name: "settings of tests that select SQLite",
    repo: { ...service, ...ci(STEPS), "shop/settings/test.py": SQLITE },
    expect: "fail",
    evidence: ["shop/settings/test.py:1"],
    says: "psycopg connects to",
  },
  {
    name: "a class of Flask's configuration for tests",
    repo: {
      ...service,
      "requirements.txt": "flask\npymysql\ngunicorn\n",
      "shop/config.py":
        'import os\n\n\nclass Config:\n    SQLALCHEMY_DATABASE_URI = os.environ["DATABASE_URL"]\n\n\nclass TestingConfig(Config):\n    SQLALCHEMY_DATABASE_URI = "sqlite://"\n',
    },
    expect: "fail",
    evidence: ["shop/config.py:9"],
    says: "MySQL",
  },
  {
    name: "a fixture on SQLite",
    repo: {
      ...service,
      "tests/conftest.py":
        'from sqlalchemy import create_engine\n\nengine = create_engine("sqlite+pysqlite:///:memory:")\n',
    },
    expect: "fail",
    evidence: ["tests/conftest.py:3"],
  },
  {
    name: "a pipeline that gives SQLite",
    repo: { ...service, ...ci(`    env:\n      DATABASE_URL: sqlite:///test.db\n${STEPS}`) },
    expect: "fail",
    evidence: [".github/workflows/ci.yml:6"],
  },
  {
    name: "a fast job on SQLite, and a second one on the real engine",
    repo: {
      ...service,
      "shop/settings/test.py": SQLITE,
      ...ci(`${STEPS}  real:\n    services:\n      db:\n        image: postgres:18\n${STEPS}`),
    },
    expect: "pass",
    evidence: [".github/workflows/ci.yml:10"],
  },
  {
    name: "one of several engines is enough",
    repo: {
      ...service,
      "requirements.txt": "django\npsycopg\nmysqlclient\ngunicorn\n",
      ...ci(`    services:\n      db:\n        image: mariadb:12\n${STEPS}`),
    },
    expect: "pass",
  },
  {
    name: "a URL of the real engine that the pipeline sets",
    repo: { ...service, ...ci(`    env:\n      DATABASE_URL: postgres://postgres@localhost/shop\n${STEPS}`) },
    expect: "pass",
  },
  {
    name: "compose that the pipeline starts",
    repo: {
      ...service,
      "docker-compose.yml": "services:\n  db:\n    image: postgres:18\n",
      ...ci("    steps:\n      - run: docker compose up -d\n      - run: pytest\n"),
    },
    expect: "pass",
    evidence: ["docker-compose.yml:2"],
  },
  {
    name: "testcontainers",
    repo: { ...service, "requirements-dev.txt": "pytest\ntestcontainers\n", "tests/conftest.py": SQLITE },
    expect: "pass",
    evidence: ["requirements-dev.txt:2"],
  },
  {
    name: "a fixture on the real engine",
    repo: { ...service, "tests/conftest.py": 'DATABASE_URL = "postgresql://localhost/test"\n' },
    expect: "pass",
  },
  {
    name: "client libraries and the name of the workflow are no engine",
    repo: {
      ...service,
      "shop/settings/test.py": SQLITE,
      ...ci("    steps:\n      - run: apt-get install libpq-dev postgresql-client\n      - run: pytest\n"),
    },
    expect: "fail",
    evidence: ["shop/settings/test.py:1"],
  },
  {
    name: "a file of SQLite that one test writes",
    repo: { ...service, "tests/test_export.py": 'def test_export():\n    export("sqlite:///orders.db")\n' },
    expect: "unknown",
  },
  { name: "nothing on the database of the tests", repo: { ...service, ...ci(STEPS) }, expect: "unknown" },
]);
