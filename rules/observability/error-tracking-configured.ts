import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

/** Of less code there is nothing to run for long. */
const FEWEST_LINES = 50;

export default defineRule({
  title: "Unhandled exceptions reach a person",
  severity: "medium",
  why: "A stack trace that only stands in a log is found when somebody searches for it, which is after the complaint.",
  fix: 'Initialise an error tracker where the service starts, with its address from the environment: `sentry_sdk.init(dsn=os.environ["SENTRY_DSN"])`, and set environment and release.',
  byHand: "which service may see the errors is for people to say",
  references: ["https://docs.sentry.io/platforms/python/"],
  peers: ["SRE PRR monitoring"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml"],
  needs: [
    "instrumentation",
    "operation",
    "profile",
    "modelServing",
    "pythonFiles",
    "resourceMetrics",
    "backgroundJobs",
  ],
  check({ operation: { notRun }, profile, modelServing, pythonFiles, ...facts }) {
    const { watches, entry, unread } = facts.instrumentation;
    if (notRun) return skip(notRun);
    const [watch] = watches.errors;
    if (watch) return pass([{ ...watch, found: `${watch.by} reports errors.` }]);
    if (profile.id === "ml" && !modelServing.serves) return skip("nothing here serves the model");
    // The platform counts failed calls; an alarm on the count tells a person.
    const alarm = facts.resourceMetrics.signs.find(({ kind, isExample }) => kind === "alerts" && !isExample);
    if (profile.id === "serverless" && alarm) return pass([{ ...alarm, found: `It alerts by ${alarm.name}.` }]);
    const { alert } = facts.backgroundJobs;
    if (profile.id === "data-pipeline" && alert) return pass([{ ...alert, found: `${alert.by} tells of failures.` }]);
    if (pythonFiles.productLines < FEWEST_LINES) return skip(`there are fewer than ${FEWEST_LINES} lines of it`);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (!entry?.isApplication) return skip("no module here makes an application");
    return fail([
      {
        path: entry.path,
        line: entry.line,
        found: "No error tracker, agent or mail tells anybody of an exception in what starts here.",
      },
    ]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "requirements.txt": "flask\ngunicorn\nsentry-sdk\n",
      "shop/app.py": 'import os\n\nimport sentry_sdk\n\nsentry_sdk.init(dsn=os.environ["SENTRY_DSN"])\n',
    },
    fails: {
      "requirements.txt": "flask\ngunicorn\n",
      "shop/app.py": `from flask import Flask\n\napp = Flask(__name__)\n${"# Prices.\n".repeat(200)}`,
    },
  },
});
