import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

/** Machines can read the lines. */
const STRUCTURE = 0.7;
/** Lines of one request or task can be put together. */
const CORRELATION = 0.3;

export default defineRule({
  title: "Logs can be read by machines and belong to a request",
  severity: "medium",
  why: "Free text has to be searched by guesses, and without an identifier the lines of one request cannot be put together.",
  fix: "Let the formatter write JSON (python-json-logger, structlog, loguru's `serialize`) and bind a request or task id to every line (asgi-correlation-id, django-guid, contextvars).",
  byHand: "which shape the reader of the logs takes is for people to say",
  references: ["https://www.structlog.org/en/stable/logging-best-practices.html", "https://12factor.net/logs"],
  peers: ["SRE PRR logging", "OpenTelemetry logs"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml"],
  needs: ["logging", "operation"],
  check({ logging, operation: { notRun } }) {
    const { configured, delegated, byFramework, structured, correlated, logs, unread } = logging;
    if (notRun) return skip(notRun);
    if (structured) {
      const found = { ...structured, found: "Log lines are made for machines." };
      return correlated
        ? pass([found, { ...correlated, found: "An identifier goes with the lines." }])
        : partial(STRUCTURE, [{ ...found, found: "Log lines are made for machines; none carries a request's id." }]);
    }
    if (byFramework && !configured) return skip(`${byFramework.name} writes the logs`);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (delegated && !configured) cannotJudge(`${delegated.to} sets logging up, and how is not known`);
    const place = configured ?? logs;
    if (!place) return skip("nothing here logs");
    const found = "Logs are plain text: nothing makes lines that a machine can read.";
    return correlated ? partial(CORRELATION, [{ ...place, found }]) : fail([{ ...place, found }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "requirements.txt": "fastapi\nuvicorn\nstructlog\n",
      "shop/api.py":
        "import structlog\n\nstructlog.configure(\n    processors=[\n        structlog.contextvars.merge_contextvars,\n        structlog.processors.JSONRenderer(),\n    ]\n)\n",
    },
    fails: {
      "requirements.txt": "fastapi\nuvicorn\n",
      "shop/api.py": 'import logging\n\nlogging.basicConfig(level="INFO")\n',
    },
  },
});
