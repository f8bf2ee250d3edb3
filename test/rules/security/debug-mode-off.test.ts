import rule from "../../../rules/security/debug-mode-off.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";
import { apps, flask, image, pointing, requirements, single } from "../../support/settings-projects.ts";

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

const FOR_PEOPLE = "what switches debug mode on is more than one word in one place";
const OFF = 'DEBUG = os.environ.get("DJANGO_DEBUG", "") == "1"';
const rest = `ALLOWED_HOSTS = ["shop.example"]\n${apps}`;
const settings = (text: string) => ({ ...single(""), "shop/settings.py": `${text}\n${rest}` });

describeRepair(rule, [
  {
    name: "off until a variable says otherwise",
    repo: settings("import os\n\nDEBUG = True  # for now"),
    after: { "shop/settings.py": `import os\n\n${OFF}  # for now\n${rest}` },
  },
  {
    name: "imports what it asks",
    repo: settings('"""Settings."""\nfrom __future__ import annotations\n\nfrom pathlib import Path\n\nDEBUG = True'),
    after: {
      "shop/settings.py": `"""Settings."""\nfrom __future__ import annotations\n\nimport os\nfrom pathlib import Path\n\n${OFF}\n${rest}`,
    },
  },
  {
    name: "another default",
    repo: settings('import environ\nenv = environ.Env()\nDEBUG = env.bool("DEBUG", default=True)'),
    after: {
      "shop/settings.py": `import environ\nenv = environ.Env()\nDEBUG = env.bool("DEBUG", default=False)\n${rest}`,
    },
  },
  {
    name: "what the image starts",
    repo: flask('\nif __name__ == "__main__":\n    app.run(debug=True, host="0.0.0.0")\n', {
      Dockerfile: image('CMD ["python", "shop/app.py"]'),
    }),
    after: {
      "shop/app.py":
        'from flask import Flask\n\napp = Flask(__name__)\n\nif __name__ == "__main__":\n    app.run(debug=False, host="0.0.0.0")\n',
    },
  },
  {
    name: "an application of FastAPI",
    repo: {
      "requirements.txt": "fastapi\nuvicorn\n",
      "shop/main.py": "from fastapi import FastAPI\n\napp = FastAPI(debug=True)\n",
    },
    after: { "shop/main.py": "from fastapi import FastAPI\n\napp = FastAPI(debug=False)\n" },
  },
  {
    name: "not where without debug mode every request is refused",
    repo: single("DEBUG = True"),
    refuses: "made security/allowed-hosts-restricted worse",
  },
  { name: "nowhere to import from", repo: settings("DEBUG = True"), refuses: FOR_PEOPLE },
  { name: "a text that is always true", repo: single('DEBUG = os.getenv("DEBUG", "0")'), refuses: FOR_PEOPLE },
  {
    name: "a start with the debugger",
    repo: flask("", { Dockerfile: image("CMD flask --app shop.app run --debug") }),
    refuses: FOR_PEOPLE,
  },
]);
