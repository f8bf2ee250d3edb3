import rule from "../../../rules/security/no-committed-secrets.ts";
import { describeRule, type RuleCase } from "../../support/describe-rule.ts";
import { awsPair, githubToken, privateKey, randomText } from "../../support/secrets.ts";

const hexadecimal = "9f3a1c7e5b2d8064af91c3e7d5b20846f1a39c7e5d2b80641f93ac7e5b2d8064";
const token = githubToken();
const setting = (value: string, path = "shop/settings.py"): Record<string, string> => ({
  [path]: `import os\n\nVALUE = "${value}"\n`,
});
const pem = privateKey();
const serviceAccount = (project: string) =>
  JSON.stringify({ type: "service_account", project_id: project, private_key: pem }, undefined, 2);

/** One live credential of each issuer. */
const live: readonly RuleCase[] = [
  ["GitHub token", token],
  ["GitHub fine-grained token", `github_pat_${randomText(22)}_${randomText(59, 3)}`],
  ["GitLab token", `glpat-${randomText(20)}`],
  ["PyPI token", `pypi-AgEIcHlwaS5vcmc${randomText(120)}`],
  ["npm token", githubToken("npm")],
  ["Stripe live key", `sk_live_${randomText(24)}`],
  ["Slack token", `xoxb-284759301847-294857201938-${randomText(24)}`],
  ["Slack webhook", `https://hooks.slack.com/services/T02A8B3C9/B04D7E1F6/${randomText(24)}`],
  ["OpenAI key", `sk-proj-${randomText(40)}T3BlbkFJ${randomText(40, 9)}`],
  ["Anthropic key", `sk-ant-api03-${randomText(93)}AA`],
  ["Hugging Face token", `hf_${"qRzLmXvKcTyBnWdJsHgPfUeAoVtYiNxGkZ"}`],
  ["SendGrid key", `SG.${randomText(22)}.${randomText(43, 7)}`],
  ["DigitalOcean token", `dop_v1_${hexadecimal}`],
  ["Plaid access token", "access-production-9f3a1c7e-5b2d-4064-af91-c3e7d5b20846"],
  ["Azure storage key", `DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=${randomText(86)}==`],
  ["Azure shared access key", `Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKey=${randomText(43)}=`],
  ["database password", `postgresql+asyncpg://${"shop"}:kV7-pq2Wz9@db.eu-west.shops.io:5432/shop`],
].map(([kind = "", value = ""]) => ({
  name: `a ${kind}`,
  repo: setting(value),
  expect: "fail",
  evidence: ["shop/settings.py:3"],
  says: kind,
}));

