import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

/** Single records have to keep to a schema; nothing looks at all of them. */
const SCHEMA_ONLY = 0.5;

export default defineRule({
  title: "Data and models are tested, not only the code",
  severity: "medium",
  why: "Code that is right makes a wrong model of wrong data, and no unit test notices.",
  fix: "Check the data that comes in (pandera, Great Expectations, dbt's `data_tests`), and let a test train or load the model and hold its measure on a fixed sample against a bound.",
  byHand: "which limits the data and the model have to keep is for people to say",
  references: ["https://pandera.readthedocs.io/", "https://docs.getdbt.com/docs/build/data-tests"],
  appliesTo: ["ml", "data-pipeline"],
  needs: ["qualityChecks", "instrumentation", "modelServing", "backgroundJobs"],
  check({ qualityChecks: { checks, schema, unread }, instrumentation: { watches }, modelServing, backgroundJobs }) {
    const [check] = [...watches.data, ...checks];
    if (check) return pass([{ path: check.path, line: check.line, found: `Quality is checked by ${check.by}.` }]);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    const [subject] = [...modelServing.trains, ...backgroundJobs.pipelines];
    if (!subject) return skip("nothing here trains a model or moves data");
    const place = { path: subject.path, line: subject.line };
    if (schema)
      return partial(SCHEMA_ONLY, [
        { ...place, found: `${schema.by} checks single records; nothing checks data sets or models.` },
      ]);
    return fail([{ ...place, found: "Nothing checks the data that goes in here, or the quality of what comes out." }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "requirements.txt": "scikit-learn\n",
      "train.py": "from sklearn.linear_model import LinearRegression\n\nmodel = LinearRegression().fit(x, y)\n",
      "tests/test_model.py": "def test_accuracy(model, sample):\n    assert model.score(sample) > 0.9\n",
    },
    fails: {
      "requirements.txt": "scikit-learn\n",
      "train.py": "from sklearn.linear_model import LinearRegression\n\nmodel = LinearRegression().fit(x, y)\n",
    },
  },
});
