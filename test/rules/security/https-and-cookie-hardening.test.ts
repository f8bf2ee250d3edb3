import rule from "../../../rules/security/https-and-cookie-hardening.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const pointing = 'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n';
const middleware = (...names: readonly string[]) => `MIDDLEWARE = [${names.map((name) => `"${name}"`).join(", ")}]\n`;
const security = "django.middleware.security.SecurityMiddleware";
const sessions = "django.contrib.sessions.middleware.SessionMiddleware";
const csrf = "django.middleware.csrf.CsrfViewMiddleware";
const frames = "django.middleware.clickjacking.XFrameOptionsMiddleware";
const all = middleware(security, sessions, csrf, frames);
const django = (text: string, more: Readonly<Record<string, string>> = {}) => ({
  "requirements.txt": "django\ngunicorn\n",
  "manage.py": pointing,
  "shop/wsgi.py": pointing,
  "shop/settings.py": `import os\nINSTALLED_APPS = ["shop.cart"]\n${text}`,
  ...more,
});
const cookies = "SESSION_COOKIE_SECURE = True\nCSRF_COOKIE_SECURE = True\n";
const flask = (text: string) => ({
  "requirements.txt": "flask\nflask-login\ngunicorn\n",
  "shop/app.py": `from flask import Flask\nfrom flask_login import LoginManager\n\napp = Flask(__name__)\n${text}`,
});

/** A project whose settings are classes of django-configurations. */
const classed = (text: string) => ({
  "requirements.txt": "django\ngunicorn\n",
  "manage.py": `${pointing}os.environ.setdefault("DJANGO_CONFIGURATION", "Local")\n`,
  "shop/wsgi.py": `${pointing}os.environ.setdefault("DJANGO_CONFIGURATION", "Production")\n`,
  "shop/settings.py": `from configurations import Configuration, values\n\n\nclass Common(Configuration):\n    INSTALLED_APPS = ["shop.cart"]\n    ${all}\n\nclass Local(Common):\n    DEBUG = True\n\n\nclass Production(Common):\n${text}\n`,
});
/** A project whose settings dynaconf loads from a file, over the module. */
const dynaconf = (file: string, more: Readonly<Record<string, string>> = {}) => ({
  ...django(`import dynaconf\n${all}settings = dynaconf.DjangoDynaconf(__name__)\n`, more),
  "settings.toml": file,
});

