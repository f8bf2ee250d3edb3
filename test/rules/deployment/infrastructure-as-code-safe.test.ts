import rule from "../../../rules/deployment/infrastructure-as-code-safe.ts";
import { describeRule } from "../../support/describe-rule.ts";

const service = {
  "shop/wsgi.py": "",
  "requirements.txt": "django\ngunicorn\nboto3\n",
  Procfile: "web: gunicorn shop.wsgi\n",
};
const job = (...runs: readonly string[]) => ({
  ".github/workflows/ci.yml": `on: push\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v6\n${runs.map((run) => `      - run: ${run}\n`).join("")}`,
});
const versions =
  'terraform {\n  required_version = ">= 1.10"\n  required_providers {\n    aws = { source = "hashicorp/aws", version = "~> 6.0" }\n  }\n}\n';
const backend = (settings: string) => `terraform {\n  backend "s3" {${settings}}\n}\n`;
const lock = { "infra/.terraform.lock.hcl": "" };
const safe = {
  ...service,
  ...job("terraform validate"),
  ...lock,
  "infra/main.tf": versions + backend('\n    bucket = "state"\n    use_lockfile = true\n  '),
};

describeRule(rule, [
  { name: "a client of S3 owns no infrastructure", repo: service, expect: "skip" },
  {
    name: "a library",
    repo: { "pyproject.toml": "[project]\nname = 'a'\n[build-system]\n", "a/b.py": "" },
    expect: "skip",
  },
  {
    name: "a backend that locks, versions, a lock file and a plan",
    repo: safe,
    expect: "pass",
    evidence: [".github/workflows/ci.yml:6"],
  },
  {
    name: "a tracked state file",
    repo: { ...safe, "infra/terraform.tfstate": "{}" },
    expect: "fail",
    evidence: ["infra/terraform.tfstate:1"],
  },
  {
    name: "no backend, though the providers are locked",
    repo: { ...safe, "infra/main.tf": `${versions}provider "aws" {}\n` },
    expect: "partial",
    value: 0.6,
    evidence: ["infra/main.tf:4"],
  },
  {
    name: "a local backend",
    repo: { ...safe, "infra/main.tf": `${versions}terraform {\n  backend "local" {}\n}\n` },
    expect: "partial",
    evidence: ["infra/main.tf:8"],
  },
  {
    name: "a bucket without a lock",
    repo: { ...safe, "infra/main.tf": versions + backend('\n    bucket = "state"\n  ') },
    expect: "partial",
    value: 0.8,
    evidence: ["infra/main.tf:8"],
  },
  {
    name: "a backend whose settings CI gives",
    repo: { ...safe, "infra/main.tf": versions + backend("") },
    expect: "pass",
  },
  {
    name: "a provider without a version and without a lock file",
    repo: {
      ...service,
      ...job("tflint"),
      "infra/main.tf": `${backend("")}provider "aws" {\n  region = "eu-west-1"\n}\n`,
    },
    expect: "partial",
    value: 0.6,
    evidence: ["infra/main.tf:4", "infra/main.tf:4"],
  },
  {
    name: "CI does not look at it",
    repo: { ...safe, ...job("pytest") },
    expect: "partial",
    value: 0.8,
    evidence: [""],
  },
  {
    name: "Terraform Cloud plans on its own",
    repo: {
      ...safe,
      ...job("pytest"),
      "infra/main.tf": `${versions}terraform {\n  cloud {\n    organization = "acme"\n  }\n}\n`,
    },
    expect: "pass",
  },
  {
    name: "a module that the root calls needs neither backend nor lock file",
    repo: {
      ...safe,
      "infra/app.tf": 'module "app" {\n  source = "./modules/app"\n}\n',
      "infra/modules/app/main.tf": 'provider "aws" {\n  region = "eu-west-1"\n}\n',
    },
    expect: "pass",
  },
  {
    name: "a backend that Terragrunt writes",
    repo: {
      ...service,
      ...job("terragrunt plan"),
      ...lock,
      "terragrunt.hcl": 'remote_state {\n  backend = "s3"\n}\n',
      "infra/main.tf": `${versions}provider "aws" {}\n`,
    },
    expect: "pass",
  },
  {
    name: "Terraform in examples",
    repo: { ...service, "examples/aws/main.tf": 'provider "aws" {}\n' },
    expect: "skip",
  },
  { name: "a CDK app", repo: { ...service, "cdk.json": "{}" }, expect: "pass", evidence: ["cdk.json:1"] },
  {
    name: "a template of CloudFormation with short tags",
    repo: {
      ...service,
      "infra/stack.yaml":
        "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: !Sub ${AWS::StackName}-q\n",
    },
    expect: "pass",
    evidence: ["infra/stack.yaml:1"],
  },
  {
    name: "a resource of Crossplane",
    repo: {
      ...service,
      "deploy/db.yaml": "apiVersion: rds.aws.crossplane.io/v1alpha1\nkind: DBInstance\nmetadata:\n  name: shop\n",
    },
    expect: "pass",
  },
  {
    name: "a deployment to what nothing declares",
    repo: { ...service, ...job("aws ecs update-service --cluster shop --service web") },
    expect: "partial",
    value: 0.3,
    evidence: [".github/workflows/ci.yml:6"],
  },
  { name: "a deployment from a template elsewhere", repo: { ...service, ...job("sam deploy") }, expect: "skip" },
  {
    name: "a Terraform file that cannot be read",
    repo: { ...safe, "infra/db.tf": { unreadable: "it is too large" } },
    expect: "unknown",
  },
  { name: "a Terraform file that is broken", repo: { ...safe, "infra/db.tf": 'resource "a" {' }, expect: "unknown" },
  {
    name: "a backend and providers that Terragrunt writes for the source that it names",
    repo: {
      ...service,
      ...job("terragrunt run-all plan"),
      "live/terragrunt.hcl":
        'remote_state {\n  backend = "s3"\n}\ngenerate "provider" {\n  path = "provider.tf"\n  contents = <<EOF\nterraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n      version = "6.15.0"\n    }\n  }\n}\nEOF\n}\n',
      "live/prod/db/terragrunt.hcl": 'terraform {\n  source = "../../../modules//db"\n}\n',
      "live/prod/db/.terraform.lock.hcl": "",
      "modules/db/main.tf": 'provider "aws" {}\n',
    },
    expect: "pass",
  },
  {
    name: "a source that is a release, or the folder",
    repo: {
      ...service,
      ...job("terragrunt plan"),
      "live/terragrunt.hcl": 'remote_state {\n  backend = "s3"\n}\n',
      "live/db/terragrunt.hcl":
        'terraform {\n  source = local.released ? "git::https://git.acme.example/infra//db?ref=v1" : "../../modules//db"\n}\n',
      "modules/db/main.tf": `${versions}provider "aws" {}\n`,
    },
    expect: "partial",
    value: 0.9,
    says: "No .terraform.lock.hcl",
  },
]);
