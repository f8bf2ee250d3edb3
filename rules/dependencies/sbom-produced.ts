import { cannotJudge, cannotRepair, defineRule, type Edit, fail, partial, pass, skip } from "../../src/rule.ts";

/** The graph can be exported for the branch as it is now, and comes with no release. */
const GRAPH_ONLY = 0.5;

export default defineRule({
  title: "Every release comes with a list of its components",
  severity: "low",
  why: "When the next vulnerability is announced, a bill of materials answers which releases hold the package, without building each of them again.",
  fix: "Set `sbom: true` in docker/build-push-action, or add a step with anchore/sbom-action or `cyclonedx-py` to the release workflow.",
  references: ["https://docs.docker.com/build/metadata/attestations/sbom/", "https://cyclonedx.org/"],
  peers: ["Scorecard SBOM", "CLOMonitor sbom", "OpenSSF OSPS-QA-02.02", "SSDF PS.3.2", "PCI DSS 6.3.2"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml", "cli", "library"],
  scope: "repository",
  needs: ["inventories", "githubSettings"],
  check({ inventories: { made, releases, hidden, unread }, githubSettings: { vulnerabilityAlerts: alerts } }) {
    const [first] = made;
    if (first)
      return pass([{ path: first.path, line: first.line, found: `\`${first.what}\` writes a bill of materials.` }]);
    const [release] = releases;
    if (hidden) cannotJudge(`what ${hidden} does is not in this repository`);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (!release) return skip("nothing here is released");
    const { path, line } = release;
    // Alerts rest on the dependency graph, which can be exported.
    if (alerts.known && alerts.value)
      return partial(GRAPH_ONLY, [{ path, line, found: "Only GitHub's dependency graph lists what is in a release." }]);
    return fail([{ path, line, found: "Nothing writes a bill of materials of what is shipped here." }]);
  },
  message: ({ found }) => found,
  repair({ inventories: { tellable } }) {
    if (tellable.length === 0) cannotRepair("which step of the release should write it is for people to say");
    return tellable.map(({ path, line }): Edit => {
      return { kind: "set", path, line, key: "uses", at: ["with", "sbom"], value: true };
    });
  },
  examples: {
    passes: {
      ".github/workflows/release.yml":
        "on: { release: { types: [published] } }\njobs:\n  image:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          push: true\n          sbom: true\n",
      "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["django"]\n',
      "manage.py": "",
    },
    fails: {
      ".github/workflows/release.yml":
        "on: { release: { types: [published] } }\njobs:\n  image:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          push: true\n",
      "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["django"]\n',
      "manage.py": "",
    },
  },
});
