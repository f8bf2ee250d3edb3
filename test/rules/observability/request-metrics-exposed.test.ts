import rule from "../../../rules/observability/request-metrics-exposed.ts";
import { describeRule } from "../../support/describe-rule.ts";

const filler = "# What the shop sells.\n".repeat(80);
const service = (files: Record<string, string | { unreadable: string }>, more = "") => ({
  Dockerfile: 'FROM python:3.14-slim\nCMD ["uvicorn", "shop.api:app"]\n',
  "requirements.txt": `fastapi\nuvicorn\n${more}`,
  "shop/api.py": `from fastapi import FastAPI\n\napp = FastAPI()\n${filler}`,
  ...files,
});
const pod = (annotation: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: shop }\nspec:\n  template:\n    metadata:\n      annotations:\n        ${annotation}\n    spec:\n      containers: [{ name: shop, image: shop }]\n`;

describeRule(rule, [
  { name: "nothing", repo: service({}), expect: "fail", evidence: ["shop/api.py:3"] },
  {
    name: "a counter of prometheus_client",
    repo: service({ "shop/numbers.py": "from prometheus_client import Counter\n" }, "prometheus-client\n"),
    expect: "pass",
    evidence: ["shop/numbers.py:1"],
  },
  {
    name: "prometheus-client that something else brought",
    repo: service({}, "prometheus-client\n"),
    expect: "fail",
  },
  {
    name: "measures of a model, and the metadata of tables",
    repo: service({ "shop/model.py": "from sklearn.metrics import accuracy_score\nfrom sqlalchemy import MetaData\n" }),
    expect: "fail",
  },
  {
    name: "a wrapper of the start command",
    repo: service({
      Dockerfile: 'FROM python:3.14-slim\nCMD ["opentelemetry-instrument", "uvicorn", "shop.api:app"]\n',
    }),
    expect: "pass",
    evidence: ["Dockerfile:2"],
  },
  {
    name: "a wrapper in the script that starts it",
    repo: service({ "entrypoint.sh": "#!/bin/sh\nexec ddtrace-run uvicorn shop.api:app\n" }),
    expect: "pass",
    evidence: ["entrypoint.sh:2"],
  },
  {
    name: "the annotation of OpenTelemetry's operator",
    repo: service({ "k8s/shop.yaml": pod('instrumentation.opentelemetry.io/inject-python: "true"') }),
    expect: "pass",
    evidence: ["k8s/shop.yaml:8"],
  },
  {
    name: "a mesh",
    repo: service({ "k8s/shop.yaml": pod("linkerd.io/inject: enabled") }),
    expect: "pass",
  },
  {
    name: "samples of traces",
    repo: service({ "shop/errors.py": "import sentry_sdk\n\nsentry_sdk.init(traces_sample_rate=0.1)\n" }),
    expect: "pass",
    evidence: ["shop/errors.py:3"],
  },
  {
    name: "an error tracker without traces",
    repo: service({ "shop/errors.py": "import sentry_sdk\n\nsentry_sdk.init(traces_sample_rate=0)\n" }),
    expect: "fail",
  },
  {
    name: "a route of its own",
    repo: service({ "shop/numbers.py": '@router.get("/metrics")\ndef numbers(): ...\n' }),
    expect: "pass",
    evidence: ["shop/numbers.py:1"],
  },
  {
    name: "a middleware of its own",
    repo: service({ "shop/wrap.py": "app.add_middleware(MetricsMiddleware)\n" }),
    expect: "pass",
    evidence: ["shop/wrap.py:1"],
  },
  {
    name: "an agent that only the manifest names",
    repo: service({}, "ddtrace\n"),
    expect: "pass",
    evidence: ["requirements.txt:3"],
  },
  {
    name: "a platform whose router measures",
    repo: service({ Procfile: "web: uvicorn shop.api:app\n" }),
    expect: "skip",
    says: "router",
  },
  {
    name: "a model that is trained and not served",
    repo: { Dockerfile: "FROM python:3.14\n", "requirements.txt": "torch\n", "train.py": `import torch\n${filler}` },
    expect: "skip",
  },
  {
    name: "a module that cannot be read",
    repo: service({ "a.py": { unreadable: "it is binary" } }),
    expect: "unknown",
  },
]);
