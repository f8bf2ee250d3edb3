import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "Tests run on the database engine that production runs on",
  severity: "medium",
  why: "SQLite takes types, constraints and queries that PostgreSQL and MySQL refuse, and sorts and locks otherwise: what passes there fails in production.",
  fix: "Give the job of the tests a service of the engine (`services: postgres` with a health check), or start one with testcontainers or pytest-postgresql.",
  byHand:
    "how the tests are told of the engine stands in their own settings, and which version production runs does not",
  references: [
    "https://12factor.net/dev-prod-parity",
    "https://docs.github.com/en/actions/tutorials/use-containerized-services",
  ],
  appliesTo: ["web-service", "worker", "data-pipeline"],
  needs: ["testServices", "testLayout"],
  check({ testServices: { driver, real, substitutes, unread }, testLayout }) {
    if (!driver) return skip("it needs neither PostgreSQL nor MySQL");
    if (testLayout.candidates.length === 0 && !testLayout.elsewhere) return skip("there are no tests");
    const [first] = real;
    if (first)
      return pass([{ path: first.path, line: first.line, found: `Tests get a real engine from ${first.what}.` }]);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (substitutes.length === 0)
      cannotJudge(`nothing here says on which engine the tests run; ${driver.name} needs one`);
    return fail(
      substitutes.map(({ path, line }) => ({
        path,
        line,
        found: `Tests get SQLite here, and nothing gives them ${driver.engine}, which ${driver.name} connects to.`,
      })),
    );
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "requirements.txt": "flask\npsycopg\ngunicorn\n",
      "wsgi.py": "",
      "tests/test_orders.py": "def test_orders(): ...\n",
      ".github/workflows/ci.yml":
        "on: pull_request\njobs:\n  test:\n    services:\n      postgres:\n        image: postgres:18\n    steps:\n      - run: pytest\n",
    },
    fails: {
      "requirements.txt": "flask\npsycopg\ngunicorn\n",
      "wsgi.py": "",
      "tests/conftest.py": 'DATABASE_URL = "sqlite://"\n',
      "tests/test_orders.py": "def test_orders(): ...\n",
    },
  },
});
