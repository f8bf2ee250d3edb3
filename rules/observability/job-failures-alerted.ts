import { cannotJudge, defineRule, fail, partial, pass, shareOf, skip } from "../../src/rule.ts";

/** Work is tried again or ended, and nobody is told when that does not help. */
const NOBODY_TOLD = 0.5;

export default defineRule({
  title: "Background work that fails is noticed",
  severity: "medium",
  why: "Nobody waits for a job, so nobody sees it fail: the first sign is a report that is a week old, or a mail that was never sent.",
  fix: "Report failures where all jobs pass: `on_failure_callback` in the default arguments of the DAGs, an error tracker or a `task_failure` handler for Celery, a dead-letter queue or alarm for functions, a ping to a dead man's switch for cron.",
  byHand: "who is told, and by what, is for people to say",
  references: [
    "https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/logging-monitoring/callbacks.html",
    "https://docs.celeryq.dev/en/stable/userguide/signals.html#task-failure",
  ],
  peers: ["kube-score cronjob-has-deadline", "SRE workbook data processing"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml"],
  needs: ["backgroundJobs", "instrumentation", "resourceMetrics", "operation"],
  check({ backgroundJobs, instrumentation: { watches }, resourceMetrics: { signs }, operation: { notRun } }) {
    const { pipelines, tasks, cronJobs, functions, alert, retry, unread } = backgroundJobs;
    if (notRun) return skip(notRun);
    const [first] = [...pipelines, ...tasks, ...cronJobs, ...functions];
    if (!first && unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (!first) return skip("nothing here works in the background");
    const alarm = signs.find(({ kind, isExample }) => kind === "alerts" && !isExample);
    // Django mails of what fails in a request, not in a task.
    const tracker = watches.errors.find(({ by }) => !by.startsWith("mail"));
    const shared = tracker ?? (alarm && { ...alarm, by: alarm.name });
    if (shared) return pass([{ path: shared.path, line: shared.line, found: `${shared.by} tells of failures.` }]);
    if (pipelines.length === 0 && alert) return pass([{ ...alert, found: `${alert.by} tells of failures.` }]);
    const units = pipelines.length > 0 ? pipelines : tasks.length + cronJobs.length === 0 ? functions : [];
    const silent = units.filter(({ isHandled }) => !isHandled);
    if (units.length > 0 && silent.length === 0) return pass();
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (units.length > 0)
      return shareOf(
        units.length - silent.length,
        units.length,
        silent.map(({ path, line, name }) => ({ path, line, found: `Nobody hears of it when ${name} fails.` })),
      );
    const place = { path: first.path, line: first.line };
    const isTriedAgain = retry !== undefined || (cronJobs.length > 0 && cronJobs.every(({ isBounded }) => isBounded));
    return isTriedAgain
      ? partial(NOBODY_TOLD, [{ ...place, found: "Jobs are tried again, and nobody is told when that does not help." }])
      : fail([{ ...place, found: "Nobody is told when the jobs that start here fail." }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "requirements.txt": "celery\nredis\nsentry-sdk\n",
      "shop/tasks.py":
        "import sentry_sdk\nfrom celery import shared_task\n\nsentry_sdk.init()\n\n\n@shared_task\ndef bill():\n    ...\n",
    },
    fails: {
      "requirements.txt": "celery\nredis\n",
      "shop/tasks.py": "from celery import shared_task\n\n\n@shared_task\ndef bill():\n    ...\n",
    },
  },
});
