import rule from "../../../rules/security/debug-mode-off.ts";
import { describeRule } from "../../support/describe-rule.ts";

const pointing = (module: string, configuration?: string) =>
  `import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "${module}")\n${
    configuration ? `os.environ.setdefault("DJANGO_CONFIGURATION", "${configuration}")\n` : ""
  }`;
const requirements = { "requirements.txt": "django\ngunicorn\n" };
const apps = 'INSTALLED_APPS = ["shop.cart"]\n';
/** A project with one module of settings. */
const single = (text: string) => ({
  ...requirements,
  "manage.py": pointing("shop.settings"),
  "shop/wsgi.py": pointing("shop.settings"),
  "shop/settings.py": `import os\n${text}\n${apps}`,
});
/** A project with a module for each environment, on one base. */
const split = (base: string, production: string, wsgi = "shop.settings.production") => ({
  ...requirements,
  "manage.py": pointing("shop.settings.local"),
  "shop/wsgi.py": pointing(wsgi),
  "shop/settings/__init__.py": "",
  "shop/settings/base.py": `import environ\n\nenv = environ.Env()\n${base}\n${apps}`,
  "shop/settings/local.py": "from .base import *\n\nDEBUG = True\n",
  "shop/settings/production.py": `from .base import *\n\n${production}\n`,
});
/** A project whose settings are classes of django-configurations, on one that has debug mode on. */
const classed = (configuration: string, text: string) => ({
  ...requirements,
  "manage.py": pointing("shop.settings", "Local"),
  "shop/wsgi.py": pointing("shop.settings", configuration),
  "shop/settings.py": `from configurations import Configuration, values\n\n\nclass Common(Configuration):\n    DEBUG = True\n    ${apps}\n\n${text}\n`,
});
/** A project of Django whose settings dynaconf loads, over a module that has debug mode on. */
const dynaconf = (files: Readonly<Record<string, string>>, options = "") => ({
  ...single(""),
  "shop/settings.py": `import dynaconf\n\nDEBUG = True\n${apps}settings = dynaconf.DjangoDynaconf(__name__${options})\n`,
  ...files,
});
const flask = (text: string, more: Readonly<Record<string, string>> = {}) => ({
  "requirements.txt": "flask\ngunicorn\n",
  "shop/app.py": `from flask import Flask\n\napp = Flask(__name__)\n${text}`,
  ...more,
});
const image = (...lines: readonly string[]) => `FROM python:3.14-slim\n${lines.join("\n")}\n`;

