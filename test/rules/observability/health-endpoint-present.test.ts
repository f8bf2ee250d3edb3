import rule from "../../../rules/observability/health-endpoint-present.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const django = { "manage.py": "", "requirements.txt": "django\ngunicorn\n" };
const flask = { "requirements.txt": "flask\ngunicorn\n" };
const fastapi = { "requirements.txt": "fastapi\nuvicorn\n" };

describeRule(rule, [
  {
    name: "a prefix that another file adds",
    repo: {
      ...fastapi,
      "app/main.py":
        'from fastapi import FastAPI\nfrom app.api import probes\n\napp = FastAPI()\napp.include_router(probes.router, prefix="/health")\n',
      "app/api/probes.py":
        'from fastapi import APIRouter\n\nrouter = APIRouter()\n\n\n@router.get("/live")\ndef live():\n    return {}\n',
    },
    expect: "pass",
    evidence: ["app/api/probes.py:7"],
    says: "/health/live",
  },
  {
    name: "django-health-check below a path of another name",
    repo: {
      ...django,
      "shop/urls.py":
        'from django.urls import include, path\n\nurlpatterns = [path("ht/", include("health_check.urls"))]\n',
    },
    expect: "pass",
    evidence: ["shop/urls.py:3"],
  },
  {
    name: "Django without it",
    repo: {
      ...django,
      "shop/urls.py":
        'from django.contrib import admin\nfrom django.urls import include, path\n\nurlpatterns = [\n    path("admin/", admin.site.urls),\n    path("orders/", include("orders.urls")),\n]\n',
      "orders/urls.py": 'from django.urls import path\nfrom . import views\n\nurlpatterns = [path("", views.index)]\n',
      "orders/views.py": "def index(request):\n    return None\n",
    },
    expect: "fail",
    evidence: ["shop/urls.py:5"],
  },
  {
    name: "the status of one job",
    repo: {
      ...flask,
      "shop/app.py":
        'from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.route("/jobs/<job>/status")\ndef status(job):\n    return ""\n',
    },
    expect: "fail",
    evidence: ["shop/app.py:3"],
  },
  {
    name: "a path of its own that a probe asks for",
    repo: {
      ...flask,
      Dockerfile:
        'FROM python:3.14-slim\nHEALTHCHECK CMD curl -f http://localhost:8000/about\nCMD ["gunicorn", "shop.app:app"]\n',
      "shop/app.py":
        'from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.route("/about")\ndef about():\n    return ""\n',
    },
    expect: "pass",
    evidence: ["Dockerfile:2"],
  },
  {
    name: "a check by a program that does not tell its path",
    repo: {
      ...flask,
      Dockerfile: 'FROM python:3.14-slim\nHEALTHCHECK CMD /srv/check\nCMD ["gunicorn", "shop.app:app"]\n',
      "shop/app.py":
        'from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.route("/about")\ndef about():\n    return ""\n',
    },
    expect: "unknown",
  },
  {
    name: "middleware that answers it",
    repo: {
      ...django,
      "shop/urls.py": 'from django.urls import path\nfrom . import views\n\nurlpatterns = [path("", views.index)]\n',
      "shop/middleware.py":
        'class Health:\n    def __call__(self, request):\n        if request.path == "/healthz":\n            return None\n',
    },
    expect: "pass",
    evidence: ["shop/middleware.py:3"],
  },
  {
    name: "Tornado's list of handlers",
    repo: {
      "requirements.txt": "tornado\n",
      Procfile: "web: python -m shop\n",
      "shop/urls.py":
        'from tornado.web import url\nfrom .views import Check, Orders\n\nhandlers = [url(r"/orders", Orders), (r"/healthcheck", Check)]\n',
    },
    expect: "pass",
    evidence: ["shop/urls.py:4"],
  },
  {
    name: "a gRPC server with the servicer of health",
    repo: {
      "requirements.txt": "grpcio\ngrpcio-health-checking\n",
      "server.py": "from grpc_health.v1 import health\n\nservicer = health.HealthServicer()\n",
    },
    expect: "pass",
  },
  {
    name: "routes that are computed",
    repo: {
      ...django,
      "shop/urls.py":
        'from django.urls import include, path\nfrom plugins import load\n\nurlpatterns = [path("", lambda request: None), path("", include(load("urls")["all"]))]\n',
    },
    expect: "unknown",
  },
  {
    name: "a page of another path whose handler is named for it",
    repo: {
      ...flask,
      "shop/app.py":
        'from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.get("/")\ndef health_check():\n    return ""\n',
    },
    expect: "pass",
    evidence: ["shop/app.py:7"],
  },
  { name: "no routes at all", repo: { ...django, "shop/models.py": "" }, expect: "skip" },
]);

