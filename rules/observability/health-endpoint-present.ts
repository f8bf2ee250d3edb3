import { cannotJudge, cannotRepair, defineRule, fail, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "An endpoint states whether the process can serve",
  severity: "high",
  why: "Without it a load balancer and an orchestrator cannot tell a process that hangs from one that works, and send requests to both.",
  fix: "Add a cheap route such as /healthz that needs no sign-in and answers 200, and let the probe of your platform ask for it.",
  references: [
    "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
    "https://sre.google/sre-book/monitoring-distributed-systems/",
  ],
  peers: ["kube-score pod-probes", "SRE PRR health"],
  appliesTo: ["web-service", "ml"],
  needs: ["routes", "healthEndpoints", "operation"],
  check({ routes: { all, foreign, entry, unread }, healthEndpoints, operation: { notRun } }) {
    if (notRun) return skip(notRun);
    const [endpoint] = healthEndpoints.all;
    if (endpoint) return pass([{ path: endpoint.path, line: endpoint.line, found: endpoint.says }]);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (!entry || all.length === 0) return skip("no routes are declared here");
    const hidden = foreign.find(({ target }) => target === undefined);
    if (hidden) cannotJudge(`the routes that ${hidden.path}:${hidden.line} adds are computed`);
    const { check } = healthEndpoints;
    if (check) cannotJudge(`${check.path}:${check.line} checks it, and does not tell which path it asks for`);
    return fail([{ ...entry, found: `Of ${all.length} routes none states whether the process can serve.` }]);
  },
  message: ({ found }) => found,
  repairNeeds: ["healthRoutes"],
  repair({ routes: { entry }, healthRoutes: { edits, gate } }) {
    if (gate) cannotRepair(`what ${gate.path}:${gate.line} sets up may refuse who asks without signing in`);
    const route = entry ? edits(entry.path, entry.line) : [];
    if (route.length === 0) cannotRepair("how the application is put together leaves open where a route would go");
    return route;
  },
  examples: {
    passes: {
      "requirements.txt": "fastapi\nuvicorn\n",
      "shop/main.py":
        'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/healthz")\ndef health():\n    return {"status": "ok"}\n',
    },
    fails: {
      "requirements.txt": "fastapi\nuvicorn\n",
      "shop/main.py":
        'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/orders")\ndef orders():\n    return []\n',
    },
  },
});
