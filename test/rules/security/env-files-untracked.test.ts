import rule from "../../../rules/security/env-files-untracked.ts";
import { describeRule } from "../../support/describe-rule.ts";

const app = { "manage.py": "", "requirements.txt": "django\ndjango-environ\n" };
const REAL = "h0rse-b4ttery-staple";

describeRule(rule, [
  {
    name: "a library",
    repo: {
      "slug.py": "",
      "pyproject.toml": "[build-system]\nrequires=[]\n[project]\nname='slug'\nclassifiers=['Topic :: X']\n",
    },
    expect: "skip",
  },
  {
    name: "a real value, at its line",
    repo: { ...app, ".env.production": `DEBUG=0\nexport API_TOKEN="${REAL}"\n` },
    expect: "fail",
    evidence: [".env.production:2"],
    says: "API_TOKEN",
  },
  {
    name: "placeholders",
    repo: { ...app, ".env": "SECRET_KEY=changethis\nPOSTGRES_PASSWORD=\n" },
    expect: "partial",
    value: 0.8,
    evidence: [".env:1"],
  },
  {
    name: "settings that are no secret",
    repo: { ...app, "docker/.env": "COMPOSE_PROJECT_NAME=shop\nPYTHONPATH=src\n" },
    expect: "partial",
    value: 0.8,
  },
  {
    name: "examples are allowed",
    repo: {
      ...app,
      ".gitignore": "*.pyc\n.env*\n!.env.example\n",
      ".env.example": `SECRET_KEY=${REAL}\n`,
      "sample.env": `SECRET_KEY=${REAL}\n`,
      ".env.test": `SECRET_KEY=${REAL}\n`,
    },
    expect: "pass",
    evidence: [".gitignore:2"],
  },
  {
    name: "a symbolic link is no file",
    repo: { ...app, ".gitignore": ".env\n", "python/.env": { link: "../.env" } },
    expect: "pass",
  },
  {
    name: "dotenv without a pattern",
    repo: { ...app, ".gitignore": "*.pyc\n" },
    expect: "partial",
    value: 0.5,
    evidence: [""],
  },
  { name: "nothing reads .env", repo: { "manage.py": "", "requirements.txt": "django\n" }, expect: "pass" },
  {
    name: "a private key",
    repo: { ...app, "deploy/id_rsa": "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n" },
    expect: "fail",
    evidence: ["deploy/id_rsa:1"],
  },
  {
    name: "a .netrc of the tests",
    repo: { ...app, ".gitignore": ".env", "tests/.netrc": `machine x password ${REAL}\n` },
    expect: "pass",
  },
  {
    name: "a .pypirc with a token",
    repo: { ...app, ".pypirc": `[pypi]\nusername = __token__\npassword = pypi-${"Ab3".repeat(20)}\n` },
    expect: "fail",
  },
  {
    name: "a tracked file that cannot be read",
    repo: { ...app, ".gitignore": ".env", ".env": { unreadable: "its text is not in the snapshot" } },
    expect: "unknown",
    says: ".env",
  },
]);
