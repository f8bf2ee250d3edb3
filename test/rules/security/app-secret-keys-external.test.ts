import rule from "../../../rules/security/app-secret-keys-external.ts";
import { describeRule } from "../../support/describe-rule.ts";

const pointing = 'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n';
const django = (text: string, more: Readonly<Record<string, string>> = {}) => ({
  "requirements.txt": "django\ngunicorn\n",
  "manage.py": pointing,
  "shop/wsgi.py": pointing,
  "shop/settings.py": `import os\n${text}\nINSTALLED_APPS = ["shop.cart"]\n`,
  ...more,
});
const flask = (text: string, more: Readonly<Record<string, string>> = {}) => ({
  "requirements.txt": "flask\ngunicorn\n",
  "shop/app.py": `import os\nfrom flask import Flask\n\napp = Flask(__name__)\n${text}`,
  ...more,
});
const fastapi = (text: string, more: Readonly<Record<string, string>> = {}) => ({
  "requirements.txt": "fastapi\nuvicorn\n",
  "shop/main.py": `from fastapi import FastAPI\n\napp = FastAPI()\n${text}`,
  ...more,
});

/** A project whose settings are classes of django-configurations. */
const classed = (text: string) => ({
  "requirements.txt": "django\ngunicorn\n",
  "manage.py": `${pointing}os.environ.setdefault("DJANGO_CONFIGURATION", "Local")\n`,
  "shop/wsgi.py": `${pointing}os.environ.setdefault("DJANGO_CONFIGURATION", "Production")\n`,
  "shop/settings.py": `from configurations import Configuration, values\n\n\nclass Common(Configuration):\n    INSTALLED_APPS = ["shop.cart"]\n    SECRET_KEY = "k3ep-this-secret-please-0123456789"\n\n\nclass Local(Common):\n    DEBUG = True\n\n\nclass Production(Common):\n${text}\n`,
});
/** A project whose settings dynaconf loads from a file, over the module. */
const dynaconf = (file: string, more: Readonly<Record<string, string>> = {}) => ({
  ...django("import dynaconf\nsettings = dynaconf.DjangoDynaconf(__name__)", more),
  "settings.toml": file,
});