describeRule(rule, [
  { name: "no web application", repo: { "requirements.txt": "celery\n", "shop/jobs.py": "x = 1\n" }, expect: "skip" },
  {
    name: "a literal in the only settings",
    repo: single("DEBUG = True"),
    expect: "fail",
    evidence: ["shop/settings.py:2"],
  },
  {
    name: "a default of True in the environment's helper",
    repo: single('import environ\nenv = environ.Env()\nDEBUG = env.bool("DEBUG", default=True)'),
    expect: "fail",
    evidence: ["shop/settings.py:4"],
    says: "where nothing switches it off",
  },
  {
    name: "a scheme of django-environ that says False",
    repo: single('import environ\nenv = environ.Env(DEBUG=(bool, False))\nDEBUG = env("DEBUG")'),
    expect: "pass",
  },
  {
    name: "decouple with a cast and False",
    repo: single('from decouple import config\nDEBUG = config("DEBUG", default=False, cast=bool)'),
    expect: "pass",
  },
  { name: "a comparison with a text", repo: single('DEBUG = os.getenv("DEBUG", "0") == "1"'), expect: "pass" },
  {
    name: "a text in small letters",
    repo: single('DEBUG = os.environ.get("DEBUG", "false").lower() in ("1", "true")'),
    expect: "pass",
  },
  {
    name: "a helper of the project with a literal default",
    repo: single('from .env import get_bool_from_env\nDEBUG = get_bool_from_env("DEBUG", True)'),
    expect: "fail",
    evidence: ["shop/settings.py:3"],
  },
  {
    name: "the text of a variable as it is, off by default",
    repo: single('DEBUG = os.getenv("DEBUG", False)'),
    expect: "partial",
    value: 0.5,
    evidence: ["shop/settings.py:2"],
  },
  {
    name: "a cast that is always true",
    repo: single('DEBUG = bool(os.getenv("DEBUG", "False"))'),
    expect: "fail",
    says: "any text counts as true",
  },
  { name: "a value that is computed", repo: single("from shop.setup import DEBUG"), expect: "unknown" },
  {
    name: "configparser with a fallback",
    repo: single(
      'import configparser\nconfig = configparser.ConfigParser()\nDEBUG = config.getboolean("django", "debug", fallback=False)',
    ),
    expect: "pass",
  },
  {
    name: "configparser without a fallback: a file decides",
    repo: single(
      'import configparser\nconfig = configparser.ConfigParser()\nDEBUG = config.getboolean("DJANGO", "DEBUG")',
    ),
    expect: "unknown",
  },
  { name: "Django's own default", repo: single("ROOT_URLCONF = 'shop.urls'"), expect: "pass" },
  {
    name: "the environment's name decides: in production it is off",
    repo: single('ENVIRONMENT = os.getenv("ENVIRONMENT", "development")\nDEBUG = ENVIRONMENT != "production"'),
    expect: "pass",
  },
  { name: "production's module over a base with True", repo: split("DEBUG = True", "DEBUG = False"), expect: "pass" },
  {
    name: "production takes the base's value",
    repo: split("DEBUG = True", "ALLOWED_HOSTS = []"),
    expect: "fail",
    evidence: ["shop/settings/base.py:4"],
  },
  {
    name: "wsgi points at local settings, and there are others by name",
    repo: split("DEBUG = False", "X = 1", "shop.settings.local"),
    expect: "pass",
  },
  {
    name: "the image sets the module, and beats wsgi",
    repo: {
      ...split("", "DEBUG = True"),
      "shop/settings/heroku.py": "from .base import *\n\nDEBUG = False\n",
      Dockerfile: image("ENV DJANGO_SETTINGS_MODULE=shop.settings.heroku", 'CMD ["gunicorn", "shop.wsgi"]'),
    },
    expect: "pass",
  },
  {
    name: "only settings for development are pointed at",
    repo: {
      ...requirements,
      "manage.py": pointing("shop.settings.dev"),
      "shop/settings/__init__.py": "",
      "shop/settings/base.py": apps,
      "shop/settings/dev.py": "from .base import *\n\nDEBUG = True\n",
    },
    expect: "unknown",
  },
  {
    name: "the image switches it on",
    repo: {
      ...single('DEBUG = os.getenv("DEBUG", "0") == "1"'),
      Dockerfile: image("ENV DEBUG=1", 'CMD ["gunicorn", "shop.wsgi"]'),
    },
    expect: "fail",
    evidence: ["Dockerfile:2"],
  },
  {
    name: "a release phase that sets the module",
    repo: {
      ...split("", "DEBUG = True"),
      "shop/settings/live.py": "from .base import *\n\nDEBUG = False\n",
      Procfile: "web: DJANGO_SETTINGS_MODULE=shop.settings.live gunicorn shop.wsgi\n",
    },
    expect: "pass",
  },
  {
    name: "a file beside it that need not be there",
    repo: single("DEBUG = True\ntry:\n    from .local_settings import *\nexcept ImportError:\n    pass"),
    expect: "fail",
    says: "where nothing switches it off",
  },
  {
    name: "a package that sets what it wants",
    repo: single("import django_heroku\nDEBUG = True\ndjango_heroku.settings(locals())"),
    expect: "unknown",
  },
  {
    name: "a compose file for developers switches it on",
    repo: {
      ...single('DEBUG = os.getenv("DEBUG", "0") == "1"'),
      "docker-compose.yml": "services:\n  web:\n    build: .\n    environment:\n      DEBUG: 1\n",
    },
    expect: "pass",
  },
  {
    name: "the image names settings that nobody has",
    repo: {
      ...single("DEBUG = True"),
      Dockerfile: image("ENV DJANGO_SETTINGS_MODULE=shop.deployed", 'CMD ["gunicorn", "shop.wsgi"]'),
    },
    expect: "unknown",
    says: "not in the repository",
  },
  {
    name: "files that are included in place",
    repo: {
      ...single('from split_settings.tools import include, optional\ninclude("parts/*.py", optional("local.py"))'),
      "shop/parts/debug.py": "DEBUG = True\n",
    },
    expect: "fail",
    evidence: ["shop/parts/debug.py:1"],
  },
  {
    name: "names that are computed over a value that is off",
    repo: single("DEBUG = False\nfor name, value in read().items():\n    globals()[name] = value"),
    expect: "pass",
  },
  {
    name: "classes of settings: the one that the server names",
    repo: classed(
      "Production",
      "class Local(Common):\n    DEBUG = True\n\n\nclass Production(Common):\n    DEBUG = False",
    ),
    expect: "pass",
  },
  {
    name: "classes of settings: production takes what all inherit",
    repo: classed("Local", "class Local(Common):\n    DEBUG = True\n\n\nclass Production(Common):\n    X = 1"),
    expect: "fail",
    evidence: ["shop/settings.py:5"],
  },
  {
    name: "classes of settings: the image names one",
    repo: {
      ...classed("Local", "class Staging(Common):\n    DEBUG = False\n\n\nclass Production(Common):\n    DEBUG = True"),
      Dockerfile: image("ENV DJANGO_CONFIGURATION=Staging", 'CMD ["gunicorn", "shop.wsgi"]'),
    },
    expect: "pass",
  },
  {
    name: "classes of settings: a value that is off where the environment says nothing",
    repo: classed("Production", "class Production(Common):\n    DEBUG = values.BooleanValue(False)"),
    expect: "pass",
  },
  {
    name: "classes of settings: the image sets the variable that is named after the setting",
    repo: {
      ...classed("Production", "class Production(Common):\n    DEBUG = values.BooleanValue(False)"),
      Dockerfile: image("ENV DJANGO_DEBUG=yes", 'CMD ["gunicorn", "shop.wsgi"]'),
    },
    expect: "fail",
    evidence: ["Dockerfile:2"],
  },
  {
    name: "classes of settings: a variable of a name and a prefix of its own",
    repo: {
      ...classed(
        "Production",
        'class Production(Common):\n    DEBUG = values.BooleanValue(False, environ_name="VERBOSE", environ_prefix="SHOP")',
      ),
      Dockerfile: image("ENV DJANGO_DEBUG=yes", 'CMD ["gunicorn", "shop.wsgi"]'),
    },
    expect: "pass",
  },
  {
    name: "classes of settings: a property",
    repo: classed(
      "Production",
      "class Production(Common):\n    @property\n    def DEBUG(self):\n        return decide()",
    ),
    expect: "unknown",
  },
  {
    name: "classes of settings: a hook sets it",
    repo: classed(
      "Production",
      "class Production(Common):\n    DEBUG = False\n\n    @classmethod\n    def post_setup(cls):\n        cls.DEBUG = decide()",
    ),
    expect: "unknown",
  },
  {
    name: "classes of settings: only those of developers",
    repo: classed("Dev", "class Dev(Common):\n    X = 1\n\n\nclass Tests(Common):\n    X = 2"),
    expect: "unknown",
    says: "which class of shop/settings.py production runs with",
  },
  {
    name: "classes of settings: what two bases share comes last",
    repo: classed(
      "Production",
      "class Quiet(Common):\n    DEBUG = False\n\n\nclass Fast(Common):\n    X = 1\n\n\nclass Production(Quiet, Fast):\n    X = 2",
    ),
    expect: "pass",
  },
  {
    name: "classes of settings in modules of their own",
    repo: {
      ...requirements,
      "manage.py": pointing("shop.config", "Local"),
      "shop/wsgi.py": pointing("shop.config", "Production"),
      "shop/config/__init__.py": "from .local import Local\nfrom .production import Production\n",
      "shop/config/common.py": `from configurations import Configuration\n\n\nclass Common(Configuration):\n    ${apps}    DEBUG = True\n`,
      "shop/config/local.py": "from .common import Common\n\n\nclass Local(Common):\n    DEBUG = True\n",
      "shop/config/production.py":
        "from .common import Common\n\n\nclass Production(Common):\n    INSTALLED_APPS = Common.INSTALLED_APPS\n",
    },
    expect: "fail",
    evidence: ["shop/config/common.py:6"],
  },
  {
    name: "dynaconf without a file that is here",
    repo: dynaconf({}),
    expect: "unknown",
  },
  {
    name: "dynaconf: production's layer over one for all",
    repo: dynaconf({
      "settings.toml": "[default]\ndebug = true\n\n[development]\ndebug = true\n\n[production]\ndebug = false\n",
    }),
    expect: "pass",
  },
  {
    name: "dynaconf: production's layer switches it on",
    repo: dynaconf({ "settings.yaml": "default:\n  DEBUG: false\nproduction:\n  DEBUG: true\n" }),
    expect: "fail",
    evidence: ["settings.yaml:4"],
  },
  {
    name: "dynaconf: production takes what all have",
    repo: dynaconf({ "settings.toml": '[default]\nDEBUG = true\n\n[production]\nNAME = "shop"\n' }),
    expect: "fail",
    evidence: ["settings.toml:2"],
  },
  {
    name: "dynaconf: no layer says anything, and the module does",
    repo: dynaconf({ "settings.toml": '[default]\nNAME = "shop"\n' }),
    expect: "fail",
    evidence: ["shop/settings.py:3"],
  },
  {
    name: "dynaconf: developers alone have a layer, and nobody says that production is not theirs",
    repo: dynaconf({ "settings.toml": "[default]\nDEBUG = false\n\n[development]\nDEBUG = true\n" }),
    expect: "unknown",
  },
  {
    name: "dynaconf: developers alone have a layer, and the image runs in another",
    repo: dynaconf({
      "settings.toml": "[default]\nDEBUG = false\n\n[development]\nDEBUG = true\n",
      Dockerfile: image("ENV DJANGO_ENV=production", 'CMD ["gunicorn", "shop.wsgi"]'),
    }),
    expect: "pass",
  },
  {
    name: "dynaconf: the image runs in the layer of developers",
    repo: dynaconf({
      "settings.toml": "[default]\nDEBUG = false\n\n[development]\nDEBUG = true\n\n[production]\nDEBUG = false\n",
      Dockerfile: image("ENV DJANGO_ENV=development", 'CMD ["gunicorn", "shop.wsgi"]'),
    }),
    expect: "fail",
    evidence: ["settings.toml:5"],
  },
  {
    name: "dynaconf: the image sets the variable over every layer",
    repo: dynaconf({
      "settings.toml": "[default]\nDEBUG = false\n",
      Dockerfile: image("ENV DJANGO_DEBUG=true", 'CMD ["gunicorn", "shop.wsgi"]'),
    }),
    expect: "fail",
    evidence: ["Dockerfile:2"],
  },
  {
    name: "dynaconf: variables with a prefix of their own",
    repo: dynaconf(
      {
        "settings.toml": "[default]\nDEBUG = false\n",
        Dockerfile: image("ENV DJANGO_DEBUG=true", 'CMD ["gunicorn", "shop.wsgi"]'),
      },
      ', envvar_prefix="SHOP"',
    ),
    expect: "pass",
  },
  {
    name: "dynaconf: a switch of its own name",
    repo: dynaconf(
      {
        "settings.toml": "[default]\nDEBUG = true\n\n[live]\nDEBUG = true\n\n[eu]\nDEBUG = false\n",
        Dockerfile: image("ENV SHOP_REGION=eu", 'CMD ["gunicorn", "shop.wsgi"]'),
      },
      ', env_switcher="SHOP_REGION"',
    ),
    expect: "pass",
  },
  {
    name: "dynaconf: files without layers, the later over the earlier",
    repo: dynaconf(
      { "conf/base.json": '{"debug": true}', "conf/deploy.yml": "debug: false\n" },
      ', environments=False, settings_files=["conf/base.json", BASE_DIR / "conf" / "deploy.yml"]',
    ),
    expect: "pass",
  },
  {
    name: "dynaconf: a file whose name is computed",
    repo: dynaconf(
      { "conf/base.toml": "[default]\nDEBUG = true\n", "base.toml": "[default]\nDEBUG = true\n" },
      ', settings_files=["base.toml", BASE_DIR / STAGE / "base.toml"]',
    ),
    expect: "unknown",
  },
  {
    name: "dynaconf: a file whose name is that of the environment",
    repo: dynaconf(
      { "conf/base.toml": "[default]\nDEBUG = true\n" },
      ', settings_files=["conf/base.toml", f"conf/{STAGE}.toml"]',
    ),
    expect: "unknown",
  },
  {
    name: "dynaconf: a file of the same name in a folder of the machine",
    repo: dynaconf(
      { "settings.yaml": "default:\n  DEBUG: true\n" },
      ', settings_files=[BASE_DIR / "settings.yaml", CONFIG_DIR / "settings.yaml"]',
    ),
    expect: "unknown",
  },
  {
    name: "dynaconf: files below a folder that the code computes",
    repo: dynaconf(
      { "conf/base.toml": "[default]\nDEBUG = false\n", "conf/more.toml": "[default]\nDEBUG = true\n" },
      ', settings_files=[os.path.join(HERE, "conf", "base.toml"), f"{HERE}/conf/more.toml"]',
    ),
    expect: "fail",
    evidence: ["conf/more.toml:2"],
  },
  {
    name: "dynaconf: a layer for all that is last",
    repo: dynaconf({ "settings.toml": "[production]\nDEBUG = false\n\n[global]\nDEBUG = true\n" }),
    expect: "fail",
    evidence: ["settings.toml:5"],
  },
  {
    name: "dynaconf: a value with its type",
    repo: dynaconf({ "settings.ini": "[default]\ndebug = @bool false\n" }),
    expect: "pass",
  },
  {
    name: "dynaconf: a value that a template makes",
    repo: dynaconf({ "settings.toml": '[default]\nDEBUG = "@jinja {{ this.STAGE }}"\n' }),
    expect: "unknown",
  },
  {
    name: "dynaconf: a file that it names and that is not here",
    repo: dynaconf({ "base.toml": "[default]\nDEBUG = false\n" }, ', settings_files=["base.toml", "/etc/shop.toml"]'),
    expect: "unknown",
  },
  {
    name: "dynaconf: a file of secrets that is kept out of the repository",
    repo: dynaconf({ "base.toml": "[default]\nDEBUG = false\n" }, ', settings_files=["base.toml", ".secrets.toml"]'),
    expect: "pass",
  },
  {
    name: "dynaconf: files that include others",
    repo: dynaconf({ "settings.toml": 'dynaconf_include = ["plugins/*"]\n\n[default]\nDEBUG = false\n' }),
    expect: "unknown",
  },
  {
    name: "dynaconf: a hook that runs after it",
    repo: dynaconf({
      "settings.toml": "[default]\nDEBUG = false\n",
      "shop/dynaconf_hooks.py": "def post(settings):\n    return {}\n",
    }),
    expect: "unknown",
  },
  {
    name: "dynaconf: a file that does not follow its format",
    repo: dynaconf({ "settings.toml": "[default\nDEBUG = false\n" }),
    expect: "unknown",
  },
  {
    name: "dynaconf: an object of its own that fills the module",
    repo: {
      ...single(""),
      "shop/settings.py": `import sys\nfrom dynaconf import Dynaconf\n\nconfig = Dynaconf(settings_files=["shop.toml"])\nDEBUG = False\n${apps}config.populate_obj(sys.modules[__name__])\n`,
      "shop.toml": "debug = true\n",
    },
    expect: "fail",
    evidence: ["shop.toml:1"],
  },
  {
    name: "dynaconf: an object that Django's settings ask",
    repo: {
      ...single("from shop.config import settings\nDEBUG = settings.DEBUG"),
      "shop/config.py":
        'from dynaconf import Dynaconf, Validator\n\nsettings = Dynaconf(settings_files=["settings.toml"], environments=True, validators=[Validator("DEBUG", default=False)])\n',
      "settings.toml": '[default]\nname = "shop"\n[development]\nname = "shop"\n',
    },
    expect: "pass",
  },
  {
    name: "the sandbox of a package",
    repo: {
      "requirements.txt": "django\ngunicorn\n",
      "shop/__init__.py": "INSTALLED_APPS = ['shop.cart']\n",
      "sandbox/manage.py": pointing("settings"),
      "sandbox/settings.py": `DEBUG = True\n${apps}`,
    },
    expect: "skip",
  },
  {
    name: "settings that go round in circles",
    repo: split("from .production import *", "DEBUG = False"),
    expect: "pass",
  },
  {
    name: "settings that cannot be read",
    repo: { ...single(""), "shop/settings.py": { unreadable: "it is too large" } },
    expect: "unknown",
  },
  { name: "Flask without a word", repo: flask(""), expect: "pass" },
  {
    name: "Flask's debugger under a main guard, on a server of its own",
    repo: flask('\nif __name__ == "__main__":\n    app.run(debug=True)\n', {
      Dockerfile: image('CMD ["gunicorn", "shop.app:app"]'),
    }),
    expect: "pass",
  },
  {
    name: "the image starts the file with the main guard",
    repo: flask('\nif __name__ == "__main__":\n    app.run(debug=True, host="0.0.0.0")\n', {
      Dockerfile: image('CMD ["python", "shop/app.py"]'),
    }),
    expect: "partial",
    value: 0.3,
    evidence: ["shop/app.py:6"],
  },
  {
    name: "outside of a main guard",
    repo: flask("app.run(debug=True)\n"),
    expect: "fail",
    evidence: ["shop/app.py:4"],
  },
  {
    name: "a script for developers, where the image starts another file",
    repo: flask("", {
      "serve.py": "from shop.app import app\n\napp.run(debug=True)\n",
      Dockerfile: image('CMD ["gunicorn", "shop.app:app"]'),
    }),
    expect: "pass",
  },
  { name: "the command line decides", repo: flask("app.run(debug=args.debug)\n"), expect: "pass" },
  {
    name: "a setting of Flask",
    repo: flask('app.config["DEBUG"] = True\n'),
    expect: "fail",
    evidence: ["shop/app.py:4"],
  },
  {
    name: "classes of Flask: production's is judged",
    repo: flask('app.config.from_object("shop.config.ProductionConfig")\n', {
      "shop/config.py":
        "class Config:\n    DEBUG = True\n\n\nclass DevelopmentConfig(Config):\n    DEBUG = True\n\n\nclass ProductionConfig(Config):\n    DEBUG = False\n",
    }),
    expect: "pass",
  },
  {
    name: "production's class takes what the base says",
    repo: flask('app.config.from_object("shop.config.ProductionConfig")\n', {
      "shop/config.py": "class Config:\n    DEBUG = True\n\n\nclass ProductionConfig(Config):\n    TESTING = False\n",
    }),
    expect: "fail",
    evidence: ["shop/config.py:2"],
  },
  {
    name: "the image switches Flask's debugger on",
    repo: flask("", { Dockerfile: image("ENV FLASK_DEBUG=1", 'CMD ["flask", "run"]') }),
    expect: "fail",
    evidence: ["Dockerfile:2"],
  },
  {
    name: "Flask's own server with its debugger",
    repo: flask("", { Dockerfile: image("CMD flask --app shop.app run --debug") }),
    expect: "fail",
    evidence: ["Dockerfile:2"],
  },
  {
    name: "Flask's configuration by dynaconf: production's layer switches it on",
    repo: flask("from dynaconf import FlaskDynaconf\n\nFlaskDynaconf(app)\n", {
      "settings.toml": "[default]\nDEBUG = false\n\n[production]\nDEBUG = true\n",
    }),
    expect: "fail",
    evidence: ["settings.toml:5"],
  },
  {
    name: "Flask's configuration by dynaconf: a module for production beside the one for all",
    repo: flask("", {
      "shop/extensions.py": "from dynaconf import FlaskDynaconf\n\n\ndef init_app(app):\n    FlaskDynaconf(app)\n",
      "settings.py": "DEBUG = True\n",
      "production_settings.py": "DEBUG = False\n",
    }),
    expect: "pass",
  },
  {
    name: "FastAPI in debug mode",
    repo: {
      "requirements.txt": "fastapi\nuvicorn\n",
      "shop/main.py": "from fastapi import FastAPI\n\napp = FastAPI(debug=True)\n",
    },
    expect: "fail",
    evidence: ["shop/main.py:3"],
  },
  {
    name: "FastAPI with a field of pydantic that is off",
    repo: {
      "requirements.txt": "fastapi\nuvicorn\npydantic-settings\n",
      "shop/config.py":
        "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    debug: bool = False\n\n\nsettings = Settings()\n",
      "shop/main.py":
        "from fastapi import FastAPI\nfrom shop.config import settings\n\napp = FastAPI(debug=settings.debug)\n",
    },
    expect: "pass",
  },
  {
    name: "FastAPI with a field of pydantic that is on",
    repo: {
      "requirements.txt": "fastapi\nuvicorn\npydantic-settings\n",
      "shop/config.py":
        "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    debug: bool = True\n",
      "shop/main.py":
        "from fastapi import FastAPI\nfrom shop.config import settings\n\napp = FastAPI(debug=settings.debug)\n",
    },
    expect: "fail",
    evidence: ["shop/config.py:5"],
  },
  {
    name: "FastAPI with a setting that dynaconf loads",
    repo: {
      "requirements.txt": "fastapi\nuvicorn\ndynaconf\n",
      "shop/config.py": 'from dynaconf import Dynaconf\n\nsettings = Dynaconf(settings_files=["settings.yaml"])\n',
      "settings.yaml": "server:\n  port: 8000\ndebug: yes\n",
      "shop/main.py":
        "from fastapi import FastAPI\nfrom shop.config import settings\n\napp = FastAPI(debug=settings.debug)\n",
    },
    expect: "fail",
    evidence: ["settings.yaml:3"],
  },
  {
    name: "a library whose tests and examples have every bad setting",
    repo: {
      "pyproject.toml":
        '[build-system]\nrequires = ["hatchling"]\n\n[project]\nname = "shop-kit"\nversion = "1"\ndependencies = ["django"]\n',
      "shop_kit/__init__.py": "",
      "tests/settings.py": `DEBUG = True\n${apps}`,
      "examples/app.py": "from flask import Flask\n\nFlask(__name__).run(debug=True)\n",
    },
    expect: "skip",
  },
]);
