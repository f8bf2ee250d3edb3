import rule from "../../../rules/observability/audit-log-present.ts";
import { describeRule } from "../../support/describe-rule.ts";
import type { MiniFile } from "../../support/mini-snapshot.ts";

const flask = (files: Readonly<Record<string, MiniFile>>) => ({
  "requirements.txt": "flask\nflask-sqlalchemy\ngunicorn\n",
  "shop/models.py":
    "from flask_sqlalchemy import SQLAlchemy\n\ndb = SQLAlchemy()\n\n\nclass User(db.Model):\n    pass\n",
  "shop/app.py":
    'from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.post("/orders")\ndef order():\n    return {}\n',
  ...files,
});

describeRule(rule, [
  { name: "accounts and no record", repo: flask({}), expect: "fail", evidence: ["shop/models.py:6"] },
  {
    name: "a table of its own",
    repo: flask({ "shop/log.py": "from shop.models import db\n\n\nclass AuditLog(db.Model):\n    pass\n" }),
    expect: "pass",
    evidence: ["shop/log.py:4"],
  },
  {
    name: "a logger named for it",
    repo: flask({ "shop/log.py": 'import logging\n\naudit = logging.getLogger("shop.audit")\n' }),
    expect: "pass",
    evidence: ["shop/log.py:3"],
  },
  {
    name: "a trail of the cloud",
    repo: flask({ "infra/trail.tf": 'resource "aws_cloudtrail" "all" {\n}\n' }),
    expect: "pass",
    evidence: ["infra/trail.tf:1"],
  },
  {
    name: "Django's admin alone",
    repo: {
      "manage.py": "",
      "requirements.txt": "django\n",
      "shop/models.py":
        "from django.contrib.auth.models import AbstractUser\n\n\nclass User(AbstractUser):\n    pass\n",
      "shop/urls.py":
        'from django.contrib import admin\nfrom django.urls import path\nfrom shop import views\n\nurlpatterns = [path("admin/", admin.site.urls), path("orders/", views.Order.as_view())]\n',
      "shop/views.py":
        "from django.views import View\n\n\nclass Order(View):\n    def post(self, request):\n        return None\n",
    },
    expect: "partial",
    value: 0.4,
    evidence: ["shop/urls.py:5"],
  },
  {
    name: "no accounts",
    repo: flask({ "shop/models.py": "x = 1\n" }),
    expect: "skip",
  },
  {
    name: "accounts of a schema that is only sent",
    repo: flask({ "shop/models.py": "from pydantic import BaseModel\n\n\nclass User(BaseModel):\n    name: str\n" }),
    expect: "skip",
  },
  {
    name: "sources that cannot be read",
    repo: flask({ "shop/models.py": { unreadable: "it is too large" } }),
    expect: "unknown",
  },
]);