const URLS = `from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("orders/", include("orders.urls")),  # the shop
]
`;
const orders = {
  "orders/urls.py": 'from django.urls import path\nfrom . import views\n\nurlpatterns = [path("", views.index)]\n',
  "orders/views.py": "def index(request):\n    return None\n",
};
const OPEN = "leaves open where a route would go";

describeRepair(rule, [
  {
    name: "FastAPI, behind the lines that make the application",
    repo: {
      ...fastapi,
      "shop/main.py":
        'from fastapi import FastAPI\n\napp = FastAPI(\n    title="Shop",\n)  # the API\n# Orders.\n@app.get("/orders")\ndef orders():\n    return []\n',
    },
    after: {
      "shop/main.py":
        'from fastapi import FastAPI\n\napp = FastAPI(\n    title="Shop",\n)  # the API\n\n\n@app.get("/healthz")\ndef healthz() -> dict[str, str]:\n    return {"status": "ok"}\n\n\n# Orders.\n@app.get("/orders")\ndef orders():\n    return []\n',
    },
  },
  {
    name: "Flask in a function that makes it, before a page that takes every path",
    repo: {
      ...flask,
      "shop/app.py":
        'import flask\n\n\ndef create_app():\n    app = flask.Flask(__name__)\n\n    @app.route("/<path:rest>")\n    def page(rest):\n        return ""\n\n    return app\n',
    },
    after: {
      "shop/app.py":
        'import flask\n\n\ndef create_app():\n    app = flask.Flask(__name__)\n\n    @app.route("/healthz")\n    def healthz() -> str:\n        return "ok"\n\n    @app.route("/<path:rest>")\n    def page(rest):\n        return ""\n\n    return app\n',
    },
  },
  {
    name: "Django, first among the patterns",
    repo: { ...django, ...orders, "shop/urls.py": URLS },
    after: {
      "shop/urls.py": URLS.replace(
        "from django.urls",
        "from django.http import HttpResponse\nfrom django.urls",
      ).replace("= [\n", '= [\n    path("healthz", lambda request: HttpResponse("ok")),\n'),
    },
  },
  {
    name: "Django with patterns of regular expressions alone",
    repo: { ...django, ...orders, "shop/urls.py": URLS.replaceAll("path(", "re_path(").replace("path\n", "re_path\n") },
    refuses: OPEN,
  },
  {
    name: "an application whose every route asks who comes",
    repo: {
      ...fastapi,
      "shop/main.py":
        'from fastapi import Depends, FastAPI\n\napp = FastAPI(dependencies=[Depends(user)])\n\n\n@app.get("/orders")\ndef orders():\n    return []\n',
    },
    refuses: OPEN,
  },
  {
    name: "Flask that looks at every request first",
    repo: {
      ...flask,
      "shop/app.py":
        'from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.before_request\ndef sign_in():\n    ...\n\n\n@app.route("/orders")\ndef orders():\n    return ""\n',
    },
    refuses: "shop/app.py:6 sets up may refuse",
  },
  {
    name: "middleware that sends who is not known elsewhere",
    repo: {
      ...django,
      ...orders,
      "shop/urls.py": URLS,
      "shop/users.py": "class UserMiddleware:\n    def __call__(self, request):\n        return redirect('/login')\n",
    },
    refuses: "shop/users.py:1 sets up may refuse",
  },
]);
