import rule from "../../../rules/deployment/artifact-declared.ts";
import { describeRule } from "../../support/describe-rule.ts";

const app = { "requirements.txt": "gunicorn\ndjango\n", "shop/wsgi.py": "", "manage.py": "" };
const says = (path: string, text = "") => ({
  repo: { ...app, [path]: text },
  expect: "pass" as const,
  evidence: [path],
});

describeRule(rule, [
  {
    name: "a Dockerfile that cannot be read",
    repo: { ...app, Dockerfile: { unreadable: "it is not UTF-8" } },
    expect: "unknown",
    says: "Dockerfile could not be read",
  },
  { name: "a service and nothing else", repo: app, expect: "fail", evidence: [""], says: "Nothing here says" },
  { name: "a Dockerfile", ...says("deploy/Dockerfile", "FROM python:3.14-slim\n") },
  { name: "Cloud Foundry", ...says("manifest.yml", "applications:\n  - name: shop\n") },
  { name: "a manifest of another kind", repo: { ...app, "manifest.yml": "files: []\n" }, expect: "fail" },
  { name: "Heroku's images", ...says("heroku.yml", "build: {docker: {web: Dockerfile}}\n") },
  { name: "App Engine", ...says("app.yaml", "runtime: python313\n") },
  { name: "an app.yaml of another tool", repo: { ...app, "app.yaml": "apiVersion: 0.3.0\n" }, expect: "fail" },
  { name: "a systemd unit", ...says("deploy/shop.service", "[Service]\nExecStart=gunicorn shop.wsgi\n") },
  { name: "Ansible", ...says("ansible/playbook.yml", "- hosts: web\n") },
  {
    name: "a manifest of Kubernetes",
    ...says(
      "k8s/api.yaml",
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {spec: {containers: [{name: a, image: 'a:1'}]}}}\n",
    ),
  },
  { name: "compose that builds it", ...says("compose.yml", "services:\n  web:\n    build: .\n") },
  {
    name: "compose for a database alone",
    repo: { ...app, "compose.yml": "services:\n  db:\n    image: postgres:17\n" },
    expect: "fail",
  },
  {
    name: "an image of the tests, and a sample",
    repo: { ...app, "tests/Dockerfile": "FROM python:3.14\n", "examples/Procfile": "web: x\n" },
    expect: "fail",
  },
  {
    name: "a workflow that deploys the source",
    ...says(
      ".github/workflows/deploy.yml",
      "on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: azure/webapps-deploy@v3\n",
    ),
  },
  {
    name: "a web application that is installed from an index",
    repo: {
      "pyproject.toml":
        "[build-system]\nrequires=[]\n[project]\nname='viewer'\ndependencies=['starlette','uvicorn']\nclassifiers=['Topic :: X']\n[project.scripts]\nviewer='viewer:main'\n",
      "viewer/__init__.py": "",
    },
    expect: "skip",
    says: "as a package",
  },
  {
    name: "models that are only trained",
    repo: { "requirements.txt": "torch\n", "train.py": "import torch\n", "model.py": "import torch\n" },
    expect: "skip",
    says: "trains models",
  },
  {
    name: "a library with a demo",
    repo: {
      "slug.py": "",
      "pyproject.toml": "[build-system]\nrequires=[]\n[project]\nname='slug'\nclassifiers=['Topic :: X']\n",
      "examples/app.py": "import flask\n",
    },
    expect: "skip",
  },
  ...Object.entries({
    "a buildpack's project": { "project.toml": "[project]\nid = 'shop'\n" },
    Fly: { "fly.toml": "app = 'shop'\n" },
    Render: { "render.yaml": "services: []\n" },
    Railway: { "railway.json": "{}" },
    "the Serverless Framework": { "serverless.yml": "service: shop\n" },
    SAM: { "samconfig.toml": "version = 0.1\n" },
    CDK: { "cdk.json": "{}" },
    Chalice: { ".chalice/config.json": "{}" },
    Zappa: { "zappa_settings.json": "{}" },
    Helm: { "chart/Chart.yaml": "name: shop\n" },
    Kustomize: { "deploy/kustomization.yaml": "resources: []\n" },
    "Azure Functions": { "orders/function.json": "{}" },
    Nomad: { "deploy/shop.nomad": 'job "shop" {}\n' },
    "Cloud Build that deploys": {
      "cloudbuild.yaml":
        "steps:\n  - name: gcr.io/google.com/cloudsdktool/cloud-sdk\n    entrypoint: gcloud\n    args: [run, deploy, shop, --image, acme/shop]\n",
    },
  }).map(([name, file]) => ({ name, ...says(Object.keys(file)[0] as string, Object.values(file)[0] as string) })),
]);
