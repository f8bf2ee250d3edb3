import { cannotJudge, defineRule, type Edit, fail, offer, partial, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "The platform can tell dead from busy",
  severity: "high",
  why: "Without a probe, traffic goes to a process that hangs or has not started, and nothing restarts it.",
  fix: "Add `readinessProbe` and `livenessProbe` to the container (`HEALTHCHECK` or `healthcheck:` outside Kubernetes) that ask a health route.",
  references: ["https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/"],
  peers: [
    "kube-linter no-liveness-probe",
    "kube-linter no-readiness-probe",
    "kube-score pod-probes",
    "hadolint DL3057",
  ],
  appliesTo: ["web-service", "worker", "ml", "data-pipeline"],
  scope: "repository",
  needs: ["healthProbes"],
  check({ healthProbes: { units, infrastructure, unread } }) {
    const weak = units
      .filter(({ value }) => value < 1)
      .sort((a, b) => a.value - b.value)
      .map(({ path, line, says }) => ({ path, line, found: says }));
    if (weak.length > 0 && infrastructure && units.every(({ kind }) => kind === "image"))
      cannotJudge(`an image has no HEALTHCHECK, and ${infrastructure} may create what probes it`);
    const lowest = Math.min(1, ...units.map(({ value }) => value));
    if (weak.length > 0) return lowest === 0 ? fail(weak) : partial(lowest, weak);
    if (units.length > 0) return pass(units.map(({ path, line, says }) => ({ path, line, found: says })));
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return skip("nothing here says how it is run");
  },
  message: ({ found }) => found,
  repairNeeds: ["missingProbes"],
  repair({ missingProbes: { healthchecks, readiness } }) {
    const probes = readiness.map(({ path, line, url, port }): Edit => {
      return { kind: "set", path, line, at: ["readinessProbe"], value: { httpGet: { path: url, port } } };
    });
    const checks = healthchecks.map((one): Edit => ({ kind: "instruction", put: "before", ...one }));
    return offer([...checks, ...probes], "which route and port tell of health is for people to say");
  },
  examples: {
    passes: {
      Dockerfile:
        'FROM python:3.14-slim\nHEALTHCHECK CMD curl -f http://localhost:8000/health\nCMD ["gunicorn", "shop.wsgi"]\n',
      "requirements.txt": "gunicorn\ndjango\n",
      "shop/wsgi.py": "",
    },
    fails: {
      Dockerfile: 'FROM python:3.14-slim\nCMD ["gunicorn", "shop.wsgi"]\n',
      "requirements.txt": "gunicorn\ndjango\n",
      "shop/wsgi.py": "",
    },
  },
});
