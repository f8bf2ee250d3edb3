import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

const TARGETS = ["latency", "throughput", "availability"] as const;

export default defineRule({
  title: "Targets of latency, throughput and availability have numbers",
  severity: "medium",
  why: "Without a number nobody can say whether the service is well, how much load it must bear, or when to stop shipping and repair.",
  fix: "Add docs/slo.md with one line each for latency, throughput and availability, each with a number and its unit, or an OpenSLO file.",
  byHand: "the numbers are for people to say, and blanks promise nothing",
  references: ["https://sre.google/sre-book/service-level-objectives/", "https://openslo.com/"],
  peers: ["SRE book ch. 4", "SRE PRR"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml"],
  scope: "repository",
  needs: ["serviceTargets", "operation"],
  check({ serviceTargets: { machineReadable, written, section, readme, unread }, operation: { notOperated } }) {
    if (notOperated) return skip(notOperated);
    if (machineReadable)
      return pass([{ ...machineReadable, found: `Objectives are declared by ${machineReadable.name}.` }]);
    const missing = TARGETS.filter((target) => !written.has(target));
    if (missing.length === 0)
      return pass(
        [...written].map(([target, place]) => ({ ...place, found: `The target of ${target} has a number.` })),
      );
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    const [place] = written.values();
    if (place)
      return partial(written.size / TARGETS.length, [
        { ...place, found: `There is no number for ${missing.join(" or ")}.` },
      ]);
    const found = "No target of latency, throughput or availability has a number.";
    return fail([
      section ? { ...section, found } : { path: readme, line: readme === undefined ? undefined : 1, found },
    ]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "docs/slo.md":
        "# Objectives\n\n- Latency: p95 under 300 ms.\n- Throughput: 50 requests per second.\n- Availability: 99.9 % a month.\n",
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
