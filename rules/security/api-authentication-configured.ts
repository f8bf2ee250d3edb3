import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

const WRITES = new Set(["POST", "PUT", "PATCH", "DELETE"]);
/** What everybody may call by its nature, or what webhooks are judged by. */
const OPEN = /hook|callback|login|logout|signup|register|token|csp|contact|subscribe|graphql|health/i;
/** Views that ask for themselves hold until somebody forgets it in one. */
const OPEN_BY_DEFAULT = 0.5;

export default defineRule({
  title: "Endpoints that change something ask who is calling",
  severity: "medium",
  why: "An endpoint that writes and asks nobody's identity belongs to whoever finds it.",
  fix: "Ask for an identity by default: `DEFAULT_PERMISSION_CLASSES` with IsAuthenticated, dependencies of the application or router, `before_request`, or LoginRequiredMiddleware. Open what is public one by one.",
  byHand: "who may do what is for people to say",
  references: [
    "https://owasp.org/API-Security/editions/2023/en/0xa2-broken-authentication/",
    "https://www.django-rest-framework.org/api-guide/permissions/",
  ],
  peers: ["OWASP API2"],
  appliesTo: ["web-service", "ml"],
  needs: ["routes", "identities"],
  check({ routes: { all, unread }, identities: { authentication, allowsAny } }) {
    const writing = all.filter(({ methods, url }) => methods?.some((one) => WRITES.has(one)) && !OPEN.test(url));
    const [first] = writing;
    if (!first && unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (!first) return skip("no route is seen to change anything");
    if (allowsAny) {
      const places = [{ ...allowsAny, found: "Everybody may call each view that does not ask for itself." }];
      return authentication ? partial(OPEN_BY_DEFAULT, places) : fail(places);
    }
    if (authentication) return pass([{ ...authentication, found: "An identity is asked for here." }]);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    const others = writing.length === 1 ? "It changes" : `It is one of ${writing.length} that change`;
    const found = `${others} something, and nothing in the repository asks who is calling.`;
    return fail([{ path: first.path, line: first.line, found }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "requirements.txt": "flask\nflask-login\ngunicorn\n",
      "shop/app.py":
        'from flask import Flask\nfrom flask_login import login_required\n\napp = Flask(__name__)\n\n\n@app.post("/orders")\n@login_required\ndef order():\n    return {}\n',
    },
    fails: {
      "requirements.txt": "flask\ngunicorn\n",
      "shop/app.py":
        'from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.post("/orders")\ndef order():\n    return {}\n',
    },
  },
});
