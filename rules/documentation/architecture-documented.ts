import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

/** A section without a diagram, beside no record of its own. */
const SECTION_ONLY = 0.5;

export default defineRule({
  title: "Components, data flows and decisions are recorded",
  severity: "medium",
  why: "In an incident, an audit or a rewrite somebody has to know what talks to what, and why it was built so; the code tells neither.",
  fix: "Add ARCHITECTURE.md with the components and how data flows between them, and one short file a decision in docs/decisions/.",
  byHand: "what was decided, and why, is for people to say, and a template tells nobody",
  references: ["https://adr.github.io/", "https://c4model.com/"],
  peers: ["OpenSSF OSPS-SA-01.01", "OpenSSF OSPS-SA-03.01", "SRE PRR architecture"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml"],
  scope: "repository",
  needs: ["architectureRecords", "operation"],
  check({ architectureRecords: { records, unread }, operation: { notRun } }) {
    if (notRun) return skip(notRun);
    const [record] = records;
    if (record?.isWhole) return pass([{ ...record, found: SAYS[record.kind] }]);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (record)
      return partial(SECTION_ONLY, [
        { ...record, found: "A section describes the architecture, without a diagram or a record of its own." },
      ]);
    return fail([{ found: "No document, diagram or section describes the architecture." }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "docs/architecture.md": `# Architecture\n\n${"The web process takes orders and puts them on a queue; a worker books them. ".repeat(3)}\n`,
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

const SAYS = {
  document: "A document describes the architecture.",
  decisions: "Decisions are recorded.",
  diagram: "A diagram shows the architecture.",
  section: "A section with a diagram describes the architecture.",
} as const;
