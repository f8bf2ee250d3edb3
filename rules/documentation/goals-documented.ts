import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

const PARTS = [
  "the problem that it solves",
  "the main workflows",
  "the expected scale",
  "the regulatory scope",
] as const;

export default defineRule({
  title: "The problem, the workflows, the scale and the regulatory scope are stated",
  severity: "medium",
  why: "Whether a design is good enough depends on who uses it, for what, how much, and under which law; where that is not written, each reader guesses.",
  fix: "Add docs/goals.md: the problem and its users, the main workflows, the expected scale in numbers, and the regimes that apply, or that none does.",
  byHand: "the goals are for people to say, and blanks state none",
  references: ["https://csrc.nist.gov/pubs/sp/800/218/final"],
  peers: ["SSDF PO.1", "OpenSSF Best Practices documentation_roadmap"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml"],
  scope: "repository",
  needs: ["goals", "operation"],
  check({ goals: { stated, readme, unread }, operation: { notRun } }) {
    if (notRun) return skip(notRun);
    const missing = PARTS.filter((part) => !stated.has(part));
    if (missing.length === 0)
      return pass([...stated].map(([part, place]) => ({ ...place, found: `It states ${part}.` })));
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    const place = { path: readme, line: readme === undefined ? undefined : 1 };
    if (stated.size === 0)
      return fail([{ ...place, found: "Nothing states the goals: problem, workflows, scale, regulatory scope." }]);
    return partial(stated.size / PARTS.length, [{ ...place, found: `Nothing states ${missing.join(", nor ")}.` }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "docs/goals.md":
        "# Goals\n\nShops lose orders at peak; their staff need one place to see them.\n\n## Workflows\n\nTake an order, book it, send it.\n\n## Scale\n\n2,000 orders an hour.\n\n## Compliance\n\nGDPR applies.\n",
      "requirements.txt": "fastapi\ngunicorn\n",
      "shop/api.py": "",
    },
    fails: { "README.md": "# Shop\n", "requirements.txt": "fastapi\ngunicorn\n", "shop/api.py": "" },
  },
});