describeRule(rule, [
  ...live,
  {
    name: "what begins it is told, and nothing more of it",
    repo: setting(token),
    expect: "fail",
    says: "A GitHub token (ghp_…) is readable: revoke it (github.com/settings/tokens).",
  },
  {
    name: "a private key, at its first line",
    repo: { "deploy/tls.key": `\n${pem}` },
    expect: "fail",
    evidence: ["deploy/tls.key:2"],
    says: "A private key",
  },
  {
    name: "the key of a Google service account",
    repo: { "shop/gcp.json": serviceAccount("shop-production") },
    expect: "fail",
    evidence: ["shop/gcp.json:4"],
    says: "Google service account key",
  },
  {
    name: "an AWS key beside its id is one finding",
    repo: {
      "infra/run.sh": `export AWS_ACCESS_KEY_ID=${awsPair.id}\nexport AWS_SECRET_ACCESS_KEY=${awsPair.secret}\n`,
    },
    expect: "fail",
    evidence: ["infra/run.sh:1"],
    says: "AWS secret access key (AKIA…)",
  },
  {
    name: "an AWS secret under its name",
    repo: { "config.yml": `s3:\n  aws_secret_access_key: "${awsPair.secret}"\n` },
    expect: "fail",
    evidence: ["config.yml:2"],
  },
  {
    name: "Plaid's secret beside the client's id",
    repo: { ".env": `PLAID_CLIENT_ID=${hexadecimal.slice(0, 24)}\nPLAID_SECRET=${hexadecimal.slice(0, 30)}\n` },
    expect: "fail",
    evidence: [".env:2"],
  },
  {
    name: "in the output of a notebook",
    repo: { "explore.ipynb": JSON.stringify({ cells: [{ outputs: [{ text: [`token ${token}`] }] }] }, undefined, 1) },
    expect: "fail",
    evidence: ["explore.ipynb:7"],
  },
  { name: "without Python too", repo: { "main.tf": `token = "${token}"\n` }, expect: "fail", evidence: ["main.tf:1"] },
  {
    name: "text that is not UTF-8 is searched, a binary file is none",
    repo: { "a.py": "x = 1\n", "logo.png": { unreadable: "it is binary" } },
    expect: "pass",
  },

  // What is none.
  { name: "a text of GitHub's shape with another checksum", repo: setting(`ghp_${randomText(36)}`), expect: "pass" },
  {
    name: "Amazon's example",
    repo: setting("AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
    expect: "pass",
  },
  { name: "an AWS id alone is no credential", repo: setting(awsPair.id), expect: "pass" },
  {
    name: "an AWS id beside a hash",
    repo: { "a.py": `ID = "${awsPair.id}"\nSHA = "${hexadecimal.slice(0, 40)}"\n` },
    expect: "pass",
  },
  { name: "a test key of Stripe", repo: setting(`sk_test_${randomText(24)}`), expect: "pass" },
  { name: "typed, not drawn", repo: setting("sk_live_abcdefghijklmnopqrstuvwx"), expect: "pass" },
  { name: "a word that asks to be changed", repo: setting("glpat-your-token-goes-here"), expect: "pass" },
  {
    name: "databases of one machine, and placeholders",
    repo: {
      "settings.py": [
        "postgres:postgres@localhost/db",
        "shop:kV7-pq2Wz9@db/shop",
        "shop:kV7-pq2Wz9@10.0.0.4/shop",
        "shop:kV7-pq2Wz9@db.example.com/shop",
        "user:changeme@db.shops.io/shop",
        "user:p4ssw0rd@db.shops.io/shop",
        "shop:${DB_PASSWORD}@db.shops.io/shop",
      ]
        .map((rest) => `URL = "postgres://${rest}"\n`)
        .join(""),
    },
    expect: "pass",
  },
  {
    name: "a key that is cut, encrypted, or public",
    repo: {
      "a.pem": "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg...\n-----END PRIVATE KEY-----\n",
      "b.pem": privateKey(true),
      "c.pem": pem.replaceAll("PRIVATE", "PUBLIC"),
      "d.py": 'if text.startswith("-----BEGIN RSA PRIVATE KEY-----"):\n    load(text)\n',
    },
    expect: "pass",
  },
  {
    name: "the key of Azure's emulator",
    repo: setting(`AccountName=devstoreaccount1;AccountKey=Eby8vdM02x${randomText(76)}==`),
    expect: "pass",
  },
  {
    name: "what is encrypted",
    repo: {
      "vault.yml": "$ANSIBLE_VAULT;1.1;AES256\n6433623763\n",
      "s.yaml": "key: ENC[AES256_GCM,data:Tr7o=,type:str]\n",
    },
    expect: "pass",
  },
  { name: "hashes of a lock file", repo: { "uv.lock": `hash = "sha256:${hexadecimal}"\n` }, expect: "pass" },
  { name: "allowed on its line", repo: { "a.py": `X = "${token}"  # gitleaks:allow\n` }, expect: "pass" },
  {
    name: "allowed by the line above",
    repo: { "a.py": `# pragma: allowlist nextline secret\nX = "${token}"\n` },
    expect: "pass",
  },
  {
    name: "allowed by a baseline, save what it calls real",
    repo: {
      "a.py": `X = "${token}"\n`,
      "b.py": `X = "${token}"\n`,
      ".secrets.baseline": JSON.stringify({
        results: { "a.py": [{ line_number: 1 }], "b.py": [{ line_number: 1, is_secret: true }] },
      }),
    },
    expect: "fail",
    evidence: ["b.py:1"],
  },
  {
    name: "allowed by gitleaks' lists; an expression that could run for ever is passed over",
    repo: {
      "keys/a.py": `X = "${token}"\n`,
      "b.py": `X = "${token}"\n`,
      "c.py": `X = "${token}"\n`,
      ".gitleaks.toml": "[allowlist]\npaths = ['''keys/.*\\.py$''', '''(c+)+\\.py$''']\n",
      ".gitleaksignore": "b.py:github-pat:1\n",
    },
    expect: "fail",
    evidence: ["c.py:1"],
  },

  // What is one level lower, or low.
  {
    name: "a token in a test is one level lower",
    repo: setting(token, "tests/test_api.py"),
    expect: "partial",
    value: 0.3,
    evidence: ["tests/test_api.py:3"],
  },
  { name: "a token in an example", repo: setting(token, "examples/client.py"), expect: "partial", value: 0.3 },
  { name: "a token for development", repo: setting(token, "config/dev/settings.py"), expect: "partial", value: 0.3 },
  {
    name: "a key among the fixtures is low",
    repo: { "t/unit/keys.py": pem, "tests/certs/server.pem": pem },
    expect: "partial",
    value: 0.8,
    evidence: ["t/unit/keys.py:1", "tests/certs/server.pem:1"],
  },
  {
    name: "a key that its own lines call made for tests",
    repo: { "shop/keys.py": `# Only for tests\nKEY = """${pem}"""\n` },
    expect: "partial",
    value: 0.8,
  },
  {
    name: "a session key of AWS has ended",
    repo: { "log.json": `{"id": "${awsPair.sessionId}", "key": "${awsPair.secret}"}\n` },
    expect: "partial",
    value: 0.8,
  },
  {
    name: "a token in a document",
    repo: setting(`sk_live_${randomText(24)}`, "README.md"),
    expect: "partial",
    value: 0.3,
  },
  { name: "in a document with a true checksum", repo: setting(token, "README.md"), expect: "fail" },
  {
    name: "a password in a test or a document",
    repo: setting("postgres://shop:kV7-pq2Wz9@db.shops.io/x", "docs/use.md"),
    expect: "pass",
  },
  { name: "a key that others published", repo: { "vendor/tls/server.key": pem }, expect: "pass" },
  { name: "a template's skeleton", repo: { "{{cookiecutter.name}}/server.key": pem }, expect: "pass" },

  {
    name: "a file that could not be searched",
    repo: { "a.py": "x = 1\n", "settings.json": { unreadable: "12000000 bytes is over the limit of 10000000" } },
    expect: "unknown",
    says: "settings.json",
  },
  {
    name: "measurements that are too large to be searched",
    repo: { "a.py": "x = 1\n", "data.csv": { unreadable: "12000000 bytes is over the limit of 10000000" } },
    expect: "pass",
  },
  {
    name: "a text that is made to keep the search busy",
    repo: { "a.txt": "-----BEGIN PRIVATE KEY-----\n".repeat(3000) },
    expect: "unknown",
    says: "a.txt",
  },
]);
