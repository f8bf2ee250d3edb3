import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "Releases use a short-lived identity, not a stored token",
  severity: "high",
  why: "A stored upload token works for whoever reads it, from anywhere, until somebody notices; a trusted publisher's identity lives for minutes and only in this workflow.",
  fix: "Register the workflow as a trusted publisher on PyPI, give the job `permissions: { id-token: write }` (on GitLab `id_tokens: { PYPI_ID_TOKEN: { aud: pypi } }`), and remove the password.",
  byHand:
    "uploads would fail until PyPI knows the workflow as a publisher, which only an owner of the project can tell it",
  references: ["https://docs.pypi.org/trusted-publishers/"],
  peers: ["sp-repo-review GH105", "zizmor use-trusted-publishing"],
  scope: "repository",
  needs: ["publishing"],
  check({ publishing: { uploads, elsewhere, unread } }) {
    const all = [...uploads, ...elsewhere];
    const judged = all.filter(({ isPrivateIndex }) => !isPrivateIndex);
    const stored = judged.flatMap(({ path, credential, how }) =>
      credential ? [{ path, line: credential.line, found: `${how} uploads with ${credential.name}.` }] : [],
    );
    if (stored.length > 0) return fail(stored);
    const unclear = judged.find(({ isUnclear }) => isUnclear);
    if (unclear) cannotJudge(`how ${unclear.path}:${unclear.line} signs in is in a file that was not read`);
    if (judged.length > 0)
      return pass(
        judged.map(({ path, line, how }) => ({ path, line, found: `${how} uploads without a stored credential.` })),
      );
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return skip(all.length > 0 ? "it publishes to a private index" : "no pipeline publishes to PyPI");
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      ".github/workflows/release.yml":
        "on: { release: { types: [published] } }\njobs:\n  publish:\n    permissions:\n      id-token: write\n    steps:\n      - uses: pypa/gh-action-pypi-publish@release/v1\n",
      "slug.py": "",
    },
    fails: {
      ".github/workflows/release.yml":
        "on: { release: { types: [published] } }\njobs:\n  publish:\n    steps:\n      - uses: pypa/gh-action-pypi-publish@release/v1\n        with:\n          password: ${{ secrets.PYPI_TOKEN }}\n",
      "slug.py": "",
    },
  },
});
