import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "Tests run together with the database or queue that the code needs",
  severity: "medium",
  why: "A query that a mock accepts may fail on the real engine, and that shows for the first time in production.",
  fix: "Add tests/integration with tests on a container (testcontainers, or `services:` of the CI job) of the engine that production runs.",
  byHand: "what the code and the service are to do together is for people to say",
  references: ["https://testcontainers-python.readthedocs.io/"],
  peers: ["OpenSSF Best Practices test_policy"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline"],
  needs: ["integrationTests", "testLayout"],
  check({ integrationTests: { datastore, signs, complete, unread }, testLayout }) {
    const { candidates, confirmed, elsewhere, sources, root } = testLayout;
    if (candidates.length === 0 && !elsewhere) return skip("there are no tests");
    const [sign] = signs;
    if (sign)
      return pass([{ path: sign.path, line: sign.line, found: `Tests reach an engine, as ${sign.what} shows.` }]);
    if (!datastore) return skip("it needs no database and no queue");
    if (elsewhere) cannotJudge("it has no tests of its own, and those elsewhere in the repository may cover it");
    const [hidden] = [...unread, ...testLayout.unread];
    if (hidden) cannotJudge(`${hidden.path} could not be read: ${hidden.reason}`);
    if (!complete)
      cannotJudge(`the ${sources.length} largest of ${candidates.length} test files show no test on ${datastore.name}`);
    if (confirmed.length === 0) return skip("there are no tests");
    return fail([{ path: root, found: `No test runs together with what ${datastore.name} connects to.` }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "manage.py": "",
      "requirements.txt": "django\npsycopg\n",
      "tests/integration/test_orders.py": "def test_orders(): ...\n",
    },
    fails: {
      "manage.py": "",
      "requirements.txt": "django\npsycopg\n",
      "tests/test_prices.py": "from unittest import mock\n\ndef test_prices(): ...\n",
    },
  },
});
