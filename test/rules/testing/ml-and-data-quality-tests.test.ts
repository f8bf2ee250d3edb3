import rule from "../../../rules/testing/ml-and-data-quality-tests.ts";
import { describeRule } from "../../support/describe-rule.ts";

const training = "from sklearn.svm import SVC\n\nmodel = SVC().fit(x, y)\n";
const ml = (files: Record<string, string | { unreadable: string }>, more = "") => ({
  "requirements.txt": `scikit-learn\n${more}`,
  "train.py": training,
  ...files,
});

describeRule(rule, [
  { name: "training alone", repo: ml({}), expect: "fail", evidence: ["train.py:3"] },
  {
    name: "tests of code paths",
    repo: ml({ "tests/test_train.py": "def test_shape(model):\n    assert model.shape == (3, 4)\n" }),
    expect: "fail",
  },
  {
    name: "a measure held against a bound",
    repo: ml({ "tests/test_train.py": "def test_it(model):\n    auc = roc_auc(model)\n    assert auc >= 0.8\n" }),
    expect: "pass",
    evidence: ["tests/test_train.py:3"],
  },
  {
    name: "the same with unittest",
    repo: ml({
      "tests/test_train.py": "class T(TestCase):\n    def test_it(self):\n        self.assertLess(rmse(self.m), 3)\n",
    }),
    expect: "pass",
    evidence: ["tests/test_train.py:3"],
  },
  {
    name: "the same with a name",
    repo: ml({
      "tests/test_train.py":
        "class T(TestCase):\n    def test_it(self):\n        self.assertGreater(self.accuracy, 0.9)\n",
    }),
    expect: "pass",
    evidence: ["tests/test_train.py:3"],
  },
  {
    name: "pandera",
    repo: ml({ "shop/schema.py": "import pandera\n" }),
    expect: "pass",
    evidence: ["shop/schema.py:1"],
  },
  {
    name: "MLflow's evaluation",
    repo: ml({ "judge.py": "import mlflow\n\nmlflow.evaluate(model, data)\n" }),
    expect: "pass",
  },
  {
    name: "a schema of single records",
    repo: ml({ "shop/order.py": "from pydantic import BaseModel\n" }),
    expect: "partial",
    value: 0.5,
    evidence: ["train.py:3"],
  },
  {
    name: "tests of dbt",
    repo: {
      "requirements.txt": "dbt-core\n",
      "dbt_project.yml": "name: shop\n",
      "models/schema.yml":
        "version: 2\nmodels:\n  - name: orders\n    columns:\n      - name: id\n        data_tests: [unique]\n",
      "run.py": "x = 1\n",
    },
    expect: "pass",
    evidence: ["models/schema.yml:6"],
  },
  {
    name: "a DAG without checks",
    repo: { "requirements.txt": "apache-airflow\n", "dags/bill.py": 'from airflow import DAG\n\ndag = DAG("bill")\n' },
    expect: "fail",
    evidence: ["dags/bill.py:3"],
  },
  {
    name: "a DAG that checks what it loaded",
    repo: {
      "requirements.txt": "apache-airflow\n",
      "dags/bill.py":
        'from airflow import DAG\nfrom airflow.providers.common.sql.operators.sql import SQLColumnCheckOperator\n\ndag = DAG("bill")\n',
    },
    expect: "pass",
    evidence: ["dags/bill.py:2"],
  },
  {
    name: "a model that is only asked",
    repo: { "requirements.txt": "torch\nmlflow\n", "ask.py": "import torch\n" },
    expect: "skip",
  },
  { name: "notebooks alone", repo: { "a.ipynb": `{"cells": []}${" ".repeat(3000)}`, "x.py": "" }, expect: "skip" },
  { name: "a module that cannot be read", repo: ml({ "a.py": { unreadable: "it is binary" } }), expect: "unknown" },
]);
