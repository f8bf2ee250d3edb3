import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

/** What runbooks elsewhere count for: that they are there, not what they say. */
const ELSEWHERE = 0.5;
const PARTS = ["deploy", "roll back", "restore", "reach somebody"] as const;

export default defineRule({
  title: "Those on call can act from the text",
  severity: "medium",
  why: "At night, the one who is called did not write the service; without a text every incident starts with finding out how it is deployed.",
  fix: "Add docs/runbook.md: how to deploy, how to roll back, how to restore the data, and whom to reach.",
  byHand: "how to act in an incident only those who run the service know",
  references: ["https://sre.google/workbook/on-call/"],
  peers: ["SRE PRR", "SOC 2 CC7.4", "HIPAA 164.308(a)(6)"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml"],
  scope: "repository",
  needs: ["runbooks", "operation"],
  check({ runbooks: { told, elsewhere, unread }, operation: { notOperated } }) {
    if (notOperated) return skip(notOperated);
    const value = told.size / PARTS.length;
    const missing = PARTS.filter((part) => !told.has(part));
    const places = [...told].map(([part, place]) => ({ ...place, found: `It tells how to ${part}.` }));
    if (missing.length === 0) return pass(places);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (elsewhere && value < ELSEWHERE)
      return partial(ELSEWHERE, [{ ...elsewhere, found: "It leads to runbooks elsewhere, which were not read." }]);
    const [place] = told.values();
    if (!place) return fail([{ found: `No text tells how to ${PARTS.slice(0, 3).join(", ")} or ${PARTS[3]}.` }]);
    return partial(value, [
      { ...place, found: `The texts on operations do not tell how to ${missing.join(", nor how to ")}.` },
    ]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "docs/runbook.md":
        "# Runbook\n\n## Deploy\n\nMerge to main.\n\n## Roll back\n\nRun `make rollback`.\n\n## Restore\n\nRun `make restore`.\n\n## On call\n\nCall the platform team.\n",
      "requirements.txt": "fastapi\ngunicorn\n",
      "shop/api.py": "",
    },
    fails: {
      "README.md": "# Shop\n\nTakes orders.\n",
      "requirements.txt": "fastapi\ngunicorn\n",
      "shop/api.py": "",
    },
  },
});
