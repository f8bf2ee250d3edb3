import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "Work that keeps the processor busy runs outside of requests",
  severity: "low",
  why: "One request that computes holds the interpreter's lock, and every other request of the process waits for it.",
  fix: "Start several worker processes, or hand the work to a task queue, a ProcessPoolExecutor or a server for inference.",
  byHand: "whether a thread, a process or a queue takes the work is for people to say",
  references: [
    "https://docs.python.org/3/library/concurrent.futures.html#processpoolexecutor",
    "https://fastapi.tiangolo.com/async/",
  ],
  appliesTo: ["web-service", "worker", "ml"],
  needs: ["heavyWork", "operation"],
  check({ heavyWork: { inHandlers, strategy, mayHaveWorkers, unread }, operation: { notRun } }) {
    if (notRun) return skip(notRun);
    if (strategy) return pass([{ path: strategy.path, line: strategy.line, found: strategy.says }]);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (inHandlers.length === 0) return skip("no request is seen to keep the processor busy");
    if (mayHaveWorkers) cannotJudge("the settings of its server may start several processes");
    return fail(
      inHandlers.map(({ path, line, called }) => ({
        path,
        line,
        found: `\`${called}\` keeps the processor busy in a request, and nothing here spreads the work.`,
      })),
    );
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "requirements.txt": "fastapi\nuvicorn\npandas\ncelery\n",
      "shop/main.py":
        'import pandas\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.post("/import")\ndef load(path: str):\n    return len(pandas.read_csv(path))\n',
    },
    fails: {
      "requirements.txt": "fastapi\nuvicorn\npandas\n",
      "shop/main.py":
        'import pandas\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.post("/import")\ndef load(path: str):\n    return len(pandas.read_csv(path))\n',
    },
  },
});
