import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "No asynchronous function makes a call that blocks the event loop",
  severity: "medium",
  why: "While one handler waits in a blocking call, every other request of the process waits with it.",
  fix: "Await an asynchronous client (`httpx.AsyncClient`, `asyncio.sleep`, `asyncio.create_subprocess_exec`), or hand the call to `asyncio.to_thread`.",
  byHand: "which library that does not block takes its place is for people to say",
  references: [
    "https://docs.python.org/3/library/asyncio-dev.html#running-blocking-code",
    "https://docs.astral.sh/ruff/rules/#flake8-async-async",
  ],
  peers: ["ruff ASYNC210", "ruff ASYNC220", "ruff ASYNC221", "ruff ASYNC251"],
  appliesTo: ["web-service", "worker"],
  needs: ["blockingCalls"],
  check({ blockingCalls: { all, hasEventLoop, unread } }) {
    if (all.length > 0) return fail(all.map(({ path, line, called }) => ({ path, line, found: { called } })));
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (!hasEventLoop) return skip("nothing here runs in an event loop");
    return pass();
  },
  message: ({ found }) => `\`${found.called}\` blocks the event loop.`,
  examples: {
    passes: {
      "requirements.txt": "fastapi\nuvicorn\nhttpx\n",
      "shop/main.py":
        'import httpx\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/rates")\nasync def rates():\n    async with httpx.AsyncClient() as client:\n        return (await client.get("https://rates.example/")).json()\n',
    },
    fails: {
      "requirements.txt": "fastapi\nuvicorn\nrequests\n",
      "shop/main.py":
        'import requests\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/rates")\nasync def rates():\n    return requests.get("https://rates.example/", timeout=5).json()\n',
    },
  },
});
