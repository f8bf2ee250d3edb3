import rule from "../../../../rules/security/debug-mode-off.ts";
import { describeRule } from "../../../support/describe-rule.ts";
import { apps, flask, image, single } from "../../../support/settings-projects.ts";

/** A project of Django whose settings dynaconf loads, over a module that has debug mode on. */
const dynaconf = (files: Readonly<Record<string, string>>, options = "") => ({
  ...single(""),
  "shop/settings.py": `import dynaconf\n\nDEBUG = True\n${apps}settings = dynaconf.DjangoDynaconf(__name__${options})\n`,
  ...files,
});

describeRule(rule, [
  {
    name: "without a file that is here",
    repo: dynaconf({}),
    expect: "unknown",
  },
  {
    name: "production's layer over one for all",
    repo: dynaconf({
      "settings.toml": "[default]\ndebug = true\n\n[development]\ndebug = true\n\n[production]\ndebug = false\n",
    }),
    expect: "pass",
  },
  {
    name: "production's layer switches it on",
    repo: dynaconf({ "settings.yaml": "default:\n  DEBUG: false\nproduction:\n  DEBUG: true\n" }),
    expect: "fail",
    evidence: ["settings.yaml:4"],
  },
  {
    name: "production takes what all have",
    repo: dynaconf({ "settings.toml": '[default]\nDEBUG = true\n\n[production]\nNAME = "shop"\n' }),
    expect: "fail",
    evidence: ["settings.toml:2"],
  },
  {
    name: "no layer says anything, and the module does",
    repo: dynaconf({ "settings.toml": '[default]\nNAME = "shop"\n' }),
    expect: "fail",
    evidence: ["shop/settings.py:3"],
  },
  {
    name: "developers alone have a layer, and nobody says that production is not theirs",
    repo: dynaconf({ "settings.toml": "[default]\nDEBUG = false\n\n[development]\nDEBUG = true\n" }),
    expect: "unknown",
  },
  {
    name: "developers alone have a layer, and the image runs in another",
    repo: dynaconf({
      "settings.toml": "[default]\nDEBUG = false\n\n[development]\nDEBUG = true\n",
      Dockerfile: image("ENV DJANGO_ENV=production", 'CMD ["gunicorn", "shop.wsgi"]'),
    }),
    expect: "pass",
  },
  {
    name: "the image runs in the layer of developers",
    repo: dynaconf({
      "settings.toml": "[default]\nDEBUG = false\n\n[development]\nDEBUG = true\n\n[production]\nDEBUG = false\n",
      Dockerfile: image("ENV DJANGO_ENV=development", 'CMD ["gunicorn", "shop.wsgi"]'),
    }),
    expect: "fail",
    evidence: ["settings.toml:5"],
  },
  {
    name: "the image sets the variable over every layer",
    repo: dynaconf({
      "settings.toml": "[default]\nDEBUG = false\n",
      Dockerfile: image("ENV DJANGO_DEBUG=true", 'CMD ["gunicorn", "shop.wsgi"]'),
    }),
    expect: "fail",
    evidence: ["Dockerfile:2"],
  },
  {
    name: "variables with a prefix of their own",
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
    name: "a switch of its own name",
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
    name: "files without layers, the later over the earlier",
    repo: dynaconf(
      { "conf/base.json": '{"debug": true}', "conf/deploy.yml": "debug: false\n" },
      ', environments=False, settings_files=["conf/base.json", BASE_DIR / "conf" / "deploy.yml"]',
    ),
    expect: "pass",
  },
  {
    name: "a file whose name is computed",
    repo: dynaconf(
      { "conf/base.toml": "[default]\nDEBUG = true\n", "base.toml": "[default]\nDEBUG = true\n" },
      ', settings_files=["base.toml", BASE_DIR / STAGE / "base.toml"]',
    ),
    expect: "unknown",
  },
  {
    name: "a file whose name is that of the environment",
    repo: dynaconf(
      { "conf/base.toml": "[default]\nDEBUG = true\n" },
      ', settings_files=["conf/base.toml", f"conf/{STAGE}.toml"]',
    ),
    expect: "unknown",
  },
  {
    name: "a file of the same name in a folder of the machine",
    repo: dynaconf(
      { "settings.yaml": "default:\n  DEBUG: true\n" },
      ', settings_files=[BASE_DIR / "settings.yaml", CONFIG_DIR / "settings.yaml"]',
    ),
    expect: "unknown",
  },
  {
    name: "files below a folder that the code computes",
    repo: dynaconf(
      { "conf/base.toml": "[default]\nDEBUG = false\n", "conf/more.toml": "[default]\nDEBUG = true\n" },
      ', settings_files=[os.path.join(HERE, "conf", "base.toml"), f"{HERE}/conf/more.toml"]',
    ),
    expect: "fail",
    evidence: ["conf/more.toml:2"],
  },
  {
    name: "a layer for all that is last",
    repo: dynaconf({ "settings.toml": "[production]\nDEBUG = false\n\n[global]\nDEBUG = true\n" }),
    expect: "fail",
    evidence: ["settings.toml:5"],
  },
  {
    name: "a value with its type",
    repo: dynaconf({ "settings.ini": "[default]\ndebug = @bool false\n" }),
    expect: "pass",
  },
  {
    name: "a value that a template makes",
    repo: dynaconf({ "settings.toml": '[default]\nDEBUG = "@jinja {{ this.STAGE }}"\n' }),
    expect: "unknown",
  },
  {
    name: "a file that it names and that is not here",
    repo: dynaconf({ "base.toml": "[default]\nDEBUG = false\n" }, ', settings_files=["base.toml", "/etc/shop.toml"]'),
    expect: "unknown",
  },
  {
    name: "a file of secrets that is kept out of the repository",
    repo: dynaconf({ "base.toml": "[default]\nDEBUG = false\n" }, ', settings_files=["base.toml", ".secrets.toml"]'),
    expect: "pass",
  },
  {
    name: "files that include others",
    repo: dynaconf({ "settings.toml": 'dynaconf_include = ["plugins/*"]\n\n[default]\nDEBUG = false\n' }),
    expect: "unknown",
  },
  {
    name: "a hook that runs after it",
    repo: dynaconf({
      "settings.toml": "[default]\nDEBUG = false\n",
      "shop/dynaconf_hooks.py": "def post(settings):\n    return {}\n",
    }),
    expect: "unknown",
  },
  {
    name: "a file that does not follow its format",
    repo: dynaconf({ "settings.toml": "[default\nDEBUG = false\n" }),
    expect: "unknown",
  },
  {
    name: "an object of its own that fills the module",
    repo: {
      ...single(""),
      "shop/settings.py": `import sys\nfrom dynaconf import Dynaconf\n\nconfig = Dynaconf(settings_files=["shop.toml"])\nDEBUG = False\n${apps}config.populate_obj(sys.modules[__name__])\n`,
      "shop.toml": "debug = true\n",
    },
    expect: "fail",
    evidence: ["shop.toml:1"],
  },
  {
    name: "an object that Django's settings ask",
    repo: {
      ...single("from shop.config import settings\nDEBUG = settings.DEBUG"),
      "shop/config.py":
        'from dynaconf import Dynaconf, Validator\n\nsettings = Dynaconf(settings_files=["settings.toml"], environments=True, validators=[Validator("DEBUG", default=False)])\n',
      "settings.toml": '[default]\nname = "shop"\n[development]\nname = "shop"\n',
    },
    expect: "pass",
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
]);
