import rule from "../../../rules/code-quality/async-code-not-blocked.ts";
import { describeRule } from "../../support/describe-rule.ts";

const service = (text: string) => ({
  "requirements.txt": "fastapi\nuvicorn\n",
  "shop/api.py": `import asyncio\nimport subprocess\nimport time\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n\n${text}`,
});

describeRule(rule, [
  {
    name: "a sleep and a program in a handler",
    repo: service('@app.get("/")\nasync def page():\n    time.sleep(1)\n    return subprocess.run(["ls"])\n'),
    expect: "fail",
    evidence: ["shop/api.py:11", "shop/api.py:12"],
    says: "`time.sleep` blocks",
  },
  {
    name: "calls that a thread makes",
    repo: service(
      "async def page():\n    await asyncio.to_thread(time.sleep, 1)\n    await asyncio.to_thread(lambda: time.sleep(1))\n\n    def slow():\n        time.sleep(1)\n\n    await asyncio.to_thread(slow)\n",
    ),
    expect: "pass",
  },
  {
    name: "a handler that runs in the pool of threads",
    repo: service('@app.get("/")\ndef page():\n    time.sleep(1)\n'),
    expect: "pass",
  },
  {
    name: "what runs once, when it starts",
    repo: service(
      '@app.on_event("startup")\nasync def warm():\n    time.sleep(1)\n\n\nasync def lifespan(app):\n    subprocess.run(["ls"])\n    yield\n',
    ),
    expect: "pass",
  },
  {
    name: "a place that is silenced for Ruff",
    repo: service("async def page():\n    time.sleep(1)  # noqa: ASYNC251\n"),
    expect: "pass",
  },
  {
    name: "a query in an asynchronous view of Django",
    repo: {
      "manage.py": "",
      "requirements.txt": "django\ndaphne\n",
      "shop/views.py":
        "from shop.models import Order\n\n\nasync def order(request, key):\n    found = await Order.objects.aget(pk=key)\n    return Order.objects.get(pk=key), found\n",
    },
    expect: "fail",
    evidence: ["shop/views.py:6"],
    says: "`Order.objects.get`",
  },
  {
    name: "a function of its own named like a module's",
    repo: service("async def page(requests):\n    return requests.get('x')\n"),
    expect: "pass",
  },
  {
    name: "a command that a person runs",
    repo: {
      ...service(""),
      "shop/management/commands/load.py": "import time\n\n\nasync def load():\n    time.sleep(1)\n",
    },
    expect: "pass",
  },
  {
    name: "Flask without a loop",
    repo: { "requirements.txt": "flask\ngunicorn\n", "app.py": "import flask\n" },
    expect: "skip",
  },
  {
    name: "sources that cannot be read",
    repo: { "requirements.txt": "flask\ngunicorn\n", "app.py": { unreadable: "it is too large" } },
    expect: "unknown",
  },
]);
