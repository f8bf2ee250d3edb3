import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

/** Of less code there is nothing to run for long. */
const FEWEST_LINES = 50;

export default defineRule({
  title: "Latency, traffic and errors are measured",
  severity: "high",
  why: "What nobody measures nobody can promise: a service that got slow, or fails for one user in ten, is found by its users.",
  fix: "Expose metrics of requests (prometheus-fastapi-instrumentator, django-prometheus, prometheus_client) or start the service under OpenTelemetry's `opentelemetry-instrument`.",
  byHand: "which system collects the numbers is for people to say",
  references: ["https://sre.google/sre-book/monitoring-distributed-systems/#xref_monitoring_golden-signals"],
  peers: ["SRE golden signals", "kube-linter dangling-servicemonitor"],
  appliesTo: ["web-service", "worker", "ml"],
  needs: ["instrumentation", "operation", "profile", "modelServing", "pythonFiles"],
  check({
    instrumentation: { watches, entry, unread },
    operation: { notRun, on },
    profile,
    modelServing,
    pythonFiles,
  }) {
    if (notRun) return skip(notRun);
    const [watch] = watches.requests;
    if (watch) return pass([{ ...watch, found: `${watch.by} measures.` }]);
    if (profile.id === "ml" && !modelServing.serves) return skip("nothing here serves the model");
    if (on === "platform") return skip("the platform's router measures the requests");
    if (pythonFiles.productLines < FEWEST_LINES) return skip(`there are fewer than ${FEWEST_LINES} lines of it`);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (!entry?.isApplication) return skip("no module here makes an application");
    return fail([
      {
        path: entry.path,
        line: entry.line,
        found: "What starts here is measured by nothing: no metrics library, no agent, no annotation.",
      },
    ]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "requirements.txt": "fastapi\nuvicorn\nprometheus-fastapi-instrumentator\n",
      "shop/api.py":
        "from fastapi import FastAPI\nfrom prometheus_fastapi_instrumentator import Instrumentator\n\napp = FastAPI()\nInstrumentator().instrument(app).expose(app)\n",
    },
    fails: {
      "requirements.txt": "fastapi\nuvicorn\n",
      "shop/api.py": `from fastapi import FastAPI\n\napp = FastAPI()\n${"# Prices.\n".repeat(200)}`,
    },
  },
});
