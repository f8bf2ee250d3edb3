import rule from "../../../rules/ci-cd/deploy-automated.ts";
import { describeRule } from "../../support/describe-rule.ts";

const PATH = ".github/workflows/deploy.yml";
const app = { "requirements.txt": "django\ngunicorn\n", "manage.py": "" };
const job = (steps: string, name = "ship", on = "push") => ({
  ...app,
  [PATH]: `on: ${on}\njobs:\n  ${name}:\n    steps:\n${steps.replace(/^/gm, "      ")}\n`,
});

describeRule(rule, [
  {
    name: "a library is not deployed",
    repo: { "pyproject.toml": "[project]\nname = 'slug'\n", "slug.py": "" },
    expect: "skip",
  },
  {
    name: "no CI at all",
    repo: app,
    expect: "fail",
    evidence: [""],
    says: "No job",
  },
  {
    name: "a command of a Makefile that CI runs",
    repo: { ...job("- run: make ship"), Makefile: "ship:\n\tterraform apply -auto-approve\n" },
    expect: "pass",
    evidence: ["Makefile:2"],
    says: "terraform apply",
  },
  {
    name: "an action of a cloud, at its line",
    repo: job("- uses: google-github-actions/auth@v3\n- uses: google-github-actions/deploy-cloudrun@v3"),
    expect: "pass",
    evidence: [`${PATH}:6`],
  },
  { name: "signing in to a cloud deploys nothing", repo: job("- uses: google-github-actions/auth@v3"), expect: "fail" },
  { name: "a plan deploys nothing", repo: job("- run: terraform plan"), expect: "fail" },
  { name: "a rehearsal deploys nothing", repo: job("- run: kubectl apply --dry-run=server -f k8s"), expect: "fail" },
  { name: "a program of Node", repo: job("- run: npx --yes aws-cdk@2 deploy --all"), expect: "pass" },
  {
    name: "a job that is called so",
    repo: job("- run: ./rollout.sh", "deploy"),
    expect: "pass",
    evidence: [`${PATH}:3`],
  },
  { name: "documentation is no deployment", repo: job("- run: netlify deploy --prod", "deploy-docs"), expect: "fail" },
  {
    name: "a preview of a pull request",
    repo: job("- run: kubectl apply -f k8s", "ship", "pull_request"),
    expect: "fail",
  },
  {
    name: "a job of CircleCI",
    repo: {
      ...app,
      ".circleci/config.yml":
        "jobs:\n  ship:\n    steps:\n      - run: aws ecs update-service --service shop\nworkflows:\n  all:\n    jobs: [ship]\n",
    },
    expect: "pass",
    evidence: [".circleci/config.yml:4"],
  },
  {
    name: "a stage of Jenkins",
    repo: {
      ...app,
      Jenkinsfile:
        "pipeline {\n  stages {\n    stage('Deploy to production') {\n      steps { ecsDeploy() }\n    }\n  }\n}\n",
    },
    expect: "pass",
    evidence: ["Jenkinsfile:3"],
  },
  {
    name: "manifests that Argo CD watches",
    repo: {
      ...app,
      "deploy/argocd/shop.yaml": "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: shop\n",
    },
    expect: "pass",
    evidence: ["deploy/argocd/shop.yaml:2"],
    says: "GitOps",
  },
  {
    name: "a platform that deploys by its file",
    repo: { ...app, "render.yaml": "services: []\n" },
    expect: "pass",
    evidence: ["render.yaml:1"],
  },
  {
    name: "a file of Heroku, which may deploy each push",
    repo: { ...app, Procfile: "web: gunicorn shop.wsgi\n" },
    expect: "unknown",
    says: "Procfile",
  },
  {
    name: "CI publishes an image, which is deployed from elsewhere",
    repo: job("- uses: docker/build-push-action@v6\n  with: { push: true }"),
    expect: "unknown",
    says: "build-push-action",
  },
  {
    name: "manifests without anything that applies them",
    repo: {
      ...app,
      "k8s/shop.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: shop }\nspec: { template: { spec: { containers: [{ image: shop }] } } }\n",
    },
    expect: "unknown",
    says: "manifests",
  },
  {
    name: "a workflow of another repository that deploys by its name",
    repo: { ...app, [PATH]: "on: push\njobs:\n  ship:\n    uses: acme/shared/.github/workflows/deploy.yml@v1\n" },
    expect: "unknown",
    says: "another repository",
  },
  {
    name: "a job of another system that publishes by its name",
    repo: {
      ...app,
      ".circleci/config.yml":
        "jobs:\n  publish-registry:\n    steps:\n      - docker/push: { image: shop }\nworkflows:\n  all:\n    jobs: [publish-registry]\n",
    },
    expect: "unknown",
  },
  { name: "a workflow that is not YAML", repo: { ...app, [PATH]: "on: [\n" }, expect: "unknown" },
]);
