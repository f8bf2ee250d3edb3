import rule from "../../../rules/deployment/ml-artifacts-versioned.ts";
import { describeRule } from "../../support/describe-rule.ts";

const training = { "requirements.txt": "torch\n", "train.py": "import torch\n" };
const model = (path: string, size = 5_000_000) => ({ [path]: { unreadable: "it is binary", size } });

describeRule(rule, [
  { name: "a web service", repo: { "manage.py": "", "requirements.txt": "django\n" }, expect: "skip" },
  {
    name: "notebooks for research",
    repo: { "study.ipynb": '{"cells": []}'.padEnd(5_000), "environment.yml": "dependencies: [pytorch]\n", "a.py": "" },
    expect: "skip",
  },
  {
    name: "a model in git",
    repo: { ...training, ...model("weights/final.pth") },
    expect: "fail",
    evidence: ["weights/final.pth"],
  },
  { name: "a pickle that is called a model", repo: { ...training, ...model("app/classifier.pkl") }, expect: "fail" },
  { name: "a pickle of data", repo: { ...training, ...model("app/cities.pkl") }, expect: "unknown" },
  { name: "a model for tests", repo: { ...training, ...model("tests/data/model.onnx") }, expect: "unknown" },
  { name: "a pointer of Git LFS", repo: { ...training, ...model("weights/final.pth", 133) }, expect: "unknown" },
  {
    name: "a model of Git LFS that is checked out",
    repo: {
      ...training,
      ...model("weights/final.pth"),
      ".gitattributes": "*.pth filter=lfs diff=lfs merge=lfs -text\n",
    },
    expect: "unknown",
  },
  {
    name: "models of DVC",
    repo: { ...training, "weights/final.pth.dvc": "outs:\n- path: final.pth\n", ".dvc/config": "" },
    expect: "pass",
    evidence: ["weights/final.pth.dvc:1"],
  },
  {
    name: "a tracker that is declared",
    repo: { ...training, "requirements.txt": "torch\nwandb>=0.20\n" },
    expect: "pass",
    evidence: ["requirements.txt:2"],
  },
  {
    name: "a registry, and a model beside it",
    repo: { ...training, "requirements.txt": "torch\nmlflow\n", ...model("weights/final.pth") },
    expect: "partial",
    value: 0.5,
    evidence: ["weights/final.pth", "requirements.txt:2"],
  },
  {
    name: "a served model with its version",
    repo: {
      ...training,
      "deploy/model.yaml":
        "apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata:\n  name: shop\nspec:\n  predictor:\n    model:\n      storageUri: s3://models/shop/7\n",
    },
    expect: "pass",
  },
  { name: "what the code loads is not read", repo: training, expect: "unknown" },
]);
