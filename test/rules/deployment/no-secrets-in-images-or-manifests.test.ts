import rule from "../../../rules/deployment/no-secrets-in-images-or-manifests.ts";
import { describeRule } from "../../support/describe-rule.ts";

const LITERAL = "b4tterie-h0rse-staple";
const code = { "shop/api.py": "" };
const dockerfile = (line: string) => ({ ...code, Dockerfile: `FROM python:3.14-slim\n${line}\nCMD shop\n` });
const encoded = (value: string): string => Buffer.from(value).toString("base64");
const secret = (body: string) => ({
  ...code,
  "k8s/secret.yaml": `apiVersion: v1\nkind: Secret\nmetadata: {name: shop}\n${body}\n`,
});
const compose = (name: string, password: string) => ({
  ...code,
  [name]: `services:\n  web:\n    build: .\n  db:\n    image: postgres:17.2\n    environment:\n      POSTGRES_USER: shop\n      POSTGRES_PASSWORD: ${password}\n`,
});

describeRule(rule, [
  { name: "no image", repo: code, expect: "skip" },
  {
    name: "ENV with a value, at its line",
    repo: dockerfile(`ENV API_TOKEN=${LITERAL}`),
    expect: "fail",
    evidence: ["Dockerfile:2"],
    says: "API_TOKEN",
  },
  { name: "an argument without a value", repo: dockerfile("ARG API_TOKEN"), expect: "pass" },
  { name: "an argument with a value", repo: dockerfile(`ARG SECRET_KEY="${LITERAL}"`), expect: "fail" },
  { name: "a placeholder for the build", repo: dockerfile("ENV SECRET_KEY=changeme DEBUG=0"), expect: "pass" },
  { name: "a name that a script replaces", repo: dockerfile("ENV API_KEY=API_KEY_VAL"), expect: "pass" },
  { name: "a word in angle brackets", repo: dockerfile('ENV API_TOKEN="<set me>"'), expect: "pass" },
  { name: "a value that is computed", repo: dockerfile("ENV API_TOKEN=${API_TOKEN}"), expect: "pass" },
  { name: "the older form of ENV", repo: dockerfile(`ENV API_TOKEN ${LITERAL}`), expect: "fail" },
  {
    name: "a provider's token by its form",
    repo: dockerfile(`ENV BILLING=sk_live_${"a1".repeat(12)}`),
    expect: "fail",
    says: "provider",
  },
  { name: "a path of a key", repo: dockerfile("ENV PRIVATE_KEY_PATH=/run/secrets/key PUBLIC_KEY=abc"), expect: "pass" },
  { name: "COPY .env", repo: dockerfile("COPY .env /app/.env"), expect: "fail", evidence: ["Dockerfile:2"] },
  { name: "COPY of an example", repo: dockerfile("COPY .env.example /app/.env"), expect: "pass" },
  {
    name: "a Secret with plain text",
    repo: secret(`stringData:\n  password: ${LITERAL}`),
    expect: "fail",
    evidence: ["k8s/secret.yaml:5"],
  },
  { name: "a Secret in base64", repo: secret(`data:\n  password: ${encoded(LITERAL)}`), expect: "fail" },
  {
    name: "an entry of a Secret by any name",
    repo: secret(`stringData:\n  shop: ${LITERAL}`),
    expect: "fail",
    says: "shop is",
  },
  { name: "a placeholder in base64", repo: secret(`data:\n  password: ${encoded("changeme")}`), expect: "pass" },
  {
    name: "a Secret whose path tells nothing",
    repo: {
      ...code,
      "pipeline/docker-config.yaml": `apiVersion: v1\nkind: Secret\nmetadata: {name: x}\ntype: Opaque\ndata:\n  user: ${encoded("ada")}\n  password: ${encoded(LITERAL)}\n`,
    },
    expect: "fail",
    evidence: ["pipeline/docker-config.yaml:7"],
    says: "password is given",
  },
  {
    name: "a literal in a container's environment",
    repo: {
      ...code,
      "k8s/api.yaml": `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n    spec:\n      containers:\n        - name: a\n          image: acme/api:1.0\n          env:\n            - name: DB_PASSWORD\n              value: ${LITERAL}\n            - name: API_TOKEN\n              valueFrom: {secretKeyRef: {name: shop, key: token}}\n`,
    },
    expect: "fail",
    evidence: ["k8s/api.yaml:12"],
  },
  {
    name: "a sealed Secret, and one from a store",
    repo: {
      ...code,
      Dockerfile: "FROM python:3.14-slim\n",
      "k8s/secret.yaml": `apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nspec:\n  encryptedData:\n    password: ${encoded(LITERAL)}\n---\napiVersion: external-secrets.io/v1\nkind: ExternalSecret\nspec:\n  data: [{secretKey: password, remoteRef: {key: shop}}]\n`,
    },
    expect: "pass",
  },
  {
    name: "a Secret that SOPS encrypted",
    repo: secret(`data:\n  password: ENC[AES256_GCM,data:xyz]\nsops:\n  version: 3.9.0`),
    expect: "skip",
  },
  { name: "a Helm expression", repo: secret("stringData:\n  password: '{{ .Values.password }}'"), expect: "skip" },
  {
    name: "a local database in compose for development",
    repo: compose("compose.dev.yml", LITERAL),
    expect: "partial",
    value: 0.8,
    evidence: ["compose.dev.yml:8"],
  },
  { name: "the user's name as the password", repo: compose("compose.dev.yml", "shop"), expect: "pass" },
  {
    name: "compose for production",
    repo: compose("compose.prod.yml", LITERAL),
    expect: "fail",
    evidence: ["compose.prod.yml:8"],
  },
  {
    name: "Terraform's state",
    repo: { ...code, "infra/main.tf": "", "infra/terraform.tfstate": "{}" },
    expect: "fail",
    evidence: ["infra/terraform.tfstate:1"],
  },
  {
    name: "Terraform's variables",
    repo: { ...code, "infra/main.tf": "", "infra/prod.tfvars": `region = "eu"\ndb_password = "${LITERAL}"\n` },
    expect: "fail",
    evidence: ["infra/prod.tfvars:2"],
  },
  {
    name: "a Dockerfile that cannot be read",
    repo: { ...code, Dockerfile: { unreadable: "it is binary" } },
    expect: "unknown",
  },
  {
    name: "a key that is the name of a thing",
    repo: {
      ...code,
      "infra/main.tf": "",
      "infra/prod.tfvars": 'billing_tag_key = "CostCenter"\nnode_key = "app.acme.io/pool"\n',
    },
    expect: "pass",
  },
  {
    name: "a key of another sort",
    repo: { ...code, "infra/main.tf": "", "infra/prod.tfvars": `fernet_key = "${LITERAL}"\n` },
    expect: "fail",
    evidence: ["infra/prod.tfvars:1"],
  },
  {
    name: "a Secret that a chart is tried with",
    repo: { ...code, "ci/test-existing-secret.yaml": secret(`stringData:\n  password: ${LITERAL}`)["k8s/secret.yaml"] },
    expect: "skip",
  },
  {
    name: "a Secret among the tests' data",
    repo: { ...code, "unittests/scans/secret.yaml": secret(`stringData:\n  password: ${LITERAL}`)["k8s/secret.yaml"] },
    expect: "skip",
  },
  {
    name: "variables of compose that an anchor gives, at the anchor",
    repo: {
      ...code,
      "compose.prod.yml": `x-env: &env\r\n  MODE: prod\r\n  DB_PASSWORD: ${LITERAL}\r\nservices:\r\n  web:\r\n    build: .\r\n    environment:\r\n      <<: *env\r\n`,
    },
    expect: "fail",
    evidence: ["compose.prod.yml:3"],
  },
  {
    name: "ENV over several lines after Windows line ends, at its name",
    repo: dockerfile(`ENV MODE=prod \\\r\n    API_TOKEN=${LITERAL}\r`),
    expect: "fail",
    evidence: ["Dockerfile:3"],
  },
]);
