import rule from "../../../rules/testing/integration-tests-present.ts";
import { describeRule } from "../../support/describe-rule.ts";

const service = { "manage.py": "", "requirements.txt": "django\npsycopg\n" };
const unit = { "tests/test_prices.py": "from unittest import mock\n\ndef test_prices(): ...\n" };
const test = (text: string) => ({ ...service, "tests/test_orders.py": text });

describeRule(rule, [
  { name: "no tests at all", repo: service, expect: "skip", says: "there are no tests" },
  {
    name: "no database",
    repo: { "manage.py": "", "requirements.txt": "django\n", ...unit },
    expect: "skip",
    says: "it needs no database and no queue",
  },
  {
    name: "a library",
    repo: { "setup.py": 'setup(name="slug", install_requires=["redis"])\n', "slug.py": "", ...unit },
    expect: "skip",
  },
  {
    name: "unit tests alone",
    repo: { ...service, ...unit },
    expect: "fail",
    evidence: ["tests"],
    says: "No test runs together with what psycopg connects to.",
  },
  {
    name: "a folder that is called so",
    repo: { ...service, "tests/functional/test_orders.py": "def test_x(): ...\n" },
    expect: "pass",
    evidence: ["tests/functional/test_orders.py:1"],
  },
  {
    name: "a mark, without any folder",
    repo: test("import pytest\n\n@pytest.mark.integration\ndef test_x(): ...\n"),
    expect: "pass",
    evidence: ["tests/test_orders.py:3"],
    says: "Tests reach an engine, as the mark integration shows.",
  },
  ...["tests/it", "acceptance", "contract", "tests/e2e", "tests/system", "integration_tests"].map((folder) => ({
    name: `a folder that is called ${folder}`,
    repo: { ...service, [`${folder}/test_orders.py`]: "def test_x(): ...\n" },
    expect: "pass" as const,
    evidence: [`${folder}/test_orders.py:1`],
  })),
  {
    name: "a folder with a stub",
    repo: { ...service, ...unit, "tests/integration/test_orders.py": "# to come\n" },
    expect: "fail",
  },
  {
    name: "the stub that startapp leaves",
    repo: {
      ...service,
      ...unit,
      "orders/tests.py": "from django.test import TestCase\n\n# Create your tests here.\n",
    },
    expect: "fail",
  },
  {
    name: "a name of a client that reaches no broker",
    repo: test("from kombu import Queue, uuid\n\ndef test_x(): ...\n"),
    expect: "fail",
  },
  {
    name: "a connection to a broker",
    repo: test("from kombu import Connection\n\ndef test_x(): ...\n"),
    expect: "pass",
    evidence: ["tests/test_orders.py:1"],
  },
  {
    name: "compose that runs the tests, and nothing beside them",
    repo: {
      ...service,
      ...unit,
      "docker-compose.yml": "services:\n  web:\n    build: .\n",
      "docker-compose.test.yml": "services:\n  web:\n    command: pytest\n",
      Makefile: "test:\n\tdocker compose run --rm web pytest\n",
      ".github/workflows/ci.yml":
        "on: push\njobs:\n  test:\n    steps:\n      - run: docker compose run web pytest\n      - run: pytest\n",
    },
    expect: "fail",
  },
  {
    name: "compose that runs the tests beside a database",
    repo: {
      ...service,
      ...unit,
      "docker-compose.yml": "services:\n  web:\n    build: .\n  db:\n    image: postgres:18\n",
      Makefile: "test:\n\tdocker compose run --rm web pytest\n",
    },
    expect: "pass",
    evidence: ["Makefile:2"],
  },
  {
    name: "services that a job takes from an anchor, with Windows line ends",
    repo: {
      ...service,
      ...unit,
      ".github/workflows/ci.yml": [
        "on: push",
        "env: &engines",
        "  db: { image: postgres:18 }",
        "jobs:",
        "  test:",
        "    services: *engines",
        "    steps:",
        "      - run: pytest",
        "",
      ].join("\r\n"),
    },
    expect: "pass",
    evidence: [".github/workflows/ci.yml:6"],
  },
  {
    name: "a mark that is registered",
    repo: {
      ...service,
      ...unit,
      "pytest.ini": "[pytest]\nmarkers =\n    slow: takes long\n    integration: needs a database\n",
    },
    expect: "pass",
  },
  {
    name: "tests of Django on its database",
    repo: test("from django.test import Client, TestCase\n\nclass TestX(TestCase):\n    def test_x(self): ...\n"),
    expect: "pass",
    evidence: ["tests/test_orders.py:1"],
  },
  {
    name: "tests of Django by a base class of the project",
    repo: test("from shop.test import BaseTestCase\n\nclass TestX(BaseTestCase):\n    def test_x(self): ...\n"),
    expect: "pass",
  },
  {
    name: "tests of Django without its database",
    repo: test("from django.test import SimpleTestCase\n\nclass TestX(SimpleTestCase):\n    def test_x(self): ...\n"),
    expect: "fail",
  },
  { name: "containers", repo: { ...service, ...unit, "requirements-dev.txt": "testcontainers\n" }, expect: "pass" },
  {
    name: "a fixture with an engine",
    repo: { ...service, ...unit, "tests/conftest.py": "import os\n\nengine = create_engine(os.environ['DB'])\n" },
    expect: "pass",
    evidence: ["tests/conftest.py:3"],
  },
  {
    name: "a test that makes its tables",
    repo: test("from shop import db\n\ndef test_x():\n    db.create_all()\n"),
    expect: "pass",
    evidence: ["tests/test_orders.py:4"],
  },
  {
    name: "an exception of a driver is no engine",
    repo: test("from redis.exceptions import ConnectionError\n\ndef test_x(): ...\n"),
    expect: "fail",
  },
  {
    name: "a driver in a whole environment that somebody froze",
    repo: {
      "manage.py": "",
      "requirements.txt": `django==6.0\npyodbc==5.2\n${Array.from({ length: 60 }, (_, index) => `package${index}==1.0\n`).join("")}`,
      ...unit,
    },
    expect: "skip",
  },
  {
    name: "services of the job",
    repo: {
      ...service,
      ...unit,
      ".github/workflows/ci.yml":
        "on: push\njobs:\n  test:\n    services:\n      db:\n        image: postgres:17\n    steps:\n      - run: pytest\n",
    },
    expect: "pass",
    evidence: [".github/workflows/ci.yml:4"],
  },
  {
    name: "compose in the job that tests",
    repo: {
      ...service,
      ...unit,
      ".github/workflows/ci.yml":
        "on: push\njobs:\n  test:\n    steps:\n      - uses: actions/checkout@v5\n      - run: docker compose up -d db\n      - run: pytest\n",
    },
    expect: "pass",
    evidence: [".github/workflows/ci.yml:6"],
  },
  {
    name: "a service of another system",
    repo: { ...service, ...unit, ".gitlab-ci.yml": "test:\n  services:\n    - postgres:17\n  script: pytest\n" },
    expect: "pass",
    evidence: [".gitlab-ci.yml:3"],
  },
  {
    name: "fixtures that cannot be read",
    repo: { ...service, ...unit, "tests/conftest.py": { unreadable: "it is not UTF-8" } },
    expect: "unknown",
    says: "tests/conftest.py",
  },
  {
    name: "more tests than are read, all called unit tests",
    repo: {
      ...service,
      ...Object.fromEntries(
        Array.from({ length: 20 }, (_, index) => [`tests/unit/test_${index}.py`, "def test_x(): ...\n"]),
      ),
    },
    expect: "fail",
    evidence: ["tests"],
  },
  {
    name: "more tests than are read",
    repo: {
      ...service,
      ...Object.fromEntries(
        Array.from({ length: 20 }, (_, index) => [`tests/test_${index}.py`, "def test_x(): ...\n"]),
      ),
    },
    expect: "unknown",
    says: "12 largest of 20",
  },
]);
