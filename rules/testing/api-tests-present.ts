import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

/** So few routes are no interface. */
const ENOUGH = 3;

export default defineRule({
  title: "Tests ask the endpoints as their clients do",
  severity: "medium",
  why: "Functions that work alone may still answer wrongly over HTTP: routing, validation and permissions are only in the way from outside.",
  fix: "Add a test with the test client of the framework for each endpoint, starting with one that answers 200: `TestClient(app)`, `app.test_client()`, Django's `self.client`, `APIClient`.",
  byHand: "what a route is to answer is for people to say",
  references: [
    "https://fastapi.tiangolo.com/tutorial/testing/",
    "https://docs.djangoproject.com/en/stable/topics/testing/tools/",
  ],
  appliesTo: ["web-service", "ml"],
  needs: ["routes", "apiTests"],
  check({ routes: { all, entry, unread }, apiTests }) {
    const isServed = all.length >= ENOUGH && entry !== undefined;
    const [sign] = apiTests.signs;
    if (sign && isServed) return pass([{ ...sign, found: "A test asks the application over HTTP." }]);
    const [hidden] = [...unread, ...(isServed ? apiTests.unread : [])];
    if (hidden) cannotJudge(`${hidden.path} could not be read: ${hidden.reason}`);
    if (!isServed) return skip("fewer than three routes are declared here");
    if (apiTests.elsewhere) cannotJudge("tests elsewhere in the repository may ask it");
    return fail([{ ...entry, found: `No test asks any of the ${all.length} routes over HTTP.` }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "requirements.txt": "flask\ngunicorn\n",
      "shop/app.py":
        'from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.get("/")\n@app.get("/orders")\n@app.get("/carts")\ndef orders():\n    return ""\n',
      "tests/test_orders.py":
        'from shop.app import app\n\n\ndef test_orders():\n    assert app.test_client().get("/orders").status_code == 200\n',
    },
    fails: {
      "requirements.txt": "flask\ngunicorn\n",
      "shop/app.py":
        'from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.get("/")\n@app.get("/orders")\n@app.get("/carts")\ndef orders():\n    return ""\n',
      "tests/test_orders.py": "def test_orders():\n    assert True\n",
    },
  },
});
