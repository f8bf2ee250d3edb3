import rule from "../../../rules/observability/error-tracking-configured.ts";
import { describeRule } from "../../support/describe-rule.ts";

const filler = "# What the shop sells.\n".repeat(80);
const django = (files: Record<string, string | { unreadable: string }>, more = "") => ({
  "requirements.txt": `django\ngunicorn\n${more}`,
  "manage.py": filler,
  "shop/wsgi.py": "from django.core.wsgi import get_wsgi_application\n\napplication = get_wsgi_application()\n",
  ...files,
});
const lambda = `Transform: AWS::Serverless-2016-10-31\nResources:\n  Bill:\n    Type: AWS::Serverless::Function\n    Properties: {Runtime: python3.13}\n`;

describeRule(rule, [
  { name: "nothing", repo: django({}), expect: "fail", evidence: ["shop/wsgi.py:3"] },
  {
    name: "Sentry where it is imported",
    repo: django({ "shop/settings.py": "import sentry_sdk\n" }),
    expect: "pass",
    evidence: ["shop/settings.py:1"],
  },
  { name: "an agent, which tracks errors as well", repo: django({}, "newrelic\n"), expect: "pass" },
  {
    name: "mail to Django's administrators",
    repo: django({ "shop/settings.py": 'ADMINS = [("Ops", "ops@example.com")]\n' }),
    expect: "pass",
    evidence: ["shop/settings.py:1"],
  },
  { name: "no administrators", repo: django({ "shop/settings.py": "ADMINS = []\n" }), expect: "fail" },
  {
    name: "administrators of the settings for tests",
    repo: django({ "shop/settings/ci.py": 'ADMINS = [("Ops", "ops@example.com")]\n' }),
    expect: "fail",
  },
  {
    name: "a role of that name",
    repo: django({ "shop/roles.py": 'class Role:\n    ADMINS = "admins"\n' }),
    expect: "fail",
  },
  {
    name: "a handler that mails",
    repo: django({ "shop/logs.py": "from logging.handlers import SMTPHandler\n\nhandler = SMTPHandler()\n" }),
    expect: "pass",
  },
  {
    name: "an alarm on what the platform counts",
    repo: {
      "template.yaml": `${lambda}  Alarm:\n    Type: AWS::CloudWatch::Alarm\n`,
      "src/bill.py": `def handler(event, context): ...\n${filler}`,
    },
    expect: "pass",
    evidence: ["template.yaml:7"],
  },
  {
    name: "DAGs whose failures are mailed",
    repo: {
      "requirements.txt": "apache-airflow\n",
      "dags/bill.py": `from airflow import DAG\n\nDAG("bill", on_failure_callback=tell)\n${filler}`,
    },
    expect: "pass",
  },
  { name: "a module that cannot be read", repo: django({ "a.py": { unreadable: "it is binary" } }), expect: "unknown" },
  {
    name: "a library",
    repo: {
      "pyproject.toml": '[build-system]\nrequires=["hatchling"]\n[project]\nname="a"\nversion="1"\n',
      "a.py": "",
    },
    expect: "skip",
  },
]);
