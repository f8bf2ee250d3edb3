import rule from "../../../rules/observability/job-failures-alerted.ts";
import { describeRule } from "../../support/describe-rule.ts";

const celery = (source: string, more: Record<string, string | { unreadable: string }> = {}) => ({
  "requirements.txt": "celery\nredis\n",
  "shop/tasks.py": `from celery import shared_task\n\n\n${source}`,
  ...more,
});
const airflow = (files: Record<string, string>) => ({ "requirements.txt": "apache-airflow\n", ...files });
const dag = (rest: string) => `from airflow import DAG\n\nwith DAG("bill"${rest}) as dag:\n    ...\n`;
const cron = (limits: string) =>
  `apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: bill }\nspec:\n  jobTemplate:\n    spec:\n      ${limits}\n      template:\n        spec:\n          containers: [{ name: bill, image: shop }]\n`;
const onSchedule = (rest: string) =>
  `Transform: AWS::Serverless-2016-10-31\nResources:\n  Bill:\n    Type: AWS::Serverless::Function\n    Properties:\n      Runtime: python3.13\n${rest}      Events:\n        Daily: {Type: Schedule, Properties: {Schedule: rate(1 day)}}\n`;

describeRule(rule, [
  {
    name: "a task that fails in silence",
    repo: celery("@shared_task\ndef bill(): ...\n"),
    expect: "fail",
    evidence: ["shop/tasks.py:5"],
  },
  {
    name: "a task that is tried again, and then lost",
    repo: celery("@shared_task(autoretry_for=(OSError,), retry_backoff=True)\ndef bill(): ...\n"),
    expect: "partial",
    value: 0.5,
  },
  {
    name: "a handler for all tasks",
    repo: celery("@shared_task\ndef bill(): ...\n", {
      "shop/celery.py": "from celery.signals import task_failure\n\n\n@task_failure.connect\ndef tell(**kwargs): ...\n",
    }),
    expect: "pass",
    evidence: ["shop/celery.py:1"],
  },
  {
    name: "tasks of an application object",
    repo: celery("@celery_app.task\ndef bill(): ...\n"),
    expect: "fail",
  },
  {
    name: "tasks of users in a load test",
    repo: {
      "requirements.txt": "flask\ngunicorn\n",
      "load.py": "from locust import task\n\n\n@task\ndef buy(self): ...\n",
    },
    expect: "skip",
  },
  {
    name: "a ping to a dead man's switch",
    repo: celery('@shared_task\ndef bill():\n    requests.get("https://hc-ping.com/1", timeout=5)\n'),
    expect: "pass",
  },
  { name: "a DAG with a callback", repo: airflow({ "dags/a.py": dag(", on_failure_callback=tell") }), expect: "pass" },
  {
    name: "two DAGs, of which one has none",
    repo: airflow({ "dags/a.py": dag(", on_failure_callback=tell"), "dags/b.py": dag("") }),
    expect: "partial",
    value: 0.5,
    evidence: ["dags/b.py:3"],
  },
  {
    name: "default arguments that mail",
    repo: airflow({
      "dags/a.py": `args = {"owner": "ops", "email": ["ops@example.com"]}\n${dag(", default_args=args")}`,
    }),
    expect: "pass",
  },
  {
    name: "default arguments that mail nobody on failure",
    repo: airflow({
      "dags/a.py": `args = {"owner": "ops", "email": ["ops@example.com"], "email_on_failure": False}\n${dag(", default_args=args")}`,
    }),
    expect: "fail",
  },
  {
    name: "default arguments of a shared module",
    repo: airflow({
      "dags/common.py": "from airflow import settings\n\ndefault_args = dict(on_failure_callback=tell)\n",
      "dags/a.py": `from common import default_args\n${dag(", default_args=default_args")}`,
    }),
    expect: "pass",
  },
  {
    name: "a function that makes DAGs for others",
    repo: airflow({
      "dags/make.py": 'from airflow import DAG\n\n\ndef make(args):\n    return DAG("bill", default_args=args)\n',
    }),
    expect: "skip",
  },
  {
    name: "a job of the cluster that has an end, and no alert",
    repo: {
      Dockerfile: "FROM python:3.14\n",
      "requirements.txt": "celery\n",
      "bill.py": "",
      "k8s/bill.yaml": cron("backoffLimit: 2"),
    },
    expect: "partial",
    value: 0.5,
    evidence: ["k8s/bill.yaml:2"],
  },
  {
    name: "a job of the cluster that has an end and an alert",
    repo: {
      Dockerfile: "FROM python:3.14\n",
      "requirements.txt": "celery\n",
      "bill.py": "",
      "k8s/bill.yaml": cron("activeDeadlineSeconds: 600"),
      "k8s/alerts.yaml": "groups:\n  - rules:\n      - alert: JobFailed\n        expr: kube_job_failed > 0\n",
    },
    expect: "pass",
  },
  {
    name: "a function that is called on a schedule",
    repo: { "template.yaml": onSchedule(""), "src/bill.py": "def handler(event, context): ...\n" },
    expect: "fail",
    evidence: ["template.yaml:3"],
  },
  {
    name: "a function with a dead-letter queue",
    repo: {
      "template.yaml": onSchedule("      DeadLetterQueue: {Type: SQS, TargetArn: a}\n"),
      "src/bill.py": "def handler(event, context): ...\n",
    },
    expect: "pass",
  },
  {
    name: "mail to administrators, which tells of requests alone",
    repo: celery("@shared_task\ndef bill(): ...\n", { "shop/settings.py": 'ADMINS = ["ops@example.com"]\n' }),
    expect: "fail",
  },
  {
    name: "nothing in the background",
    repo: { "requirements.txt": "flask\ngunicorn\n", "app.py": "x = 1\n" },
    expect: "skip",
  },
  {
    name: "a module that cannot be read",
    repo: celery("@shared_task\ndef bill(): ...\n", { "shop/a.py": { unreadable: "it is binary" } }),
    expect: "unknown",
  },
]);
