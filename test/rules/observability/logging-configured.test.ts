import rule from "../../../rules/observability/logging-configured.ts";
import { describeRule } from "../../support/describe-rule.ts";

const filler = "# What the shop sells.\n".repeat(80);
const flask = (files: Record<string, string | { unreadable: string }>) => ({
  "requirements.txt": "flask\ngunicorn\n",
  "shop/app.py": `from flask import Flask\n\napp = Flask(__name__)\n${filler}`,
  ...files,
});
const logger = "import logging\n\nlogger = logging.getLogger(__name__)\n";

describeRule(rule, [
  {
    name: "Django's LOGGING",
    repo: {
      "requirements.txt": "django\ngunicorn\n",
      "manage.py": filler,
      "shop/settings.py": 'LOGGING = {"version": 1}\n',
    },
    expect: "pass",
    evidence: ["shop/settings.py:1"],
  },
  {
    name: "basicConfig under another name",
    repo: flask({ "shop/logs.py": 'import logging as l\n\nl.basicConfig(level="INFO")\n' }),
    expect: "pass",
    evidence: ["shop/logs.py:3"],
  },
  { name: "loguru", repo: flask({ "shop/cart.py": "from loguru import logger\n" }), expect: "pass" },
  {
    name: "a handler on the logger of the product",
    repo: flask({ "shop/logs.py": `${logger}logger.addHandler(logging.StreamHandler())\n` }),
    expect: "pass",
    evidence: ["shop/logs.py:4"],
  },
  {
    name: "the handler of a library, which keeps silent",
    repo: flask({ "shop/logs.py": `${logger}logger.addHandler(logging.NullHandler())\nlogger.warning("late")\n` }),
    expect: "partial",
  },
  {
    name: "Gunicorn's configuration",
    repo: flask({ "gunicorn.conf.py": 'logconfig_dict = {"version": 1}\n' }),
    expect: "pass",
    evidence: ["gunicorn.conf.py:1"],
  },
  {
    name: "a configuration in a file",
    repo: flask({ "logging.ini": "[loggers]\nkeys=root\n[handlers]\nkeys=console\n[formatters]\nkeys=plain\n" }),
    expect: "pass",
    evidence: ["logging.ini:3"],
  },
  {
    name: "a function of another package that sets it up",
    repo: flask({ "shop/start.py": "from acme.telemetry import setup_logging\n\nsetup_logging()\n" }),
    expect: "pass",
    says: "acme.telemetry.setup_logging",
  },
  {
    name: "modules that log, and nothing that sets a level",
    repo: flask({ "shop/cart.py": `${logger}\n\ndef pay():\n    logger.info("paid")\n` }),
    expect: "partial",
    value: 0.5,
    evidence: ["shop/cart.py:7"],
  },
  {
    name: "prints only",
    repo: flask({ "shop/cart.py": 'def pay():\n    print("paid")\n' }),
    expect: "fail",
    evidence: ["shop/cart.py:2"],
  },
  {
    name: "nothing at all",
    repo: flask({}),
    expect: "fail",
    evidence: ["shop/app.py:3"],
  },
  {
    name: "Alembic's own logging, which is not the service's",
    repo: flask({
      "migrations/env.py": 'from logging.config import fileConfig\n\nfileConfig("alembic.ini")\n',
    }),
    expect: "fail",
    evidence: ["shop/app.py:3"],
  },
  {
    name: "a function that the platform logs for",
    repo: {
      "template.yaml":
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  Bill:\n    Type: AWS::Serverless::Function\n    Properties: {Runtime: python3.13}\n",
      "src/bill.py": `${logger}\n\ndef handler(event, context):\n    logger.info("billed")\n${filler}`,
    },
    expect: "pass",
    evidence: ["src/bill.py:7"],
  },
  {
    name: "a program that declares infrastructure",
    repo: {
      "cdk.json": "{}",
      "lambda_handler.py": "",
      "requirements.txt": "aws-cdk-lib\n",
      "app.py": `import aws_cdk\n\naws_cdk.App().synth()\n${filler}`,
    },
    expect: "skip",
  },
  {
    name: "a function that prints",
    repo: {
      "template.yaml":
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  Bill:\n    Type: AWS::Serverless::Function\n    Properties: {Runtime: python3.13}\n",
      "src/bill.py": `def handler(event, context):\n    print("billed")\n${filler}`,
    },
    expect: "partial",
    value: 0.5,
  },
  {
    name: "DAGs, whose tasks Airflow logs for",
    repo: {
      "requirements.txt": "apache-airflow\n",
      "dags/bill.py": `${logger}from airflow import DAG\n\n\ndef bill():\n    logger.info("billed")\n${filler}`,
    },
    expect: "pass",
    says: "Airflow",
  },
  {
    name: "a module that cannot be read",
    repo: flask({ "shop/logs.py": { unreadable: "it is binary" } }),
    expect: "unknown",
  },
  {
    name: "a few lines",
    repo: { "requirements.txt": "flask\ngunicorn\n", "app.py": "import flask\n" },
    expect: "skip",
  },
]);
