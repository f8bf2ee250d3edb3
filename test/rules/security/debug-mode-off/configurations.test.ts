import rule from "../../../../rules/security/debug-mode-off.ts";
import { describeRule } from "../../../support/describe-rule.ts";
import { apps, image, pointing, requirements } from "../../../support/settings-projects.ts";

/** A project whose settings are classes of django-configurations, on one that has debug mode on. */
const classed = (configuration: string, text: string) => ({
  ...requirements,
  "manage.py": pointing("shop.settings", "Local"),
  "shop/wsgi.py": pointing("shop.settings", configuration),
  "shop/settings.py": `from configurations import Configuration, values\n\n\nclass Common(Configuration):\n    DEBUG = True\n    ${apps}\n\n${text}\n`,
});

describeRule(rule, [
  {
    name: "the one that the server names",
    repo: classed(
      "Production",
      "class Local(Common):\n    DEBUG = True\n\n\nclass Production(Common):\n    DEBUG = False",
    ),
    expect: "pass",
  },
  {
    name: "production takes what all inherit",
    repo: classed("Local", "class Local(Common):\n    DEBUG = True\n\n\nclass Production(Common):\n    X = 1"),
    expect: "fail",
    evidence: ["shop/settings.py:5"],
  },
  {
    name: "the image names one",
    repo: {
      ...classed("Local", "class Staging(Common):\n    DEBUG = False\n\n\nclass Production(Common):\n    DEBUG = True"),
      Dockerfile: image("ENV DJANGO_CONFIGURATION=Staging", 'CMD ["gunicorn", "shop.wsgi"]'),
    },
    expect: "pass",
  },
  {
    name: "a value that is off where the environment says nothing",
    repo: classed("Production", "class Production(Common):\n    DEBUG = values.BooleanValue(False)"),
    expect: "pass",
  },
  {
    name: "the image sets the variable that is named after the setting",
    repo: {
      ...classed("Production", "class Production(Common):\n    DEBUG = values.BooleanValue(False)"),
      Dockerfile: image("ENV DJANGO_DEBUG=yes", 'CMD ["gunicorn", "shop.wsgi"]'),
    },
    expect: "fail",
    evidence: ["Dockerfile:2"],
  },
  {
    name: "a variable of a name and a prefix of its own",
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
    name: "a property",
    repo: classed(
      "Production",
      "class Production(Common):\n    @property\n    def DEBUG(self):\n        return decide()",
    ),
    expect: "unknown",
  },
  {
    name: "a hook sets it",
    repo: classed(
      "Production",
      "class Production(Common):\n    DEBUG = False\n\n    @classmethod\n    def post_setup(cls):\n        cls.DEBUG = decide()",
    ),
    expect: "unknown",
  },
  {
    name: "only those of developers",
    repo: classed("Dev", "class Dev(Common):\n    X = 1\n\n\nclass Tests(Common):\n    X = 2"),
    expect: "unknown",
    says: "which class of shop/settings.py production runs with",
  },
  {
    name: "what two bases share comes last",
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
]);
