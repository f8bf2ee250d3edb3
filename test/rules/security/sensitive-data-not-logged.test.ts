import rule from "../../../rules/security/sensitive-data-not-logged.ts";
import { describeRule } from "../../support/describe-rule.ts";

const service = (body: string, files: Record<string, string | { unreadable: string }> = {}) => ({
  "requirements.txt": "flask\ngunicorn\n",
  "shop/login.py": `import logging\n\nlogger = logging.getLogger(__name__)\n\n\ndef login(request, user, password, token, data):\n${body
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n")}\n`,
  ...files,
});
const leaks = (name: string, body: string, says: string) => ({
  name,
  repo: service(body),
  expect: "fail" as const,
  evidence: ["shop/login.py:7"],
  says,
});
const harmless = (name: string, body: string) => ({ name, repo: service(body), expect: "pass" as const });

describeRule(rule, [
  leaks("a password as an argument", 'logger.debug("login with %s", password)', "password"),
  leaks("an attribute", 'logger.info("%s", user.api_key)', "api_key"),
  leaks("a key of a mapping", 'logger.info("%s", data["client_secret"])', "client_secret"),
  leaks("a look-up of the environment", 'logger.info(os.getenv("API_KEY"))', "API_KEY"),
  leaks("a formatted text", 'logger.error("no login: {}".format(password))', "password"),
  leaks("a text by the percent sign", 'logger.error("no login: %s" % password)', "password"),
  leaks("a keyword of a structured logger", 'logger.info("login", access_token=token)', "token"),
  leaks(
    "what goes along as extra",
    'logger.info("login", extra={"session": data.get("session_token")})',
    "session_token",
  ),
  leaks("a token, where people log in", 'logger.warning(f"bad token {token}")', "token"),
  leaks("a print", "print(f'login with {password}')", "password"),
  leaks("a header that lets in", 'logger.info(request.headers["Authorization"])', "Authorization"),
  leaks("all headers", 'logger.info("asked: %s", request.headers)', "request.headers"),
  leaks("the body of a request", "logger.info(request.get_json())", "request.get_json"),
  harmless("a message about a token", 'logger.info("token refreshed")'),
  harmless("how long it is", 'logger.info("%d", len(password))'),
  harmless("whether it is there", 'logger.info("%s", password is None)'),
  harmless("a choice by it", 'logger.info("yes" if password else "no")'),
  harmless("a part of it", "logger.info(token[:4])"),
  harmless("what was masked in place", "logger.info(mask(token))"),
  harmless("what was masked before", 'token = mask(token)\nlogger.info("%s", token)'),
  harmless("counts and tools of models", 'logger.info("%s %s %s", token_count, tokenizer, max_tokens)'),
  harmless("the page to read next", 'logger.info("%s", next_page_token)'),
  harmless("the name of an execution", 'logger.info("%s", execution_token)'),
  harmless("names and places of secrets", 'logger.info("%s %s", secret_name, token_url)'),
  harmless("a flag", 'logger.info("%s", reset_password)'),
  harmless("the key by which a record is found", 'logger.info("%s", checkout.token)'),
  harmless("a loop over words", 'for token in data:\n    logger.info("%s", token)'),
  harmless("a header that is no secret", 'logger.info(request.headers["Accept"])'),
  {
    name: "words of a language model",
    repo: {
      "requirements.txt": "flask\ngunicorn\n",
      "shop/words.py":
        "import logging\nfrom transformers import AutoTokenizer\n\n\ndef authors(token):\n    logging.info('%s', token)\n",
    },
    expect: "pass",
  },
  {
    name: "a filter that redacts",
    repo: service('logger.info("%s", password)', {
      "shop/logs.py": "import logging\n\n\nclass RedactingFilter(logging.Filter):\n    def filter(self, record): ...\n",
    }),
    expect: "pass",
    evidence: ["shop/logs.py:4"],
  },
  {
    name: "a function of that name for something else",
    repo: service('logger.info("%s", password)', { "shop/html.py": "def sanitize_html(text): ...\n" }),
    expect: "fail",
  },
  {
    name: "Sentry with personal data",
    repo: service("...", {
      "shop/errors.py": "import sentry_sdk\n\nsentry_sdk.init(\n    send_default_pii=True,\n)\n",
    }),
    expect: "fail",
    evidence: ["shop/errors.py:4"],
  },
  {
    name: "Sentry without",
    repo: service("...", { "shop/errors.py": "import sentry_sdk\n\nsentry_sdk.init(send_default_pii=False)\n" }),
    expect: "pass",
  },
  {
    name: "an engine that echoes",
    repo: service("...", {
      "shop/db.py": 'from sqlalchemy import create_engine\n\nengine = create_engine("sqlite://", echo=True)\n',
    }),
    expect: "fail",
    evidence: ["shop/db.py:3"],
  },
  {
    name: "an echo that a setting decides",
    repo: service("...", {
      "shop/db.py": 'from sqlalchemy import create_engine\n\nengine = create_engine("sqlite://", echo=DEBUG)\n',
    }),
    expect: "pass",
  },
  {
    name: "an echo for development",
    repo: service("...", { "shop/config.py": "class DevelopmentConfig:\n    SQLALCHEMY_ECHO = True\n" }),
    expect: "pass",
  },
  {
    name: "an echo for everybody",
    repo: service("...", { "shop/config.py": "class Config:\n    SQLALCHEMY_ECHO = True\n" }),
    expect: "fail",
    evidence: ["shop/config.py:2"],
  },
  {
    name: "a command that makes a password for the one who calls it",
    repo: service("...", { "shop/management/commands/invite.py": "def handle(password):\n    print(password)\n" }),
    expect: "pass",
  },
  {
    name: "a program for the command line",
    repo: service("...", { "shop/keys.py": "import argparse\n\n\ndef show(password):\n    print(password)\n" }),
    expect: "pass",
  },
  {
    name: "tests",
    repo: service("...", { "tests/test_login.py": "def test(password):\n    print(password)\n" }),
    expect: "pass",
  },
  {
    name: "a module that cannot be read",
    repo: service("...", { "shop/a.py": { unreadable: "it is binary" } }),
    expect: "unknown",
  },
  { name: "no Python at all", repo: { "main.go": "" }, expect: "skip" },
]);
