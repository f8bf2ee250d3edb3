import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "Pages of other origins cannot ride on a user's session",
  severity: "high",
  why: "With every origin let in and cookies sent along, any page that a user opens can read and change their data here.",
  fix: "List the origins, from the environment where they differ, or leave out the credentials.",
  byHand: "which origins are meant, or whether cookies are, is for people to say",
  references: [
    "https://www.starlette.io/middleware/#corsmiddleware",
    "https://github.com/adamchainz/django-cors-headers#configuration",
    "https://flask-cors.readthedocs.io/en/latest/api.html",
  ],
  peers: ["semgrep wildcard-cors"],
  appliesTo: ["web-service", "serverless", "ml"],
  needs: ["crossOrigin"],
  check({ crossOrigin: { policies, undecided, unread } }) {
    const open = policies.filter(({ access }) => access === "open");
    if (open.length > 0) return fail(open.map(({ path, line }) => ({ path, line, found: {} })));
    const unclear = policies.find(({ access }) => access === "unknown");
    if (unclear) cannotJudge(`${unclear.path}:${unclear.line}: which origins are let in is computed`);
    if (undecided !== undefined) cannotJudge(undecided);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return policies.length > 0 ? pass() : skip("it lets in no other origins");
  },
  message: () => "Every origin is let in, with the cookies of the user.",
  examples: {
    passes: {
      "shop/main.py":
        'from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\n\napp = FastAPI()\napp.add_middleware(CORSMiddleware, allow_origins=["https://shop.example"], allow_credentials=True)\n',
      "requirements.txt": "fastapi\nuvicorn\n",
    },
    fails: {
      "shop/main.py":
        'from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\n\napp = FastAPI()\napp.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)\n',
      "requirements.txt": "fastapi\nuvicorn\n",
    },
  },
});
