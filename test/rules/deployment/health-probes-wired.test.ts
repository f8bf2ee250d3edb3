import rule from "../../../rules/deployment/health-probes-wired.ts";
import { describeRepair } from "../../support/describe-repair.ts";
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
    name: "a function's image is the platform's to watch",
    repo: { ...app, Dockerfile: 'FROM public.ecr.aws/lambda/python:3.14\nCMD ["shop.handler"]\n' },
    expect: "skip",
  },
  {
    name: "an image that runs a job to its end",
    repo: {
      ...app,
      ...image,
      "jobs/Dockerfile": 'FROM python:3.14\nCMD ["python", "train.py"]\n',
      Dockerfile: "FROM python:3.14\nHEALTHCHECK CMD curl -f localhost\nCMD gunicorn shop.wsgi\n",
    },
    expect: "pass",
    evidence: ["Dockerfile:2"],
  },
  {
    name: "an image that opens a port",
    repo: {
      ...app,
      Dockerfile: 'FROM python:3.14\nEXPOSE 8000\nENTRYPOINT ["./entrypoint.sh"]\n',
      "jobs/Dockerfile": "FROM python:3.14\nCMD python train.py\n",
    },
    expect: "fail",
    evidence: ["Dockerfile:1"],
  },
  {
    name: "an image whose script starts a server",
    repo: {
      ...app,
      Dockerfile: 'FROM python:3.14\nCOPY start.sh /\nCMD ["/start.sh"]\n',
      "start.sh": "exec gunicorn shop.wsgi\n",
      "jobs/Dockerfile": "FROM python:3.14\nCMD python train.py\n",
    },
    expect: "fail",
    evidence: ["Dockerfile:1"],
  },
  {
    name: "a service whose own image has a check, and one whose image has none",
    repo: {
      ...app,
      "web/Dockerfile": "FROM python:3.14\nHEALTHCHECK CMD curl -f localhost\nCMD gunicorn\n",
      "api/Dockerfile": "FROM python:3.14\nCMD gunicorn\n",
      "compose.prod.yml":
        "services:\n  web:\n    build: web\n    ports: ['80:80']\n  api:\n    build: ./api\n    ports: ['81:80']\n",
    },
    expect: "fail",
    evidence: ["compose.prod.yml:5"],
  },
  {
    name: "the second document of a file with a byte order mark and Windows line ends",
    repo: {
      ...app,
      "k8s/all.yaml":
        `\uFEFFapiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n---\n# the service\n${deployment("")["k8s/api.yaml"]}`.replaceAll(
          "\n",
          "\r\n",
        ),
    },
    expect: "fail",
    evidence: ["k8s/all.yaml:14"],
  },
  {
    name: "probes that an anchor gives",
    repo: {
      ...app,
      "k8s/api.yaml":
        "x: &probes\n  readinessProbe: {httpGet: {path: /ready}}\n  livenessProbe: {httpGet: {path: /live}}\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: acme/web:1.0\n          ports: [{containerPort: 80}]\n          <<: *probes\n",
    },
    expect: "pass",
  },
  {
    name: "an object of a list",
    repo: {
      ...app,
      "k8s/list.yaml":
        "apiVersion: v1\nkind: List\nitems:\n  - apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: a}\n    spec:\n      template:\n        spec:\n          containers:\n            - name: web\n              image: acme/web:1.0\n              ports: [{containerPort: 80}]\n",
    },
    expect: "fail",
    evidence: ["k8s/list.yaml:11"],
  },
  {
    name: "probes that a patch of Kustomize adds",
    repo: {
      ...app,
      ...deployment(""),
      "k8s/prod/patch.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n    spec:\n      containers:\n        - name: api\n          readinessProbe: {httpGet: {path: /ready}}\n          livenessProbe: {httpGet: {path: /live}}\n",
    },
    expect: "pass",
  },
  {
    name: "the container without probes comes before the one with the same twice",
    repo: {
      ...app,
      ...deployment(readiness + liveness.replace("/live", "/ready")),
      "k8s/web.yaml": deployment("")["k8s/api.yaml"].replaceAll("name: a}", "name: b}"),
    },
    expect: "fail",
    evidence: ["k8s/web.yaml:9", "k8s/api.yaml:9"],
  },
  {
    name: "init containers, sidecars and workers",
    repo: {
      ...app,
      "k8s/api.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n    spec:\n      initContainers:\n        - {name: wait, image: 'busybox:1.37'}\n      containers:\n        - {name: cloud-sql-proxy, image: 'proxy:1.2'}\n        - {name: worker, image: 'acme/worker:1.0', command: [celery, worker]}\n",
    },
    expect: "skip",
  },
  {
    name: "a chart whose default values give the probes",
    repo: {
      ...app,
      "chart/Chart.yaml": "name: shop\n",
      "chart/values.yaml": "readinessProbe:\n  httpGet: {path: /ready}\nlivenessProbe: {}\n",
      "chart/templates/deployment.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          {{- with .Values.readinessProbe }}\n          readinessProbe: {{- toYaml . | nindent 12 }}\n          {{- end }}\n          {{- with .Values.livenessProbe }}\n          livenessProbe: {{- toYaml . | nindent 12 }}\n          {{- end }}\n",
    },
    expect: "partial",
    value: 0.5,
    evidence: ["chart/templates/deployment.yaml:2"],
  },
  {
    name: "ECS",
    repo: {
      ...app,
      ...image,
      "deploy/task-definition.json":
        '{"containerDefinitions": [\n{"name": "web", "portMappings": [{"containerPort": 80}], "healthCheck": {"command": ["CMD", "true"]}},\n{"name": "api", "portMappings": [{"containerPort": 81}]},\n{"name": "worker"}]}',
    },
    expect: "fail",
    evidence: ["deploy/task-definition.json:3"],
  },
  {
    name: "infrastructure as code, which may probe what it creates",
    repo: { ...app, ...image, "infra/service.tf": 'resource "aws_lb_target_group" "web" {}' },
    expect: "unknown",
    says: "infra/service.tf",
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
  {
    name: "a chart of which one part goes without probes, at the one that serves",
    repo: {
      ...app,
      "chart/Chart.yaml": "name: shop\n",
      "chart/values.yaml":
        "beat:\n  readinessProbe: {}\n  livenessProbe: {}\nweb:\n  livenessProbe: {periodSeconds: 5}\n  readinessProbe: {periodSeconds: 5}\n",
      "chart/templates/beat.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: beat\n          image: {{ .Values.image }}\n",
      "chart/templates/web.yaml":
        "apiVersion: apps/v1\n# serves\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          ports: [{containerPort: 80}]\n          readinessProbe: {{ .Values.web.readinessProbe }}\n          livenessProbe: {{ .Values.web.livenessProbe }}\n",
    },
    expect: "pass",
    evidence: ["chart/templates/web.yaml:3"],
  },
  {
    name: "a job by schedule, and a container that prepares the others",
    repo: {
      ...app,
      "k8s/jobs.yaml":
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: report}\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          initContainers:\n            - {name: wait, image: acme/wait:1.0}\n          containers:\n            - {name: report, image: acme/api:1.0}\n",
    },
    expect: "skip",
  },
]);

