import { cannotJudge, cannotRepair, defineRule, shareOf, skip } from "../../src/rule.ts";

export default defineRule({
  title: "Cookies and transport are hardened",
  severity: "medium",
  why: "A cookie that also travels over plain HTTP can be read and used by anyone on the way.",
  fix: "Set the measures that are named, guarded by `if not DEBUG`; where a proxy ends TLS, `SECURE_PROXY_SSL_HEADER` takes the place of the redirect.",
  references: [
    "https://docs.djangoproject.com/en/stable/ref/checks/#security",
    "https://flask.palletsprojects.com/en/stable/web-security/#set-cookie-options",
    "https://www.starlette.io/middleware/#sessionmiddleware",
  ],
  peers: ["django security.W001, W002, W003, W004, W008, W012, W016"],
  appliesTo: ["web-service", "serverless"],
  needs: ["transportHardening"],
  check({ transportHardening: { measures, undecided, unread } }) {
    if (undecided !== undefined) cannotJudge(undecided);
    const known = measures.filter(({ isTaken }) => isTaken !== undefined);
    const missing = known.filter(({ isTaken }) => !isTaken);
    if (missing.length === 0 && unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (measures.length === 0) return skip("it has no settings of Django, and no cookies of sessions");
    if (known.length === 0) cannotJudge(`${measures[0]?.path} leaves to others what is set`);
    return shareOf(
      known.length - missing.length,
      known.length,
      missing.map(({ path, line, name }) => ({ path, line, found: name })),
    );
  },
  message: ({ found }) => `${found} is not set for production.`,
  repairNeeds: ["cookieEdits"],
  repair({ cookieEdits }) {
    if ("reason" in cookieEdits) cannotRepair(cookieEdits.reason);
    return cookieEdits.edits;
  },
  examples: {
    passes: {
      "manage.py": 'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
      "shop/settings.py":
        'INSTALLED_APPS = ["shop.cart"]\nMIDDLEWARE = [\n    "django.middleware.security.SecurityMiddleware",\n    "django.contrib.sessions.middleware.SessionMiddleware",\n    "django.middleware.csrf.CsrfViewMiddleware",\n    "django.middleware.clickjacking.XFrameOptionsMiddleware",\n]\nSESSION_COOKIE_SECURE = True\nCSRF_COOKIE_SECURE = True\nSECURE_SSL_REDIRECT = True\nSECURE_HSTS_SECONDS = 31536000\n',
      "requirements.txt": "django\n",
    },
    fails: {
      "manage.py": 'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
      "shop/settings.py":
        'INSTALLED_APPS = ["shop.cart"]\nMIDDLEWARE = [\n    "django.contrib.sessions.middleware.SessionMiddleware",\n    "django.middleware.csrf.CsrfViewMiddleware",\n]\n',
      "requirements.txt": "django\n",
    },
  },
});
