import rule from "../../../rules/security/allowed-hosts-restricted.ts";
import { describeRule } from "../../support/describe-rule.ts";

const pointing = 'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n';
const django = (text: string, more: Readonly<Record<string, string>> = {}) => ({
  "requirements.txt": "django\ngunicorn\n",
  "manage.py": pointing,
  "shop/wsgi.py": pointing,
  "shop/settings.py": `import os\nINSTALLED_APPS = ["shop.cart"]\n${text}\n`,
  ...more,
});

/** A project whose settings are classes of django-configurations. */
const classed = (text: string) => ({
  "requirements.txt": "django\ngunicorn\n",
  "manage.py": `${pointing}os.environ.setdefault("DJANGO_CONFIGURATION", "Local")\n`,
  "shop/wsgi.py": `${pointing}os.environ.setdefault("DJANGO_CONFIGURATION", "Production")\n`,
  "shop/settings.py": `from configurations import Configuration, values\n\n\nclass Common(Configuration):\n    INSTALLED_APPS = ["shop.cart"]\n\n\nclass Local(Common):\n    DEBUG = True\n\n\nclass Production(Common):\n${text}\n`,
});
/** A project whose settings dynaconf loads from a file, over the module. */
const dynaconf = (file: string, more: Readonly<Record<string, string>> = {}) => ({
  ...django("import dynaconf\nsettings = dynaconf.DjangoDynaconf(__name__)", more),
  "settings.toml": file,
});

describeRule(rule, [
  {
    name: "an application of FastAPI",
    repo: {
      "requirements.txt": "fastapi\nuvicorn\n",
      "shop/main.py": "from fastapi import FastAPI\n\napp = FastAPI()\n",
    },
    expect: "skip",
  },
  {
    name: "an empty list without DEBUG",
    repo: django("DEBUG = False\nALLOWED_HOSTS = []"),
    expect: "fail",
    evidence: ["shop/settings.py:4"],
  },
  { name: "no list at all", repo: django("DEBUG = False"), expect: "fail", evidence: ["shop/settings.py:3"] },
  {
    name: "an empty list with DEBUG, which lets in this machine alone",
    repo: django("DEBUG = True\nALLOWED_HOSTS = []"),
    expect: "pass",
  },
  { name: "sub-domains of one name", repo: django('ALLOWED_HOSTS = [".shop.example"]'), expect: "pass" },
  {
    name: "a list from the environment",
    repo: django('ALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")'),
    expect: "pass",
  },
  {
    name: "a list from the environment, empty by default",
    repo: django('import environ\nenv = environ.Env()\nALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])'),
    expect: "pass",
  },
  {
    name: "every host where the environment names none",
    repo: django('ALLOWED_HOSTS = os.getenv("ALLOWED_HOSTS", "*").split(",")'),
    expect: "fail",
    evidence: ["shop/settings.py:3"],
    says: "where the environment names none",
  },
  {
    name: "a comprehension over the environment",
    repo: django('ALLOWED_HOSTS = [host.strip() for host in os.getenv("HOSTS", "shop.example").split(",")]'),
    expect: "pass",
  },
  {
    name: "every host added to a list",
    repo: django('ALLOWED_HOSTS = ["shop.example"]\nALLOWED_HOSTS += ["*"]'),
    expect: "fail",
  },
  {
    name: "every host for developers alone",
    repo: django('DEBUG = False\nALLOWED_HOSTS = ["shop.example"]\nif DEBUG:\n    ALLOWED_HOSTS.append("*")'),
    expect: "pass",
  },
  {
    name: "lists that are compared",
    repo: django(
      'ALLOWED_HOSTS = ["shop.example"]\nif ALLOWED_HOSTS == ["shop.example"]:\n    ALLOWED_HOSTS.append("*")',
    ),
    expect: "fail",
    evidence: ["shop/settings.py:3"],
  },
  {
    name: "every host in the settings of developers",
    repo: {
      "requirements.txt": "django\n",
      "manage.py": 'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.local")\n',
      "shop/settings/base.py": 'INSTALLED_APPS = ["shop.cart"]\nALLOWED_HOSTS = ["shop.example"]\n',
      "shop/settings/local.py": 'from .base import *\n\nALLOWED_HOSTS = ["*"]\n',
      "shop/settings/production.py": "from .base import *\n",
    },
    expect: "pass",
  },
  {
    name: "a list that is computed",
    repo: django("from shop.hosts import find\nALLOWED_HOSTS = find()"),
    expect: "unknown",
  },
  {
    name: "which settings are production's is not written",
    repo: {
      "requirements.txt": "django\n",
      "manage.py": 'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.local")\n',
      "shop/settings/base.py": 'INSTALLED_APPS = ["shop.cart"]\n',
      "shop/settings/local.py": 'from .base import *\n\nALLOWED_HOSTS = ["*"]\n',
    },
    expect: "unknown",
  },
  {
    name: "a class of settings with every host as the default",
    repo: classed('    ALLOWED_HOSTS = values.ListValue(["*"])'),
    expect: "fail",
    evidence: ["shop/settings.py:13"],
    says: "where the environment names none",
  },
  {
    name: "a class of settings with the names of its own hosts",
    repo: classed('    ALLOWED_HOSTS = values.ListValue(["shop.example"])'),
    expect: "pass",
  },
  {
    name: "dynaconf: every host in production's layer",
    repo: dynaconf('[default]\nALLOWED_HOSTS = []\n\n[production]\nALLOWED_HOSTS = ["*"]\n'),
    expect: "fail",
    evidence: ["settings.toml:5"],
  },
  {
    name: "dynaconf: the names of its own hosts in production's layer",
    repo: dynaconf('[default]\nALLOWED_HOSTS = ["*"]\n\n[production]\nALLOWED_HOSTS = ["shop.example"]\n'),
    expect: "pass",
  },
  {
    name: "dynaconf: a list that goes on with the one before it",
    repo: dynaconf(
      '[default]\nALLOWED_HOSTS = ["*"]\n\n[production]\nALLOWED_HOSTS = ["dynaconf_merge", "shop.example"]\n',
    ),
    expect: "fail",
    evidence: ["settings.toml:5"],
  },
  {
    name: "dynaconf: no list, where the environment may give one",
    repo: dynaconf("[production]\nDEBUG = false\n"),
    expect: "unknown",
  },
  {
    name: "dynaconf: the image gives the list",
    repo: dynaconf("[production]\nDEBUG = false\n", {
      Dockerfile:
        'FROM python:3.14-slim\nENV DJANGO_ALLOWED_HOSTS=\'["shop.example"]\'\nCMD ["gunicorn", "shop.wsgi"]\n',
    }),
    expect: "pass",
  },
]);
