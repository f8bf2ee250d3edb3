import rule from "../../../rules/documentation/api-schema-published.ts";
import { describeRule } from "../../support/describe-rule.ts";

const NAMES = ["orders", "items", "users", "carts", "prices"];
const viewSets = {
  "manage.py": "",
  "requirements.txt": "django\ndjangorestframework\n",
  "shop/views.py": `from rest_framework.viewsets import ModelViewSet\n${NAMES.map((name) => `\n\nclass ${name}(ModelViewSet):\n    pass\n`).join("")}`,
  "shop/urls.py": `from rest_framework.routers import DefaultRouter\nfrom shop import views\n\nrouter = DefaultRouter()\n${NAMES.map((name) => `router.register("${name}", views.${name})\n`).join("")}urlpatterns = router.urls\n`,
};
const fastapi = (options: string) => ({
  "requirements.txt": "fastapi\nuvicorn\n",
  "shop/main.py": `from fastapi import FastAPI\n\napp = FastAPI(${options})\n${NAMES.map((name) => `\n\n@app.get("/${name}")\ndef ${name}():\n    return []\n`).join("")}`,
});

describeRule(rule, [
  { name: "sets of views without a schema", repo: viewSets, expect: "fail", evidence: ["shop/urls.py:10"] },
  {
    name: "sets of views with drf-spectacular",
    repo: { ...viewSets, "requirements.txt": "django\ndjangorestframework\ndrf-spectacular\n" },
    expect: "pass",
    evidence: ["requirements.txt:3"],
  },
  {
    name: "a schema that is turned off",
    repo: fastapi("openapi_url=None"),
    expect: "fail",
    evidence: ["shop/main.py:3"],
  },
  {
    name: "a schema that is turned off in production and kept in the repository",
    repo: { ...fastapi("openapi_url=None"), "docs/openapi.json": "{}" },
    expect: "pass",
    evidence: ["docs/openapi.json:1"],
  },
  {
    name: "a schema under another name",
    repo: { ...viewSets, "docs/rest-api.yml": "---\nopenapi: 3.1.0\n" },
    expect: "pass",
    evidence: ["docs/rest-api.yml:1"],
  },
  {
    name: "a site that answers with pages alone",
    repo: {
      "requirements.txt": "flask\ngunicorn\n",
      "shop/app.py": `from flask import Flask, render_template\n\napp = Flask(__name__)\n${NAMES.map((name) => `\n\n@app.get("/${name}")\ndef ${name}():\n    return render_template("x.html")\n`).join("")}`,
    },
    expect: "skip",
  },
  {
    name: "sources that cannot be read",
    repo: { "requirements.txt": "flask\ngunicorn\n", "app.py": { unreadable: "it is too large" } },
    expect: "unknown",
  },
  {
    name: "a schema beside sources that cannot be read",
    repo: { "requirements.txt": "flask\ngunicorn\n", "app.py": { unreadable: "it is too large" }, "openapi.yaml": "" },
    expect: "pass",
  },
]);
