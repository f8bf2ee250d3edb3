import rule from "../../../rules/security/webhook-signatures-verified.ts";
import { describeRule } from "../../support/describe-rule.ts";

const django = {
  "manage.py": "",
  "requirements.txt": "django\ngunicorn\n",
  "shop/urls.py":
    'from django.urls import path\nfrom shop import hooks\n\nurlpatterns = [path("github/webhook/", hooks.github_webhook)]\n',
};
const fastapi = (decorator: string, body: string) => ({
  "requirements.txt": "fastapi\nuvicorn\n",
  "app/hooks.py": `from fastapi import APIRouter, Depends, Request\nfrom app.security import signed\n\nrouter = APIRouter()\n\n\n${decorator}\nasync def slack_events(request: Request):\n    ${body}\n`,
});

describeRule(rule, [
  {
    name: "GitHub's events that are read as they come",
    repo: {
      ...django,
      "shop/hooks.py": "import json\n\n\ndef github_webhook(request):\n    return json.loads(request.body)\n",
    },
    expect: "fail",
    evidence: ["shop/hooks.py:4"],
    says: "github",
  },
  {
    name: "a decorator that verifies",
    repo: {
      ...django,
      "shop/hooks.py":
        "import json\nfrom shop.security import github_signed\n\n\n@github_signed\ndef github_webhook(request):\n    return json.loads(request.body)\n",
    },
    expect: "pass",
  },
  {
    name: "a dependency that verifies",
    repo: fastapi('@router.post("/slack/events", dependencies=[Depends(signed)])', "return await request.json()"),
    expect: "pass",
  },
  {
    name: "a module of the project that verifies",
    repo: {
      ...django,
      "shop/hooks.py":
        "import json\nfrom shop import sender\n\n\ndef github_webhook(request):\n    sender.ask(request)\n    return json.loads(request.body)\n",
      "shop/sender.py":
        "import hmac\n\n\ndef ask(request):\n    return hmac.compare_digest(request.headers['x'], b'')\n",
    },
    expect: "pass",
  },
  {
    name: "a digest that is compared with ==",
    repo: {
      ...django,
      "shop/hooks.py":
        "import hashlib\nimport hmac\nimport json\n\n\ndef github_webhook(request):\n    digest = hmac.new(b'', request.body, hashlib.sha256).hexdigest()\n    if digest == request.headers['X-Hub-Signature-256']:\n        return json.loads(request.body)\n",
    },
    expect: "partial",
    value: 0.5,
    evidence: ["shop/hooks.py:8"],
  },
  {
    name: "a sign-in that GitHub calls back",
    repo: {
      ...django,
      "shop/urls.py":
        'from django.urls import path\nfrom shop import hooks\n\nurlpatterns = [path("oauth/github/callback/", hooks.back)]\n',
      "shop/hooks.py": "import json\n\n\ndef back(request):\n    return json.loads(request.body)\n",
    },
    expect: "skip",
  },
  {
    name: "an event that is handed on",
    repo: {
      ...django,
      "shop/hooks.py": "from gateway import take\n\n\ndef github_webhook(request):\n    return take(request)\n",
    },
    expect: "unknown",
  },
]);
