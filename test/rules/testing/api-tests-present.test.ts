import rule from "../../../rules/testing/api-tests-present.ts";
import { describeRule } from "../../support/describe-rule.ts";

const urls = {
  "manage.py": "",
  "requirements.txt": "django\n",
  "shop/urls.py":
    'from django.urls import path\nfrom . import views\n\nurlpatterns = [path("", views.a), path("b/", views.b), path("c/", views.c)]\n',
};
const asking = (path: string, text: string) => ({ ...urls, [path]: text });

describeRule(rule, [
  { name: "no test at all", repo: urls, expect: "fail", evidence: ["shop/urls.py:4"] },
  {
    name: "tests that call functions",
    repo: asking(
      "shop/tests.py",
      "from django.test import TestCase\nfrom shop.prices import total\n\n\nclass Prices(TestCase):\n    def test(self):\n        total([])\n",
    ),
    expect: "fail",
    evidence: ["shop/urls.py:4"],
  },
  {
    name: "Django's own client",
    repo: asking(
      "shop/tests.py",
      "from django.test import TestCase\n\n\nclass Pages(TestCase):\n    def test(self):\n        self.client.get('/b/')\n",
    ),
    expect: "pass",
    evidence: ["shop/tests.py:6"],
  },
  {
    name: "a client behind a fixture",
    repo: asking(
      "tests/test_pages.py",
      "def test_page(api_client, url):\n    assert api_client.get(url).status_code == 200\n",
    ),
    expect: "pass",
    evidence: ["tests/test_pages.py:2"],
  },
  {
    name: "a fixture that makes the client",
    repo: asking(
      "tests/conftest.py",
      "from httpx import ASGITransport, AsyncClient\n\n\ndef visitor(app):\n    return AsyncClient(transport=ASGITransport(app=app))\n",
    ),
    expect: "pass",
    evidence: ["tests/conftest.py:5"],
  },
  {
    name: "a collection of Postman",
    repo: asking("postman/shop.postman_collection.json", "{}"),
    expect: "pass",
    evidence: ["postman/shop.postman_collection.json:1"],
  },
  {
    name: "one page",
    repo: {
      "requirements.txt": "flask\ngunicorn\n",
      "app.py": 'from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.get("/")\ndef page():\n    return ""\n',
    },
    expect: "skip",
  },
  {
    name: "tests that cannot be read",
    repo: { ...urls, "tests/test_pages.py": { unreadable: "it is too large" } },
    expect: "unknown",
  },
  {
    name: "sources that cannot be read",
    repo: { "requirements.txt": "flask\ngunicorn\n", "app.py": { unreadable: "it is too large" } },
    expect: "unknown",
  },
]);
