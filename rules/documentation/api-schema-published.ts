import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

/** So few addresses are no interface that others build on. */
const ENOUGH = 5;

export default defineRule({
  title: "The API has a schema that clients can rely on",
  severity: "medium",
  why: "Without a schema every client guesses at the contract, and a change that breaks them shows first in production.",
  fix: "Let the framework make an OpenAPI schema (drf-spectacular, flask-smorest, apispec; FastAPI does so by itself), or keep one in the repository.",
  byHand: "which library describes the interface is for people to say",
  references: ["https://spec.openapis.org/oas/latest.html", "https://drf-spectacular.readthedocs.io/"],
  peers: ["OSPS-SA-02.01"],
  appliesTo: ["web-service"],
  needs: ["apiSchema", "routes"],
  check({ apiSchema: { signs, dataRoutes }, routes: { entry, unread } }) {
    const [sign] = signs;
    const isApi = dataRoutes.length >= ENOUGH;
    if (sign && (isApi || unread[0])) return pass([{ path: sign.path, line: sign.line, found: sign.says }]);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (!isApi) return skip("fewer than five routes are seen to answer with data");
    const [first] = dataRoutes;
    return fail([
      { ...(entry ?? first), found: `${dataRoutes.length} routes answer with data, and no schema tells how.` },
    ]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "requirements.txt": "fastapi\nuvicorn\n",
      "shop/main.py": `from fastapi import FastAPI\n\napp = FastAPI()\n${["orders", "items", "users", "carts", "prices"]
        .map((name) => `\n\n@app.get("/${name}")\ndef ${name}():\n    return []\n`)
        .join("")}`,
    },
    fails: {
      "requirements.txt": "flask\ngunicorn\n",
      "shop/app.py": `from flask import Flask, jsonify\n\napp = Flask(__name__)\n${[
        "orders",
        "items",
        "users",
        "carts",
        "prices",
      ]
        .map((name) => `\n\n@app.get("/${name}")\ndef ${name}():\n    return jsonify([])\n`)
        .join("")}`,
    },
  },
});
