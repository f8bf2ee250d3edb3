import rule from "../../../rules/deployment/config-from-environment.ts";
import { describeRule } from "../../support/describe-rule.ts";

const READS = 'import os\n\nDEBUG = os.getenv("SHOP_DEBUG")\n';
const django = (settings: string, path = "shop/settings.py") => ({
  "requirements.txt": "django\npsycopg\ngunicorn\n",
  "manage.py": "",
  "shop/wsgi.py": "",
  [path]: `${READS}\n${settings}`,
});
const databases = (host: string, password = 'os.environ["DB_PASSWORD"]') =>
  `DATABASES = {\n    "default": {\n        "ENGINE": "django.db.backends.postgresql",\n        "HOST": ${host},\n        "PASSWORD": ${password},\n    }\n}\n`;

describeRule(rule, [
  { name: "a library", repo: { "pyproject.toml": '[project]\nname = "shop"\n', "shop/a.py": "" }, expect: "skip" },
  {
    name: "a service without settings",
    repo: { "requirements.txt": "fastapi\nuvicorn\n", "main.py": "app = None\n" },
    expect: "skip",
  },
  {
    name: "everything from the environment",
    repo: django(databases('os.environ["DB_HOST"]')),
    expect: "pass",
    evidence: ["shop/settings.py:3"],
  },
  {
    name: "the host of the database",
    repo: django(databases('"db.shop.net"')),
    expect: "fail",
    evidence: ["shop/settings.py:6"],
    says: "db.shop.net",
  },
  {
    name: "a password of the database",
    repo: django(databases('""', '"Zx81-plum-harbour"')),
    expect: "fail",
    evidence: ["shop/settings.py:6"],
    says: "a password for PostgreSQL",
  },
  { name: "localhost and the name of a service", repo: django(databases('"postgres"', '"postgres"')), expect: "pass" },
  {
    name: "a default that the environment overrides",
    repo: django(
      'import environ\n\nenv = environ.Env()\nDATABASES = {"default": env.db("DATABASE_URL", default="postgres://shop@db.shop.net/orders")}\nREDIS = os.environ.get("REDIS_URL") or "redis://cache.shop.net"\n',
    ),
    expect: "pass",
  },
  {
    name: "a host that is put together",
    repo: django('URL = f"postgresql://{USER}@{HOST}/orders"\n'),
    expect: "pass",
  },
  {
    name: "settings of developers and tests",
    repo: {
      ...django(""),
      "shop/settings/dev.py": databases('"db.dev.shop.net"'),
      "shop/settings_test.py": databases('"db.ci.shop.net"'),
    },
    expect: "pass",
  },
  {
    name: "a branch for debugging",
    repo: django('if DEBUG:\n    BROKER_URL = "amqp://queue.shop.net"\n'),
    expect: "pass",
  },
  {
    name: "one URL for each environment, in the source",
    repo: django('STAGE = os.environ["STAGE"]\nif STAGE == "production":\n    BROKER_URL = "amqp://queue.shop.net"\n'),
    expect: "fail",
    evidence: ["shop/settings.py:7"],
  },
  {
    name: "classes of Flask's configuration",
    repo: {
      "requirements.txt": "flask\nsqlalchemy\ngunicorn\n",
      "wsgi.py": READS,
      "config.py":
        'class Config:\n    SQLALCHEMY_DATABASE_URI = "mysql+pymysql://shop@10.0.4.7/orders"\n\n\nclass DevelopmentConfig(Config):\n    SQLALCHEMY_DATABASE_URI = "mysql://shop@mysql.dev.shop.net/orders"\n',
    },
    expect: "fail",
    evidence: ["config.py:2"],
  },
  {
    name: "a field of pydantic, whose literal is a default",
    repo: {
      "requirements.txt": "fastapi\nuvicorn\npydantic-settings\n",
      "main.py":
        'from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    redis_url: str = "redis://cache.shop.net:6379"\n',
    },
    expect: "pass",
  },
  {
    name: "an example in a help text, a docstring and an argument's default",
    repo: django(
      '"""Connects to postgresql://shop@db.shop.net/orders."""\n\n\ndef connect(url="postgresql://db.shop.net"):\n    """postgresql://db.shop.net"""\n    parser.add_argument("--url", default="redis://cache.shop.net", help="redis://cache.shop.net")\n',
    ),
    expect: "pass",
  },
  {
    name: "a bucket",
    repo: django('AWS_STORAGE_BUCKET_NAME = "shop-media-eu"\n'),
    expect: "fail",
    evidence: ["shop/settings.py:5"],
    says: "shop-media-eu",
  },
  { name: "a bucket of the environment", repo: django('S3_BUCKET = os.environ["S3_BUCKET"]\n'), expect: "pass" },
  {
    name: "an address in the private network",
    repo: django('SEARCH_URL = "http://10.12.0.4:9200"\n'),
    expect: "fail",
    evidence: ["shop/settings.py:5"],
  },
  {
    name: "the host name of a vendor is no setting",
    repo: django('API_BASE = "https://api.stripe.com/v1"\nAWS_REGION = "eu-central-1"\n'),
    expect: "pass",
  },
  {
    name: "a switch by the name of the host",
    repo: django('import socket\n\nHOSTNAME = socket.gethostname()\nif HOSTNAME == "web-1":\n    DEBUG = False\n'),
    expect: "fail",
    evidence: ["shop/settings.py:8"],
    says: "web-1",
  },
  {
    name: "the name of the host in a log line",
    repo: django('import socket\n\nHOSTNAME = socket.gethostname()\nLABELS = {"host": HOSTNAME}\n'),
    expect: "pass",
  },
  {
    name: "a command and a script of developers",
    repo: {
      ...django(""),
      "shop/management/commands/pull.py": 'URL = "postgresql://db.shop.net/orders"\n',
      "scripts/pull.py": 'URL = "postgresql://db.shop.net/orders"\n',
    },
    expect: "pass",
  },
  {
    name: "tests that name a host",
    repo: { ...django(""), "tests/test_urls.py": 'URL = "postgresql://db.shop.net/orders"\n' },
    expect: "pass",
  },
  {
    name: "a module that cannot be read",
    repo: { ...django(""), "shop/conf.py": { unreadable: "it is too large" } },
    expect: "unknown",
  },
]);
