import rule from "../../../rules/observability/ml-monitoring-configured.ts";
import { describeRule } from "../../support/describe-rule.ts";

const service = (source: string, more = "") => ({
  Dockerfile: 'FROM python:3.14-slim\nCMD ["uvicorn", "shop.api:app"]\n',
  "requirements.txt": `fastapi\nuvicorn\n${more}`,
  "shop/api.py": `from fastapi import FastAPI\n${source}`,
});

describeRule(rule, [
  {
    name: "a model that answers",
    repo: service('import torch\n\nmodel = torch.load("price.pt", weights_only=True)\n'),
    expect: "fail",
    evidence: ["shop/api.py:4"],
  },
  {
    name: "whylogs",
    repo: service('import whylogs\nimport torch\n\nmodel = torch.load("a.pt")\n'),
    expect: "pass",
    evidence: ["shop/api.py:2"],
  },
  {
    name: "the API of somebody else's model",
    repo: service("import openai\n\nclient = openai.OpenAI()\n"),
    expect: "skip",
  },
  { name: "the same, traced", repo: service("import openai\nfrom langfuse import observe\n"), expect: "pass" },
  {
    name: "a borrowed model beside much else",
    repo: service('from transformers import pipeline\n\nask = pipeline("summarization")\n'),
    expect: "skip",
  },
  {
    name: "a function of its own called load_model",
    repo: service("from .models import load_model\n\nmodel = load_model()\n"),
    expect: "skip",
  },
  {
    name: "a model that is trained and not served",
    repo: {
      Dockerfile: "FROM python:3.14\n",
      "requirements.txt": "torch\n",
      "train.py": 'import torch\n\nmodel = torch.load("a.pt")\n',
    },
    expect: "skip",
  },
  {
    name: "a server of models",
    repo: {
      Dockerfile: "FROM python:3.14\n",
      "requirements.txt": "torch\nbentoml\n",
      "train.py": 'import bentoml\n\nmodel = bentoml.pytorch.load_model("a")\n',
    },
    expect: "fail",
  },
  {
    name: "a module that cannot be read",
    repo: { ...service("x = 1\n"), "shop/model.py": { unreadable: "it is binary" } },
    expect: "unknown",
  },
]);