describeRule(rule, [
  { name: "an application that signs nothing", repo: fastapi(""), expect: "skip" },
  {
    name: "a literal in Django's settings",
    repo: django('SECRET_KEY = "k3ep-this-secret-please-0123456789"'),
    expect: "fail",
    evidence: ["shop/settings.py:2"],
    says: "SECRET_KEY stands in the source",
  },
  {
    name: "a few letters, which are no real key and as bad as a fallback",
    repo: django('SECRET_KEY = "jose"'),
    expect: "partial",
    value: 0.3,
    evidence: ["shop/settings.py:2"],
    says: "SECRET_KEY is a few letters",
  },
  {
    name: "a fallback in the source",
    repo: django('SECRET_KEY = os.getenv("SECRET_KEY", "dev-secret")'),
    expect: "partial",
    value: 0.3,
    evidence: ["shop/settings.py:2"],
  },
  {
    name: "a fallback by or",
    repo: django('SECRET_KEY = os.environ.get("SECRET_KEY") or "dev-secret"'),
    expect: "partial",
    value: 0.3,
  },
  {
    name: "a fallback where reading fails",
    repo: django('try:\n    SECRET_KEY = os.environ["SECRET_KEY"]\nexcept KeyError:\n    SECRET_KEY = "dev-secret"'),
    expect: "partial",
    value: 0.3,
    evidence: ["shop/settings.py:5"],
  },
  { name: "an empty fallback", repo: django('SECRET_KEY = os.getenv("SECRET_KEY", "")'), expect: "pass" },
  {
    name: "decouple without a fallback",
    repo: django('from decouple import config\nSECRET_KEY = config("SECRET_KEY")'),
    expect: "pass",
  },
  {
    name: "a helper of the project that reads a file or the environment",
    repo: django('from .env import read_secret\nSECRET_KEY = read_secret("SECRET_KEY")'),
    expect: "pass",
  },
  {
    name: "a file",
    repo: django('with open("/run/secrets/key") as file:\n    SECRET_KEY = file.read().strip()'),
    expect: "pass",
  },
  {
    name: "a store of secrets",
    repo: django('import boto3\nSECRET_KEY = boto3.client("secretsmanager").get_secret_value(SecretId="shop")'),
    expect: "pass",
  },
  {
    name: "a fallback that production refuses to start with",
    repo: django(
      'DEBUG = False\nSECRET_KEY = os.getenv("SECRET_KEY", "dev-secret")\nif not DEBUG and SECRET_KEY == "dev-secret":\n    raise RuntimeError("set SECRET_KEY")',
    ),
    expect: "pass",
  },
  {
    name: "a key that is made once and kept in a file",
    repo: django(
      'SECRET_KEY = ""\nif not SECRET_KEY and os.path.exists(KEY_FILE):\n    with open(KEY_FILE) as file:\n        SECRET_KEY = file.read().strip()',
    ),
    expect: "pass",
  },
  {
    name: "a literal for developers alone",
    repo: django(
      'DEBUG = os.getenv("DEBUG") == "1"\nif DEBUG:\n    SECRET_KEY = "dev-secret"\nelse:\n    SECRET_KEY = os.environ["SECRET_KEY"]',
    ),
    expect: "pass",
  },
  {
    name: "a key that is made at every start",
    repo: django(
      "from django.core.management.utils import get_random_secret_key\nSECRET_KEY = get_random_secret_key()",
    ),
    expect: "partial",
    value: 0.8,
    evidence: ["shop/settings.py:3"],
  },
  {
    name: "a random key where the environment has none",
    repo: django('import secrets\nSECRET_KEY = os.getenv("SECRET_KEY") or secrets.token_urlsafe(50)'),
    expect: "pass",
  },
  {
    name: "a literal in the base that production replaces",
    repo: {
      "requirements.txt": "django\n",
      "manage.py": 'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.dev")\n',
      "shop/settings/__init__.py": "",
      "shop/settings/base.py": 'SECRET_KEY = "only-for-developers"\nINSTALLED_APPS = ["shop.cart"]\n',
      "shop/settings/dev.py": "from .base import *\n",
      "shop/settings/test.py": 'from .base import *\n\nSECRET_KEY = "tests"\n',
      "shop/settings/production.py": 'import os\n\nfrom .base import *\n\nSECRET_KEY = os.environ["SECRET_KEY"]\n',
    },
    expect: "pass",
  },
  {
    name: "the key of tokens in the settings of a package",
    repo: django('SECRET_KEY = os.environ["SECRET_KEY"]\nSIMPLE_JWT = {"SIGNING_KEY": "tokens-are-signed-with-this"}'),
    expect: "fail",
    evidence: ["shop/settings.py:3"],
    says: "SIGNING_KEY",
  },
  { name: "a key that is computed", repo: django("from shop.keys import SECRET_KEY"), expect: "unknown" },
  {
    name: "a key of an object of settings",
    repo: django("from shop.conf import CONFIG\nSECRET_KEY = CONFIG.SECRET_KEY"),
    expect: "unknown",
  },
  {
    name: "a literal that a file beside it may replace",
    repo: django(
      'SECRET_KEY = "only-for-developers"\ntry:\n    from .local_settings import *\nexcept ImportError:\n    pass',
    ),
    expect: "partial",
    value: 0.3,
  },
  {
    name: "Flask's key in the source",
    repo: flask('app.secret_key = "super secret"\n'),
    expect: "fail",
    evidence: ["shop/app.py:5"],
  },
  {
    name: "Flask's key from the environment",
    repo: flask('app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]\n'),
    expect: "pass",
  },
  {
    name: "Flask's key that a file may replace",
    repo: flask('app.config.from_mapping(SECRET_KEY="dev")\napp.config.from_pyfile("config.py", silent=True)\n'),
    expect: "partial",
    value: 0.3,
    evidence: ["shop/app.py:5"],
  },
  {
    name: "Flask's class for production has its own",
    repo: flask('app.config.from_object("shop.config.ProductionConfig")\n', {
      "shop/config.py":
        'import os\n\n\nclass Config:\n    SECRET_KEY = "dev"\n\n\nclass ProductionConfig(Config):\n    SECRET_KEY = os.environ["SECRET_KEY"]\n',
    }),
    expect: "pass",
  },
  {
    name: "a class of Flask with a fallback",
    repo: flask("app.config.from_object(Config)\n", {
      "config.py":
        'import os\n\n\nclass Config:\n    SECRET_KEY = os.environ.get("SECRET_KEY") or "you-will-never-guess"\n',
    }),
    expect: "partial",
    value: 0.3,
    evidence: ["config.py:5"],
  },
  {
    name: "a module that Flask loads",
    repo: flask('app.config.from_object("shop.config")\n', { "shop/config.py": 'SECRET_KEY = "super secret"\n' }),
    expect: "fail",
    evidence: ["shop/config.py:1"],
  },
  {
    name: "tokens that are signed with a constant",
    repo: fastapi(
      'import jwt\n\nSECRET_KEY = "0123456789abcdef0123456789abcdef"\n\n\ndef token(user):\n    return jwt.encode({"sub": user}, SECRET_KEY, algorithm="HS256")\n',
    ),
    expect: "fail",
    evidence: ["shop/main.py:6"],
  },
  {
    name: "a constant that only bears the name",
    repo: fastapi('SECRET_KEY = "aws_secret_access_key"\n'),
    expect: "skip",
  },
  {
    name: "the session of Starlette with a key in the source",
    repo: fastapi(
      'from starlette.middleware.sessions import SessionMiddleware\n\napp.add_middleware(SessionMiddleware, secret_key="super secret")\n',
    ),
    expect: "fail",
    evidence: ["shop/main.py:6"],
  },
  {
    name: "the session of Starlette with a required field of pydantic",
    repo: fastapi(
      "from starlette.middleware.sessions import SessionMiddleware\nfrom shop.config import settings\n\napp.add_middleware(SessionMiddleware, secret_key=settings.session_key)\n",
      {
        "shop/config.py":
          "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    session_key: str\n",
      },
    ),
    expect: "pass",
  },
  {
    name: "a default in the settings of pydantic",
    repo: fastapi("", {
      "shop/config.py":
        'from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    SECRET_KEY: str = "changethis"\n    AWS_SECRET_KEY: str = "minio"\n',
    }),
    expect: "partial",
    value: 0.3,
    evidence: ["shop/config.py:5"],
  },
  {
    name: "a field that classes inherit",
    repo: fastapi("import jwt\nfrom shop.config import settings\n\njwt.encode({}, settings.auth_key)\n", {
      "shop/config.py":
        'from pydantic_settings import BaseSettings\n\n\nclass AuthSettings(BaseSettings):\n    auth_key: str = "changethis"\n\n\nclass Settings(AuthSettings):\n    name: str = "shop"\n',
    }),
    expect: "partial",
    value: 0.3,
    evidence: ["shop/config.py:5"],
  },
  {
    name: "a default that a validator refuses",
    repo: fastapi("", {
      "shop/config.py":
        'from pydantic import model_validator\nfrom pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    SECRET_KEY: str = "changethis"\n\n    @model_validator(mode="after")\n    def check(self):\n        if self.SECRET_KEY == "changethis":\n            raise ValueError("set SECRET_KEY")\n        return self\n',
    }),
    expect: "pass",
  },
  {
    name: "a literal of tests",
    repo: flask('app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]\n', {
      "tests/conftest.py": 'from shop.app import app\n\napp.config["SECRET_KEY"] = "tests-only"\n',
    }),
    expect: "pass",
  },
  {
    name: "a class of settings with a value that must be given",
    repo: classed("    SECRET_KEY = values.SecretValue()"),
    expect: "pass",
  },
  {
    name: "a class of settings that takes the text of the base",
    repo: classed("    X = 1"),
    expect: "fail",
    evidence: ["shop/settings.py:6"],
  },
  {
    name: "a class of settings with a text for where the environment has none",
    repo: classed('    SECRET_KEY = values.Value("k3ep-this-secret-please-0123456789")'),
    expect: "partial",
    value: 0.3,
    evidence: ["shop/settings.py:14"],
  },
  {
    name: "a class of settings with a text that no variable replaces",
    repo: classed('    SECRET_KEY = values.Value("k3ep-this-secret-please-0123456789", environ=False)'),
    expect: "fail",
    evidence: ["shop/settings.py:14"],
  },
  {
    name: "dynaconf: a key of developers alone, and none for production",
    repo: dynaconf('[development]\nSECRET_KEY = "dev-secret"\n\n[production]\nDEBUG = false\n'),
    expect: "pass",
  },
  {
    name: "dynaconf: a key for all that a variable may replace",
    repo: dynaconf('[default]\nSECRET_KEY = "dev-secret"\n\n[production]\nDEBUG = false\n'),
    expect: "partial",
    value: 0.3,
    evidence: ["settings.toml:2"],
  },
  {
    name: "dynaconf: a key that the environment must give",
    repo: dynaconf('[default]\nSECRET_KEY = "dev-secret"\n\n[production]\nSECRET_KEY = "@format {env[SHOP_KEY]}"\n'),
    expect: "pass",
  },
  {
    name: "dynaconf: a part of a setting by its name",
    repo: dynaconf('[default]\nSIMPLE_JWT__SIGNING_KEY = "dev-secret"\n'),
    expect: "partial",
    value: 0.3,
    evidence: ["settings.toml:2"],
  },
  {
    name: "dynaconf: nobody says which layer production has",
    repo: dynaconf('[default]\nSECRET_KEY = "dev-secret"\n\n[development]\nSECRET_KEY = "other-secret"\n'),
    expect: "unknown",
  },
  {
    name: "dynaconf: the configuration of Flask in a file that is not separated",
    repo: flask(
      'from dynaconf import FlaskDynaconf\nFlaskDynaconf(app, environments=False, settings_file="shop.yml")\n',
      {
        "shop.yml": "secret_key: dev-secret\n",
      },
    ),
    expect: "partial",
    value: 0.3,
    evidence: ["shop.yml:1"],
  },
  {
    name: "dynaconf: what the call itself is given",
    repo: flask('from dynaconf import FlaskDynaconf\nFlaskDynaconf(app, SECRET_KEY="dev-secret")\n', {
      "settings.toml": '[default]\nNAME = "shop"\n',
    }),
    expect: "partial",
    value: 0.3,
    evidence: ["shop/app.py:6"],
  },
  {
    name: "a section and a name of configparser, which are no variable with a fallback",
    repo: django(
      'import configparser\nconfig = configparser.ConfigParser()\nconfig.read("shop.ini")\nSECRET_KEY = config.get("DJANGO", "SECRET_KEY")',
    ),
    expect: "unknown",
  },
  {
    name: "a fallback of configparser",
    repo: django(
      'from configparser import ConfigParser\nconfig = ConfigParser()\nSECRET_KEY = config.get("django", "secret_key", fallback="dev-secret")',
    ),
    expect: "partial",
    value: 0.3,
    evidence: ["shop/settings.py:4"],
  },
]);
