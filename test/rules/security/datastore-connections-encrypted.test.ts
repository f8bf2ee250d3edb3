import rule from "../../../rules/security/datastore-connections-encrypted.ts";
import { describeRule } from "../../support/describe-rule.ts";

const service = (settings: string) => ({
  "requirements.txt": "django\npsycopg\nredis\ngunicorn\n",
  "manage.py": "",
  "shop/wsgi.py": "",
  "shop/settings.py": settings,
});
const database = (host: string, options: string) =>
  `import os\n\nDATABASES = {\n    "default": {\n        "ENGINE": "django.db.backends.postgresql",\n        "HOST": ${host},\n        "OPTIONS": ${options},\n    }\n}\n`;
const deployed = (name: string, value: string) => ({
  ...service("import os\n"),
  "k8s/shop.yaml": `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: shop\n          env:\n            - name: ${name}\n              value: ${value}\n`,
});

describeRule(rule, [
  { name: "a library", repo: { "pyproject.toml": '[project]\nname = "shop"\n', "shop/a.py": "" }, expect: "skip" },
  {
    name: "a service without a data store",
    repo: { "requirements.txt": "fastapi\nuvicorn\n", "main.py": "app = None\n" },
    expect: "skip",
  },
  {
    name: "a URL of the environment, which nobody here knows",
    repo: service(
      'import os\n\nURL = os.environ.get("DATABASE_URL", "postgres://db.shop.net/orders?sslmode=disable")\n',
    ),
    expect: "unknown",
    says: "outside of the repository",
  },
  {
    name: "a host of the environment, and a mode that is written",
    repo: service(database('os.environ["DB_HOST"]', '{"sslmode": "verify-full"}')),
    expect: "pass",
    evidence: ["shop/settings.py:4"],
  },
  {
    name: "encryption that is turned off for a host elsewhere",
    repo: service(database('"db.shop.net"', '{"sslmode": "disable"}')),
    expect: "fail",
    evidence: ["shop/settings.py:4"],
    says: "db.shop.net",
  },
  {
    name: "a host elsewhere without a word on encryption, which libpq prefers",
    repo: service(database('"db.shop.net"', "{}")),
    expect: "unknown",
  },
  {
    name: "the machine itself",
    repo: service('URL = "postgresql://localhost/orders?sslmode=disable"\n'),
    expect: "skip",
  },
  {
    name: "the name of a service of compose",
    repo: service('CACHE = "redis://cache:6379/0"\n'),
    expect: "skip",
  },
  {
    name: "plain text in a private network",
    repo: service('CACHE = "redis://10.0.4.7:6379/0"\n'),
    expect: "unknown",
  },
  {
    name: "settings of developers",
    repo: { ...service(""), "shop/settings_dev.py": 'CACHE = "redis://cache.shop.net"\n' },
    expect: "unknown",
  },
  {
    name: "one of two",
    repo: service('CACHE = "rediss://cache.shop.net"\nQUEUE = "amqp://queue.shop.net"\n'),
    expect: "partial",
    value: 0.5,
    evidence: ["shop/settings.py:2"],
  },
  {
    name: "dj-database-url that requires it",
    repo: service('import dj_database_url\n\nDATABASES = {"default": dj_database_url.config(ssl_require=True)}\n'),
    expect: "pass",
  },
  {
    name: "encryption that a switch decides on",
    repo: service('import os\n\nimport redis\n\nif os.getenv("TLS"):\n    cache = redis.Redis(host=HOST, ssl=True)\n'),
    expect: "unknown",
  },
  {
    name: "arguments of a connection",
    repo: service(
      'import os\n\nimport redis\n\ncache = redis.Redis(host="cache.shop.net", ssl=False)\nother = redis.Redis(host=os.environ["CACHE"], ssl=True)\n',
    ),
    expect: "partial",
    value: 0.5,
    evidence: ["shop/settings.py:5"],
  },
  {
    name: "a manifest of Kubernetes",
    repo: deployed("CELERY_BROKER_URL", "redis://redis.shop.net:6379/0"),
    expect: "fail",
    evidence: ["k8s/shop.yaml:13"],
  },
  {
    name: "a service in the same cluster",
    repo: deployed("REDIS_URL", "redis://redis.shop.svc.cluster.local"),
    expect: "skip",
  },
  { name: "a mode in a manifest", repo: deployed("PGSSLMODE", "verify-full"), expect: "pass" },
  {
    name: "the connector of a cloud",
    repo: service("from google.cloud.sql.connector import Connector\n"),
    expect: "pass",
  },
  {
    name: "a module that cannot be read",
    repo: { ...service(""), "shop/conf.py": { unreadable: "it is too large" } },
    expect: "unknown",
  },
]);
