import rule from "../../../rules/code-quality/cpu-bound-work-offloaded.ts";
import { describeRule } from "../../support/describe-rule.ts";

const service = (files: Readonly<Record<string, string>> = {}) => ({
  "requirements.txt": "flask\ngunicorn\nscikit-learn\n",
  "shop/app.py":
    'import joblib\nfrom flask import Flask\n\napp = Flask(__name__)\nmodel = joblib.load("m")\n\n\n@app.post("/price")\ndef price():\n    return str(model.predict([[1]]))\n',
  ...files,
});

describeRule(rule, [
  {
    name: "inference in a handler",
    repo: service(),
    expect: "fail",
    evidence: ["shop/app.py:10"],
    says: "`model.predict`",
  },
  {
    name: "several processes",
    repo: service({ Dockerfile: 'FROM python:3.14-slim\nCMD ["gunicorn", "--workers", "4", "shop.app:app"]\n' }),
    expect: "pass",
    evidence: ["Dockerfile:1"],
  },
  {
    name: "a pool of processes",
    repo: service({ "shop/pool.py": "from concurrent.futures import ProcessPoolExecutor\n" }),
    expect: "pass",
  },
  {
    name: "instances that a platform adds",
    repo: service({
      "k8s/api.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  template:\n    spec:\n      containers:\n        - {name: api, image: 'acme/shop:1.4.2', ports: [{containerPort: 8000}]}\n---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: shop}\nspec:\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}\n  minReplicas: 2\n  maxReplicas: 5\n",
    }),
    expect: "pass",
    evidence: ["k8s/api.yaml:2"],
  },
  {
    name: "settings of the server that are not read",
    repo: service({ "gunicorn.conf.py": "import os\n" }),
    expect: "unknown",
  },
  {
    name: "the same work in a script",
    repo: {
      "requirements.txt": "flask\ngunicorn\n",
      "shop/train.py": "import pandas\n\n\ndef train():\n    return pandas.read_csv('x')\n",
    },
    expect: "skip",
  },
]);
