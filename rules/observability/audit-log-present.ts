import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

const WRITES = new Set(["POST", "PUT", "PATCH", "DELETE"]);
/** Django's admin records what is done through its own pages. */
const ADMIN_ONLY = 0.4;

export default defineRule({
  title: "Who did what, and when, is recorded",
  severity: "medium",
  why: "After an incident nobody can tell which account changed what, and auditors of SOC 2, HIPAA and PCI ask for exactly that.",
  fix: "Record actor, action and object of what matters: django-auditlog, django-simple-history, SQLAlchemy-Continuum, or an `audit` logger that the handlers write to.",
  byHand: "which actions have to be proven is for people to say",
  references: [
    "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html",
    "https://django-auditlog.readthedocs.io/",
  ],
  peers: ["SOC 2 CC7.2", "PCI DSS 10.2"],
  appliesTo: ["web-service", "serverless"],
  needs: ["routes", "identities"],
  check({ routes: { all }, identities: { accounts, audit, admin, unread } }) {
    const isJudged = accounts && all.some(({ methods }) => methods?.some((one) => WRITES.has(one)));
    if (isJudged && audit) return pass([{ path: audit.path, line: audit.line, found: `${audit.name} records it.` }]);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (!accounts) return skip("no accounts of users are stored here");
    if (!isJudged) return skip("no route is seen to change anything");
    if (admin)
      return partial(ADMIN_ONLY, [
        { ...admin, found: "Django's admin records what is done through it, and nothing records the rest." },
      ]);
    return fail([{ ...accounts, found: "There are accounts of users, and nothing records what they do." }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "manage.py": "",
      "requirements.txt": "django\ndjango-auditlog\n",
      "shop/models.py":
        "from django.contrib.auth.models import AbstractUser\n\n\nclass User(AbstractUser):\n    pass\n",
      "shop/urls.py":
        'from django.urls import path\nfrom shop import views\n\nurlpatterns = [path("orders/", views.order)]\n',
      "shop/views.py":
        "from django.views.decorators.http import require_POST\n\n\n@require_POST\ndef order(request):\n    return None\n",
    },
    fails: {
      "manage.py": "",
      "requirements.txt": "django\n",
      "shop/models.py":
        "from django.contrib.auth.models import AbstractUser\n\n\nclass User(AbstractUser):\n    pass\n",
      "shop/urls.py":
        'from django.urls import path\nfrom shop import views\n\nurlpatterns = [path("orders/", views.order)]\n',
      "shop/views.py":
        "from django.views.decorators.http import require_POST\n\n\n@require_POST\ndef order(request):\n    return None\n",
    },
  },
});