/** A service whose code has these routes. */
const service = (...urls: readonly string[]) => ({
  "requirements.txt": "flask\ngunicorn\n",
  "shop/app.py": `from flask import Flask\n\napp = Flask(__name__)\n${urls
    .map((url, index) => `\n\n@app.get("${url}")\ndef answer${index}():\n    return {}\n`)
    .join("")}`,
});
const served = (lines: string) => ({ Dockerfile: `FROM python:3.14-slim\nCOPY . .\n${lines}` });
const START = 'CMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop.app:app"]\n';
const FOR_PEOPLE = "which route and port tell of health is for people to say";
const CHECK = `HEALTHCHECK CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]\n`;

describeRepair(rule, [
  {
    name: "asks the route of health at the port of the start",
    repo: { ...service("/", "/healthz"), ...served(`EXPOSE 8000\n\n${START}`) },
    after: served(`EXPOSE 8000\n\n${CHECK}${START}`),
  },
  {
    name: "asks before traffic is sent to a pod",
    repo: { ...service("/healthz"), ...deployment("          # more\n          env: []\n") },
    after: deployment(
      "          # more\n          env: []\n          readinessProbe:\n            httpGet:\n              path: /healthz\n              port: 8000\n",
    ),
    leaves: true,
  },
  { name: "no route of health", repo: { ...service("/"), ...served(START) }, refuses: FOR_PEOPLE },
  { name: "two routes of health", repo: { ...service("/healthz", "/ready"), ...served(START) }, refuses: FOR_PEOPLE },
  { name: "two ports", repo: { ...service("/healthz"), ...served(`EXPOSE 9000\n${START}`) }, refuses: FOR_PEOPLE },
  {
    name: "a port from outside",
    repo: { ...service("/healthz"), ...served("EXPOSE 8000\nCMD gunicorn --bind :$PORT shop.app:app\n") },
    refuses: FOR_PEOPLE,
  },
  {
    name: "a base that may lack Python",
    repo: { ...service("/healthz"), Dockerfile: `FROM acme/base:1\n${START}` },
    refuses: FOR_PEOPLE,
  },
  {
    name: "Django, which knows its hosts",
    repo: { ...service("/healthz"), "requirements.txt": "flask\ndjango\n", ...served(START) },
    refuses: FOR_PEOPLE,
  },
]);
