import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "A load test or benchmark can be run again",
  severity: "low",
  why: "Without a run to repeat, nobody sees that a change made it slower until its users do, and a promise of speed is a guess.",
  fix: "Add a locustfile.py or a k6 script for the main routes, or pytest-benchmark for the functions that must be fast.",
  byHand: "which load is to be borne, and how fast, is for people to say",
  references: [
    "https://docs.locust.io/en/stable/writing-a-locustfile.html",
    "https://pytest-benchmark.readthedocs.io/",
  ],
  peers: ["asv"],
  appliesTo: ["web-service", "library", "worker", "data-pipeline", "ml"],
  needs: ["loadTests", "performanceClaims", "profile", "dockerfiles"],
  check({ loadTests: [first], performanceClaims: { stated, unread }, profile, dockerfiles }) {
    const [claim] = stated;
    if (first) return pass([{ path: first.path, line: first.line, found: `It is measured by ${first.what}.` }]);
    if (claim) return fail([{ ...claim, found: "It puts a number to speed, and no load test or benchmark backs it." }]);
    if (profile.id === "library") {
      if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
      return skip("it is a library that promises no speed");
    }
    const isServed = dockerfiles.files.some(({ purpose }) => purpose === "production");
    if (profile.id === "ml" && !isServed) return skip("nothing serves the model");
    return fail([{ found: "There is no load test and no benchmark." }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "manage.py": "",
      "requirements.txt": "django\n",
      "loadtests/locustfile.py": "from locust import HttpUser\n",
    },
    fails: { "manage.py": "", "requirements.txt": "django\n" },
  },
});
