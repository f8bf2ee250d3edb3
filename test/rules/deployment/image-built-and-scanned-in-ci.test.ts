import rule from "../../../rules/deployment/image-built-and-scanned-in-ci.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const app = { "requirements.txt": "gunicorn\ndjango\n", "shop/wsgi.py": "" };
const image = { ...app, Dockerfile: 'FROM python:3.14-slim\nCOPY shop shop\nCMD ["gunicorn", "shop.wsgi"]\n' };
const whole = { ...app, Dockerfile: 'FROM python:3.14-slim\nWORKDIR /app\nCOPY . .\nCMD ["gunicorn", "shop.wsgi"]\n' };
const workflow = (...steps: readonly string[]) => ({
  ".github/workflows/image.yml": `on: pull_request\njobs:\n  image:\n    runs-on: ubuntu-latest\n    steps:\n${steps.map((step) => `      - ${step}\n`).join("")}`,
});
const builds = "run: docker build -t shop .";
const scans = "run: trivy image --exit-code 1 shop";

describeRule(rule, [
  {
    name: "a Dockerfile that cannot be read",
    repo: { ...app, Dockerfile: { unreadable: "it is not UTF-8" } },
    expect: "unknown",
    says: "Dockerfile could not be read",
  },
  { name: "no image", repo: app, expect: "skip" },
  { name: "an image of the tests", repo: { ...app, "tests/Dockerfile": "FROM python:3.14\n" }, expect: "skip" },
  {
    name: "neither",
    repo: image,
    expect: "fail",
    evidence: ["Dockerfile:1"],
    says: "CI does not build or scan the image.",
  },
  {
    name: "built alone",
    repo: { ...image, ...workflow(builds) },
    expect: "partial",
    value: 0.5,
    evidence: ["Dockerfile:1"],
    says: "CI does not scan",
  },
  {
    name: "built and scanned by commands",
    repo: { ...image, ...workflow(builds, scans) },
    expect: "pass",
    evidence: [".github/workflows/image.yml:6", ".github/workflows/image.yml:7"],
  },
  {
    name: "Trivy on the files of the repository",
    repo: { ...image, ...workflow(builds, "uses: aquasecurity/trivy-action@0.34.0\n        with: {scan-type: fs}") },
    expect: "partial",
    value: 0.5,
  },
  {
    name: "Grype on a folder",
    repo: { ...image, ...workflow(builds, "run: grype dir:.") },
    expect: "partial",
    value: 0.5,
  },
  {
    name: "Compose, which builds what it starts, and a scanner in a container",
    repo: {
      ...image,
      ...workflow(
        "run: docker compose -f compose.yml up -d --build",
        "run: docker run --rm aquasec/trivy:0.69.0 image shop",
      ),
    },
    expect: "pass",
  },
  {
    name: "a target of make",
    repo: {
      ...image,
      ...workflow("run: make image"),
      Makefile: "image:\n\tdocker buildx build -t shop .\n\tdocker scout cves shop\n",
    },
    expect: "pass",
  },
  {
    name: "a local action",
    repo: {
      ...image,
      ...workflow("uses: ./.github/actions/image"),
      ".github/actions/image/action.yml":
        "runs:\n  using: composite\n  steps:\n    - uses: docker/build-push-action@v6\n    - uses: anchore/scan-action@v7\n      with: {image: shop}\n",
    },
    expect: "pass",
  },
  {
    name: "Jenkins",
    repo: { ...image, Jenkinsfile: "node {\n  docker.build('shop')\n}\n" },
    expect: "partial",
    value: 0.5,
  },
  {
    name: "GitLab",
    repo: {
      ...image,
      ".gitlab-ci.yml":
        "image:\n  stage: build\n  script: /kaniko/executor --context .\nbuild:\n  script:\n    - /kaniko/executor --context .\n    - trivy image shop\n",
    },
    expect: "pass",
  },
  {
    name: "a registry that scans what it gets",
    repo: {
      ...image,
      ...workflow(builds),
      "infra/ecr.tf": "image_scanning_configuration {\n  scan_on_push = true\n}\n",
    },
    expect: "pass",
  },
  {
    name: "a context that carries everything, at COPY",
    repo: { ...whole, ...workflow(builds, scans) },
    expect: "partial",
    value: 0.8,
    evidence: ["Dockerfile:3"],
    says: "No `.dockerignore` keeps .git out of it.",
  },
  {
    name: "a project with variables in files",
    repo: { ...whole, ".env.example": "DEBUG=1\n", ".dockerignore": ".git\n", ...workflow(builds, scans) },
    expect: "partial",
    value: 0.8,
    says: "keeps .env out of it",
  },
  {
    name: "a list of what is let in",
    repo: { ...whole, ".env.example": "DEBUG=1\n", ".dockerignore": "*\n!shop\n", ...workflow(builds, scans) },
    expect: "pass",
  },
  {
    name: "a workflow of another repository",
    repo: {
      ...image,
      ".github/workflows/image.yml":
        "on: push\njobs:\n  image:\n    uses: acme/workflows/.github/workflows/docker-image.yml@v1\n",
    },
    expect: "unknown",
    says: "docker-image",
  },
  {
    name: "Cloud Build",
    repo: {
      ...app,
      ...image,
      "cloudbuild.yaml":
        "steps:\n  - name: gcr.io/cloud-builders/docker\n    args: [build, -t, acme/shop, .]\n  - name: aquasec/trivy\n    args: [image, acme/shop]\n",
    },
    expect: "pass",
  },
]);

describeRepair(rule, [
  {
    name: "keeps git's folder and variables out",
    repo: { ...whole, ".env.example": "A=\n" },
    after: { ".dockerignore": ".git\n.env\n" },
    leaves: true,
  },
  {
    name: "adds to what is kept out",
    repo: { ...whole, ".dockerignore": "# tests\ntests", ".env.example": "A=\n" },
    after: { ".dockerignore": "# tests\ntests\n.git\n.env" },
    leaves: true,
  },
  {
    name: "leaves the history to what reads the version from it",
    repo: {
      ...whole,
      ".env.example": "A=\n",
      "pyproject.toml": '[build-system]\nrequires = ["setuptools", "setuptools-scm>=8"]\n',
    },
    refuses: "may need what it takes along",
  },
  {
    name: "leaves what the image is built from",
    repo: { ...whole, Dockerfile: `${whole.Dockerfile}RUN git describe --tags > VERSION\n` },
    refuses: "Dockerfile may need what it takes along",
  },
  { name: "writes no job", repo: image, refuses: "for people to say" },
]);
