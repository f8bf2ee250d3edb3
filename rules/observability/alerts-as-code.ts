import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

/** Alerts for others to take over. */
const EXAMPLE_ONLY = 0.5;

export default defineRule({
  title: "Somebody is told when users hurt",
  severity: "medium",
  why: "Metrics that nobody is called for are read after the users have told you.",
  fix: "Keep alert rules beside the code (a PrometheusRule, or monitors in Terraform), first for the rate of errors and the latency that users see.",
  byHand: "which numbers are worth a call at night is for people to say",
  references: ["https://sre.google/workbook/alerting-on-slos/"],
  peers: ["SRE workbook alerting on SLOs", "SOC 2 CC7.2"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml"],
  scope: "repository",
  attestedBy: "alerts",
  needs: ["resourceMetrics", "operation", "profile"],
  check({ resourceMetrics: { libraries, signs, missed, unread }, operation: { notOperated }, profile }) {
    if (notOperated) return skip(notOperated);
    const alerts = signs.filter(({ kind }) => kind === "alerts" || kind === "objectives");
    const alert = alerts.find(({ isExample }) => !isExample);
    if (alert) return pass([{ ...alert, found: `It alerts by ${alert.name}.` }]);
    if (missed) cannotJudge(missed);
    const [example] = alerts;
    if (example) return partial(EXAMPLE_ONLY, [{ ...example, found: "Alerts are given as an example." }]);
    const measure =
      libraries.find(({ reports }) => reports !== "queues") ?? signs.find(({ kind }) => kind === "metrics");
    if (measure)
      return fail([
        { found: `${measure.path} takes metrics (${measure.name}), and nothing in the repository alerts on them.` },
      ]);
    if (profile.id === "serverless")
      return fail([
        { found: "The platform takes metrics of the functions, and nothing in the repository alerts on them." },
      ]);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return skip("nothing here takes metrics");
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "monitoring/alerts.yml":
        "groups:\n  - name: shop\n    rules:\n      - alert: ErrorBudgetBurn\n        expr: job:errors:ratio > 0.01\n",
      "requirements.txt": "fastapi\ngunicorn\nprometheus-client\n",
      "shop/api.py": "",
    },
    fails: { "requirements.txt": "fastapi\ngunicorn\nprometheus-client\n", "shop/api.py": "" },
  },
});
