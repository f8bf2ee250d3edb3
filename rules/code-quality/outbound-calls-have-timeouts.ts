import { cannotJudge, defineRule, shareOf, skip } from "../../src/rule.ts";

export default defineRule({
  title: "Every request to another service has a time-out",
  severity: "medium",
  why: "`requests` and `urlopen` wait for ever. One service that stalls then holds every worker that calls it.",
  fix: "Add `timeout=(3, 10)` to the call, or give the session an adapter that sets it.",
  byHand: "how long a caller can wait is for people to say",
  references: [
    "https://requests.readthedocs.io/en/latest/user/advanced/#timeouts",
    "https://www.python-httpx.org/advanced/timeouts/",
  ],
  peers: ["ruff S113", "bandit B113", "pylint W3101"],
  needs: ["outboundRequests"],
  check({ outboundRequests: { all, unread } }) {
    const endless = all.filter(({ timeout }) => timeout === "none");
    const known = all.filter(({ timeout }) => timeout !== "unknown");
    if (endless.length === 0 && unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (all.length === 0) return skip("nothing here sends a request");
    const [handedOn] = all;
    if (known.length === 0) cannotJudge(`${handedOn?.path}:${handedOn?.line} hands on the keywords that it is given`);
    return shareOf(
      known.length - endless.length,
      known.length,
      endless.map(({ path, line, called }) => ({ path, line, found: { called } })),
    );
  },
  message: ({ found: { called } }) => `\`${called}\` waits for ever when the other side stalls.`,
  examples: {
    passes: {
      "shop/rates.py":
        'import requests\n\n\ndef rates():\n    return requests.get("https://rates.example", timeout=10).json()\n',
    },
    fails: {
      "shop/rates.py": 'import requests\n\n\ndef rates():\n    return requests.get("https://rates.example").json()\n',
    },
  },
});
