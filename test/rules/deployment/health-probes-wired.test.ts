import rule from "../../../rules/deployment/health-probes-wired.ts";
import { describeRule } from "../../support/describe-rule.ts";

const app = { "requirements.txt": "gunicorn\ndjango\n", "shop/wsgi.py": "" };
const image = { Dockerfile: 'FROM python:3.14-slim\nCMD ["gunicorn", "shop.wsgi"]\n' };
const readiness = "          readinessProbe:\n            httpGet: {path: /ready, port: 8000}\n";
const liveness = "          livenessProbe:\n            httpGet: {path: /live, port: 8000}\n";
const deployment = (probes: string) => ({
  "k8s/api.yaml": `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n    metadata: {labels: {app: a}}\n    spec:\n      containers:\n        - name: api\n          image: acme/api:1.0\n          ports:\n            - containerPort: 8000\n${probes}`,
});

describeRule(rule, [
  {
    name: "a library",
    repo: {
      "slug.py": "",
      "pyproject.toml": "[build-system]\nrequires=[]\n[project]\nname='slug'\nclassifiers=['Topic :: X']\n",
      Dockerfile: "FROM python:3.14\nCMD x\n",
    },
    expect: "skip",
  },
  { name: "nothing says how it is run", repo: { ...app, Procfile: "web: gunicorn shop.wsgi\n" }, expect: "skip" },
  {
    name: "a pod without probes, at the container",
    repo: { ...app, ...image, ...deployment("") },
    expect: "fail",
    evidence: ["k8s/api.yaml:9"],
  },
  { name: "both probes", repo: { ...app, ...image, ...deployment(readiness + liveness) }, expect: "pass" },
  {
    name: "readiness and startup",
    repo: { ...app, ...deployment(readiness + liveness.replace("liveness", "startup")) },
    expect: "pass",
  },
  { name: "only one", repo: { ...app, ...deployment(readiness) }, expect: "partial", value: 0.5 },
  {
    name: "two that ask the same",
    repo: { ...app, ...deployment(readiness + liveness.replace("/live", "/ready")) },
    expect: "partial",
    value: 0.8,
  },
  {
    name: "a job has none",
    repo: {
      ...app,
      "k8s/api.yaml":
        "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec:\n  template:\n    spec:\n      containers:\n        - name: migrate\n          image: acme/api:1.0\n",
    },
    expect: "skip",
  },
  {
    name: "compose for production",
    repo: {
      ...app,
      ...image,
      "compose.prod.yml":
        "services:\n  web:\n    build: .\n    ports: ['80:8000']\n    healthcheck:\n      test: curl -f localhost\n",
    },
    expect: "pass",
  },
  {
    name: "compose for production without a check",
    repo: { ...app, ...image, "compose.prod.yml": "services:\n  web:\n    build: .\n    ports: ['80:8000']\n" },
    expect: "fail",
    evidence: ["compose.prod.yml:2"],
  },
  {
    name: "HEALTHCHECK NONE",
    repo: { ...app, Dockerfile: "FROM python:3.14\nHEALTHCHECK NONE\nCMD x\n" },
    expect: "fail",
    evidence: ["Dockerfile:2"],
  },
  {
    name: "Fly",
    repo: {
      ...app,
      ...image,
      "fly.toml": "[http_service]\ninternal_port = 8000\n[[http_service.checks]]\npath = '/health'\n",
    },
    expect: "pass",
  },
  {
    name: "Render without a path",
    repo: { ...app, "render.yaml": "services:\n  - type: web\n    name: shop\n    runtime: python\n" },
    expect: "fail",
    evidence: ["render.yaml:2"],
  },
  { name: "App Engine checks by itself", repo: { ...app, "app.yaml": "runtime: python313\n" }, expect: "pass" },
  {
    name: "a manifest that cannot be read",
    repo: { ...app, "k8s/api.yaml": { unreadable: "it is binary" } },
    expect: "unknown",
  },
]);
