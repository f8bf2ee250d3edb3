import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

/** Warnings come out without any set-up; nothing below them does. */
const WARNINGS_ONLY = 0.5;
/** A platform keeps what is printed, with nothing to filter it by. */
const WITHOUT_LEVEL = 0.5;
/** Of less code there is nothing to tell. */
const FEWEST_LINES = 50;

export default defineRule({
  title: "The service logs at levels that it sets",
  severity: "high",
  why: "Without logs at known levels nobody can tell what a running service did, and what was printed can neither be filtered nor found.",
  fix: "Call `logging.config.dictConfig` (Django: set `LOGGING`) where the service starts, with the level from the environment and a handler to standard output, and log through `logging.getLogger(__name__)`.",
  byHand: "where the logs go, and at which level, is for people to say",
  references: ["https://docs.python.org/3/howto/logging.html#configuring-logging", "https://12factor.net/logs"],
  peers: ["12factor XI", "SRE PRR logging"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml"],
  needs: ["logging", "instrumentation", "operation", "profile", "pythonFiles"],
  check({ logging, instrumentation: { entry }, operation: { notRun }, profile, pythonFiles }) {
    const { configured, delegated, byFramework, logs, prints, unread } = logging;
    if (notRun) return skip(notRun);
    if (pythonFiles.productLines < FEWEST_LINES) return skip(`there are fewer than ${FEWEST_LINES} lines to log from`);
    if (configured) return pass([{ ...configured, found: "Logging is set up here." }]);
    if (delegated) return pass([{ ...delegated, found: `${delegated.to} sets logging up.` }]);
    const runner = byFramework?.name ?? (profile.id === "serverless" ? "the platform" : undefined);
    if (logs && runner) return pass([{ ...logs, found: `What is logged here, ${runner} handles.` }]);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (logs)
      return partial(WARNINGS_ONLY, [
        { ...logs, found: "Code logs here, and nothing sets a level or a handler: only warnings and worse come out." },
      ]);
    if (!entry?.isApplication) return skip("no module here makes an application");
    if (prints && profile.id === "serverless")
      return partial(WITHOUT_LEVEL, [
        { ...prints, found: "The platform keeps what is printed here, without a level." },
      ]);
    if (prints) return fail([{ ...prints, found: "The code prints, and never logs." }]);
    return fail([{ path: entry.path, line: entry.line, found: "Nothing that starts here logs anything of its own." }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "requirements.txt": "fastapi\nuvicorn\n",
      "shop/api.py": `import logging.config\n\nfrom fastapi import FastAPI\n\nlogging.config.dictConfig(SETTINGS)\napp = FastAPI()\n${"# Prices.\n".repeat(200)}`,
    },
    fails: {
      "requirements.txt": "fastapi\nuvicorn\n",
      "shop/api.py": `from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/")\ndef index():\n    print("asked")\n${"# Prices.\n".repeat(200)}`,
    },
  },
});