describeRule(rule, [
  {
    name: "an interface without sessions",
    repo: {
      "requirements.txt": "fastapi\nuvicorn\n",
      "shop/main.py": "from fastapi import FastAPI\n\napp = FastAPI()\n",
    },
    expect: "skip",
  },
  {
    name: "what is missing is named",
    repo: django(`${middleware(security, sessions, csrf)}${cookies}SECURE_SSL_REDIRECT = False\n`),
    expect: "partial",
    value: 4 / 7,
    evidence: ["shop/settings.py:3", "shop/settings.py:6", "shop/settings.py:6"],
    says: "XFrameOptionsMiddleware (W002)",
  },
  {
    name: "a block for production alone, behind a proxy that ends TLS",
    repo: django(
      `${all}DEBUG = os.getenv("DEBUG", "0") == "1"\nif not DEBUG:\n    SESSION_COOKIE_SECURE = True\n    CSRF_COOKIE_SECURE = True\n    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\n    SECURE_HSTS_SECONDS = 60 * 60\n`,
    ),
    expect: "pass",
  },
  {
    name: "values that follow DEBUG",
    repo: django(
      `${all}DEBUG = False\nSESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not DEBUG\nSECURE_HSTS_SECONDS = 0 if DEBUG else 3600\n`,
    ),
    expect: "pass",
  },
  {
    name: "an ingress that ends TLS",
    repo: django(`${all}${cookies}SECURE_HSTS_SECONDS = 3600\n`, {
      "k8s/ingress.yaml":
        "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: shop\nspec:\n  tls:\n    - hosts: [shop.example]\n",
    }),
    expect: "pass",
  },
  {
    name: "tokens alone have no cookies",
    repo: django(`${middleware(security, frames)}SECURE_SSL_REDIRECT = True\nSECURE_HSTS_SECONDS = 3600\n`),
    expect: "pass",
  },
  {
    name: "neither preload nor sub-domains are asked for",
    repo: django(
      `${all}${cookies}SECURE_SSL_REDIRECT = True\nSECURE_HSTS_SECONDS = 3600\nSECURE_HSTS_PRELOAD = False\nSECURE_HSTS_INCLUDE_SUBDOMAINS = False\n`,
    ),
    expect: "pass",
  },
  {
    name: "everything comes from elsewhere",
    repo: django("from shop_platform.settings import *\n"),
    expect: "unknown",
  },
  { name: "nothing at all", repo: django(middleware(sessions, csrf)), expect: "fail" },
  {
    name: "Flask: two of three cookies' flags",
    repo: flask('app.config["SESSION_COOKIE_SECURE"] = True\n'),
    expect: "partial",
    value: 2 / 3,
    evidence: ["shop/app.py:4"],
    says: "SESSION_COOKIE_SAMESITE",
  },
  {
    name: "Flask: all of them",
    repo: flask('app.config.update(SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Lax")\n'),
    expect: "pass",
  },
  {
    name: "Flask behind Talisman",
    repo: flask("from flask_talisman import Talisman\n\nTalisman(app)\n"),
    expect: "pass",
  },
  {
    name: "a session of Starlette over plain HTTP as well",
    repo: {
      "requirements.txt": "starlette\nuvicorn\n",
      "shop/main.py":
        'import os\n\nfrom starlette.applications import Starlette\nfrom starlette.middleware import Middleware\nfrom starlette.middleware.sessions import SessionMiddleware\n\napp = Starlette(middleware=[Middleware(SessionMiddleware, secret_key=os.environ["KEY"])])\n',
    },
    expect: "fail",
    evidence: ["shop/main.py:7"],
  },
  {
    name: "a class of settings, with its values",
    repo: classed(
      "    SESSION_COOKIE_SECURE = values.BooleanValue(True)\n    CSRF_COOKIE_SECURE = True\n    SECURE_SSL_REDIRECT = values.BooleanValue(True)\n    SECURE_HSTS_SECONDS = values.IntegerValue(3600)",
    ),
    expect: "pass",
  },
  {
    name: "a class of settings that leaves one out",
    repo: classed(
      "    SESSION_COOKIE_SECURE = values.BooleanValue(True)\n    CSRF_COOKIE_SECURE = True\n    SECURE_SSL_REDIRECT = values.BooleanValue(True)",
    ),
    expect: "partial",
    value: 6 / 7,
    evidence: ["shop/settings.py:16"],
    says: "SECURE_HSTS_SECONDS (W004)",
  },
  {
    name: "dynaconf: all of it in production's layer",
    repo: dynaconf(
      "[default]\nSESSION_COOKIE_SECURE = false\n\n[production]\nSESSION_COOKIE_SECURE = true\nCSRF_COOKIE_SECURE = true\nSECURE_SSL_REDIRECT = true\nSECURE_HSTS_SECONDS = 3600\n",
    ),
    expect: "pass",
  },
  {
    name: "dynaconf: what production's layer switches off, and not what no file says",
    repo: dynaconf("[production]\nSESSION_COOKIE_SECURE = false\nCSRF_COOKIE_SECURE = true\n"),
    expect: "partial",
    value: 4 / 5,
    evidence: ["settings.toml:2"],
  },
]);

const debug = 'DEBUG = os.environ.get("DJANGO_DEBUG", "") == "1"  # never in production\n';
const settings = "shop/settings.py";
const textOf = (repo: Readonly<Record<string, string>>) => repo[settings] ?? "";
const proxied = 'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\nSECURE_HSTS_SECONDS = 3600\n';

describeRepair(rule, [
  {
    name: "cookies that nothing sets, beside what tells of HTTPS",
    repo: django(`${debug}${all}${proxied}`),
    after: {
      [settings]: `${textOf(django(`${debug}${all}${proxied}`))}\nSESSION_COOKIE_SECURE = not DEBUG\nCSRF_COOKIE_SECURE = not DEBUG\n`,
    },
  },
  {
    name: "a cookie that is set to travel anyhow, in settings of production alone",
    repo: django(
      `DEBUG = False\n${all}${proxied}SESSION_COOKIE_SECURE = False  # for now\nCSRF_COOKIE_SECURE = True\n`,
    ),
    after: {
      [settings]: textOf(
        django(`DEBUG = False\n${all}${proxied}SESSION_COOKIE_SECURE = True  # for now\nCSRF_COOKIE_SECURE = True\n`),
      ),
    },
  },
  {
    name: "the cookies, and not the redirect, which may stand before another",
    repo: django(`${debug}${all}SESSION_COOKIE_SECURE = True\n`),
    after: {
      [settings]: textOf(django(`${debug}${all}SESSION_COOKIE_SECURE = True\n\nCSRF_COOKIE_SECURE = not DEBUG\n`)),
    },
    leaves: true,
  },
  {
    name: "settings that tell nothing of HTTPS",
    repo: django(`${debug}${all}`),
    refuses: "nothing here tells that it is reached over HTTPS",
  },
  {
    name: "a redirect that is missing",
    repo: django(`${debug}${all}${cookies}SECURE_HSTS_SECONDS = 3600\n`),
    refuses: "what a redirect, a header of HTTPS or other middleware would break",
  },
  {
    name: "settings whose debug mode another file sets",
    repo: django(`from .base import *\n${all}${proxied}`, { "shop/base.py": "DEBUG = False\n" }),
    refuses: "how debug mode is told from production",
  },
  { name: "Flask", repo: flask(""), refuses: "where the application is set up" },
]);
