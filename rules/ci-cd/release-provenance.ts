import { cannotJudge, defineRule, offer, pass, shareOf, skip } from "../../src/rule.ts";

/** Files of a release that say who made the others. */
const PROOF = /\.(sigstore(\.json)?|intoto\.jsonl|asc|sig|minisig)$/;

export default defineRule({
  title: "What is released says who built it",
  severity: "medium",
  why: "Without an attestation nobody can tell the file that your pipeline built from one that somebody put in its place.",
  fix: "Upload with `pypa/gh-action-pypi-publish` as a trusted publisher, which attests by itself; for images leave `provenance` on or add `actions/attest-build-provenance` or `cosign sign`.",
  references: [
    "https://docs.pypi.org/attestations/",
    "https://docs.github.com/actions/how-tos/secure-your-work/use-artifact-attestations/use-artifact-attestations",
  ],
  peers: ["Scorecard Signed-Releases", "OpenSSF OSPS-BR-06.01"],
  scope: "repository",
  needs: ["releaseAttestations", "githubSettings"],
  check({ releaseAttestations: { publications, hidden, unread }, githubSettings: { releases } }) {
    const [newest] = releases.known ? releases.value : [];
    const proof = newest?.assets.find((name) => PROOF.test(name));
    if (publications.length === 0) {
      if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
      if (hidden) cannotJudge(`what attests the release at ${hidden.path}:${hidden.line} cannot be read`);
      return skip("no workflow publishes a package or an image");
    }
    if (newest && proof && publications.every(({ kind }) => kind === "package"))
      return pass([{ found: `The release ${newest.tag} comes with ${proof}.` }]);
    if (publications.every(({ by }) => by !== undefined))
      return pass(publications.map(({ path, line, by }) => ({ path, line, found: `\`${by}\` says who built it.` })));
    const bare = publications.filter(({ by }) => by === undefined);
    return shareOf(
      publications.length - bare.length,
      publications.length,
      bare.map(({ path, line, says }) => ({ path, line, found: says })),
    );
  },
  message: ({ found }) => found,
  repairNeeds: ["missingAttestations"],
  repair: ({ missingAttestations }) =>
    offer(missingAttestations, "what attests it, and by whose identity, is for people to say"),
  examples: {
    passes: {
      "slug.py": "",
      ".github/workflows/release.yml":
        "on: release\njobs:\n  publish:\n    permissions:\n      id-token: write\n    steps:\n      - uses: pypa/gh-action-pypi-publish@release/v1\n",
    },
    fails: {
      "slug.py": "",
      ".github/workflows/release.yml":
        "on: release\njobs:\n  publish:\n    steps:\n      - run: twine upload dist/*\n        env:\n          TWINE_PASSWORD: ${{ secrets.PYPI }}\n",
    },
  },
});
