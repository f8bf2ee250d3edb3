import rule from "../../../rules/security/api-authentication-configured.ts";
import { describeRule } from "../../support/describe-rule.ts";

const fastapi = (decorator: string, files = {}) => ({
  "requirements.txt": "fastapi\nuvicorn\n",
  "shop/main.py": `from fastapi import Depends, FastAPI\nfrom shop import who\n\napp = FastAPI()\n\n\n${decorator}\ndef order():\n    return {}\n`,
  ...files,
});
const rest = (classes: string, view: string) => ({
  "manage.py": "",
  "requirements.txt": "django\ndjangorestframework\n",
  "shop/settings.py": `REST_FRAMEWORK = {\n    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.${classes}"],\n}\n`,
  "shop/views.py": `from rest_framework.viewsets import ModelViewSet\n\n\nclass Orders(ModelViewSet):\n    ${view}\n`,
  "shop/urls.py":
    'from rest_framework.routers import DefaultRouter\nfrom shop.views import Orders\n\nrouter = DefaultRouter()\nrouter.register("orders", Orders)\nurlpatterns = router.urls\n',
});

describeRule(rule, [
  {
    name: "a route that writes and asks nobody",
    repo: fastapi('@app.post("/orders")'),
    expect: "fail",
    evidence: ["shop/main.py:8"],
  },
  {
    name: "a dependency of the route",
    repo: fastapi('@app.post("/orders", dependencies=[Depends(who.get_current_user)])'),
    expect: "pass",
  },
  {
    name: "a gateway that asks",
    repo: fastapi('@app.post("/orders")', {
      "k8s/ingress.yaml":
        'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  annotations: {nginx.ingress.kubernetes.io/auth-url: "https://login.example/"}\n',
    }),
    expect: "pass",
    evidence: ["k8s/ingress.yaml:4"],
  },
  { name: "routes that only read", repo: fastapi('@app.get("/orders")'), expect: "skip" },
  { name: "a webhook, which its signature guards", repo: fastapi('@app.post("/stripe/webhook")'), expect: "skip" },
  {
    name: "everybody by default",
    repo: rest("AllowAny", "pass"),
    expect: "fail",
    evidence: ["shop/settings.py:2"],
  },
  {
    name: "everybody by default, and views that ask for themselves",
    repo: rest("AllowAny", "permission_classes = []"),
    expect: "partial",
    value: 0.5,
    evidence: ["shop/settings.py:2"],
  },
  { name: "whoever has signed in", repo: rest("IsAuthenticated", "permission_classes = []"), expect: "pass" },
  {
    name: "sources that cannot be read",
    repo: fastapi('@app.post("/orders")', { "shop/who.py": { unreadable: "it is too large" } }),
    expect: "unknown",
  },
]);
