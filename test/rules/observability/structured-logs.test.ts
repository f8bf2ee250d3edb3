import rule from "../../../rules/observability/structured-logs.ts";
import { describeRule } from "../../support/describe-rule.ts";

const service = (source: string, files: Record<string, string | { unreadable: string }> = {}) => ({
  "requirements.txt": "fastapi\nuvicorn\n",
  "shop/logs.py": source,
  ...files,
});

describeRule(rule, [
  {
    name: "JSON without the id of a request",
    repo: service("import logging\nfrom pythonjsonlogger.json import JsonFormatter\n"),
    expect: "partial",
    value: 0.7,
    evidence: ["shop/logs.py:2"],
  },
  {
    name: "JSON with it",
    repo: service("import logging\nfrom pythonjsonlogger.json import JsonFormatter\nimport asgi_correlation_id\n"),
    expect: "pass",
    evidence: ["shop/logs.py:2", "shop/logs.py:3"],
  },
  {
    name: "a formatter of its own that writes JSON",
    repo: service(
      "import json\nimport logging\n\n\nclass Lines(logging.Formatter):\n    def format(self, record):\n        return json.dumps(record.__dict__)\n",
    ),
    expect: "partial",
    evidence: ["shop/logs.py:5"],
  },
  {
    name: "pairs of key and value",
    repo: service(
      'import logging\n\nlogging.basicConfig(format="level=%(levelname)s at=%(asctime)s says=%(message)s")\n',
    ),
    expect: "partial",
    evidence: ["shop/logs.py:3"],
  },
  {
    name: "a formatter that Django's LOGGING names",
    repo: service(
      'import logging\n\nLOGGING = {"formatters": {"json": {"()": "pythonjsonlogger.jsonlogger.JsonFormatter"}}}\n',
    ),
    expect: "partial",
    value: 0.7,
  },
  {
    name: "loguru that serialises",
    repo: service("import sys\nfrom loguru import logger\n\nlogger.add(sys.stdout, serialize=True)\n"),
    expect: "partial",
    evidence: ["shop/logs.py:4"],
  },
  {
    name: "plain text with an id",
    repo: service('import logging\n\nlogging.basicConfig(format="%(request_id)s %(message)s")\n'),
    expect: "partial",
    value: 0.3,
  },
  {
    name: "renderers of an API, which are not for logs",
    repo: service("import logging\nfrom rest_framework.renderers import JSONRenderer\n\nlogging.basicConfig()\n"),
    expect: "fail",
    evidence: ["shop/logs.py:4"],
  },
  {
    name: "an address that has pairs",
    repo: service('import logging\n\nlogging.basicConfig()\nURL = "?client={client}&scope={scope}&state={state}"\n'),
    expect: "fail",
  },
  {
    name: "a function of another package that sets it up",
    repo: service("from acme import telemetry\n\ntelemetry.setup_logging()\n"),
    expect: "unknown",
    says: "setup_logging",
  },
  {
    name: "tasks that Airflow logs for",
    repo: { "requirements.txt": "apache-airflow\n", "dags/bill.py": "import logging\nfrom airflow import DAG\n" },
    expect: "skip",
  },
  { name: "nothing that logs", repo: service("x = 1\n"), expect: "skip" },
  {
    name: "a module that cannot be read",
    repo: service("x = 1\n", { "a.py": { unreadable: "it is binary" } }),
    expect: "unknown",
  },
]);
