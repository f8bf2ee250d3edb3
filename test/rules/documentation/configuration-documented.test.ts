import rule from "../../../rules/documentation/configuration-documented.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const service = (settings: string) => ({
  "requirements.txt": "fastapi\nuvicorn\n",
  Procfile: "web: uvicorn shop.main:app\n",
  "shop/settings.py": settings,
});
const example = (...names: readonly string[]) => ({ ".env.example": names.map((name) => `${name}=\n`).join("") });
const pydantic = `from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="SHOP_", env_file=".env")

    database_url: str
    api_key: str = Field(validation_alias="PAYMENT_KEY")
    page_size: int = Field(20, description="Orders on one page")
    _cache: dict = {}
`;

describeRule(rule, [
  { name: "a library", repo: { "pyproject.toml": '[project]\nname = "shop"\n', "shop/a.py": "" }, expect: "skip" },
  { name: "a service that reads nothing", repo: service("PAGE = 20\n"), expect: "skip" },
  {
    name: "what the platform sets",
    repo: service('import os\n\nPORT = int(os.environ.get("PORT", 8000))\nHOME = os.environ["HOME"]\n'),
    expect: "skip",
  },
  {
    name: "every way of the standard library",
    repo: {
      ...service(
        'import os\nfrom os import environ, getenv\n\nA = os.environ["A_URL"]\nB = getenv("B_URL")\nC = environ.get("C_URL", "x")\nD = "D_URL" in os.environ\nos.environ["WRITTEN"] = "1"\nos.environ.setdefault("SET", "1")\n',
      ),
      ...example("A_URL", "B_URL", "C_URL"),
    },
    expect: "partial",
    value: 0.75,
    evidence: ["shop/settings.py:7"],
    says: "D_URL",
  },
  {
    name: "django-environ under a name of its own",
    repo: {
      ...service(
        'import environ\n\nroot_env = environ.Env()\nDEBUG = root_env.bool("DEBUG", False)\nDB = root_env.db()\n',
      ),
      "README.md": "# Shop\n",
    },
    expect: "fail",
    evidence: ["shop/settings.py:4"],
  },
  {
    name: "decouple",
    repo: {
      ...service(
        'from decouple import config\n\nSECRET_KEY = config("SECRET_KEY")\nDEBUG = config("DEBUG", cast=bool)\n',
      ),
      ...example("SECRET_KEY", "DEBUG"),
    },
    expect: "pass",
    evidence: [".env.example:1"],
  },
  {
    name: "Starlette's Config",
    repo: {
      ...service('from starlette.config import Config\n\nconf = Config(".env")\nQUEUE = conf("QUEUE_URL")\n'),
      ...example("OTHER"),
    },
    expect: "fail",
    evidence: ["shop/settings.py:4"],
  },
  {
    name: "a helper that a module of the project hands on",
    repo: {
      ...service('from shop.config import env\n\nQUEUE = env("QUEUE_URL")\n'),
      ...example("OTHER"),
    },
    expect: "fail",
    evidence: ["shop/settings.py:3"],
  },
  {
    name: "settings of pydantic with a prefix, an alias and a description",
    repo: { ...service(pydantic), ...example("SHOP_DATABASE_URL") },
    expect: "partial",
    value: 2 / 3,
    evidence: ["shop/settings.py:9"],
    says: "PAYMENT_KEY",
  },
  {
    name: "names of pydantic in small letters",
    repo: { ...service(pydantic), ".env.example": "shop_database_url=\npayment_key=\n" },
    expect: "pass",
  },
  {
    name: "a table in the documentation",
    repo: {
      ...service('import os\n\nQUEUE = os.environ["QUEUE_URL"]\n'),
      "docs/configuration.md": "| Name | Meaning |\n|---|---|\n| `QUEUE_URL` | where jobs wait |\n",
    },
    expect: "pass",
  },
  {
    name: "the environment of compose, and the values of a chart",
    repo: {
      ...service('import os\n\nQUEUE = os.environ["QUEUE_URL"]\nCACHE = os.environ["CACHE_URL"]\n'),
      "docker-compose.yml": "services:\n  web:\n    build: .\n    environment:\n      QUEUE_URL: redis://queue\n",
      "chart/Chart.yaml": "name: shop\n",
      "chart/values.yaml": "env:\n  # Where pages are kept.\n  CACHE_URL: redis://cache\n",
    },
    expect: "pass",
  },
  {
    name: "what a stack gives to its functions",
    repo: {
      "requirements.txt": "aws-cdk-lib\n",
      "cdk.json": '{"app": "python stack.py"}\n',
      "stack.py": 'from aws_cdk import aws_lambda\n\naws_lambda.Function(code=None, environment={"TABLE": "orders"})\n',
      "lambda/handler.py": 'import os\n\nTABLE = os.environ["TABLE"]\n',
    },
    expect: "pass",
  },
  {
    name: "names that are computed",
    repo: service('import os\n\nfor name in ("A_URL", "B_URL"):\n    os.environ[name]\n'),
    expect: "skip",
  },
  {
    name: "nine of ten are enough",
    repo: {
      ...service(`import os\n\n${Array.from({ length: 10 }, (_, i) => `A${i} = os.environ["VALUE_${i}"]\n`).join("")}`),
      ...example(...Array.from({ length: 9 }, (_, i) => `VALUE_${i}`)),
    },
    expect: "pass",
  },
  {
    name: "scripts of the developers",
    repo: { ...service("PAGE = 20\n"), "scripts/import.py": 'import os\n\nos.environ["DUMP"]\n' },
    expect: "skip",
  },
  {
    name: "an example that cannot be read",
    repo: {
      ...service('import os\n\nQUEUE = os.environ["QUEUE_URL"]\n'),
      ".env.example": { unreadable: "it is too large" },
    },
    expect: "unknown",
  },
  {
    name: "a module that cannot be read",
    repo: { ...service("PAGE = 20\n"), "shop/conf.py": { unreadable: "it is too large" } },
    expect: "unknown",
  },
]);

const reading = {
  "requirements.txt": "flask\ngunicorn\n",
  "wsgi.py": 'import os\n\nURL = os.environ["DATABASE_URL"]\nKEY = os.environ["SECRET_KEY"]\n',
};

describeRepair(rule, [
  {
    name: "the missing names, without values, in the example that is there",
    repo: { ...reading, ".env.example": "# Settings\nDATABASE_URL=postgresql://localhost/shop" },
    after: { ".env.example": "# Settings\nDATABASE_URL=postgresql://localhost/shop\n# SECRET_KEY=" },
  },
  {
    name: "not in the example of another component",
    repo: {
      ".gitignore": ".env\n",
      "web/requirements.txt": "flask\ngunicorn\n",
      "web/wsgi.py": reading["wsgi.py"],
      "web/.env.example": "DATABASE_URL=\nSECRET_KEY=\n",
      "worker/requirements.txt": "celery\n",
      "worker/app.py": 'import os\nimport celery\n\nQUEUE = os.environ["QUEUE_URL"]\napp = celery.Celery("x")\n',
    },
    after: { "worker/.env.example": "# QUEUE_URL=\n" },
  },
  {
    name: "an example of its own",
    repo: { ...reading, ".gitignore": ".env\n" },
    after: { ".env.example": "# DATABASE_URL=\n# SECRET_KEY=\n" },
  },
]);
