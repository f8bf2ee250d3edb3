import { cannotJudge, cannotRepair, defineRule, type Edit, fail, partial, pass, skip } from "../../src/rule.ts";

/** What only the own machine or a development network can be attacked by. */
const MINOR = 0.8;
/** Indexes that answer with encryption too. */
const ENCRYPTED = /^(pypi\.org|pypi\.python\.org|test\.pypi\.org|files\.pythonhosted\.org|download\.pytorch\.org)$/;

export default defineRule({
  title: "Packages come from sources that cannot be swapped",
  severity: "high",
  why: "Whoever can answer for an index, or move a branch, runs code in every build: over plain HTTP that is the network, with an extra index anyone who registers the name.",
  fix: "Use https, drop `--trusted-host`, pin `git+…@` to a full commit, and tie each private index to its packages (`explicit = true`, or one index that proxies PyPI).",
  references: ["https://docs.astral.sh/uv/concepts/indexes/", "https://pip.pypa.io/en/stable/topics/vcs-support/"],
  peers: ["zizmor insecure-url-scheme", "OpenSSF OSPS-BR-03.02", "Scorecard Pinned-Dependencies"],
  scope: "repository",
  needs: ["packageSources"],
  check({ packageSources: { untrusted, open, declares, unread } }) {
    const at = ({ path, line, sentence }: (typeof untrusted)[number]) => ({ path, line, found: sentence });
    const grave = untrusted.filter(({ isMinor }) => !isMinor);
    if (grave.length > 0) return fail(grave.map(at));
    if (open) cannotJudge(open);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (untrusted.length > 0) return partial(MINOR, untrusted.map(at));
    return declares ? pass() : skip("no dependency is declared");
  },
  message: ({ found }) => found,
  repair(_facts, places) {
    const edits = places.flatMap(({ path = "", line = 0, found }): readonly Edit[] => {
      const [, host = ""] = /^Packages come from (\S+) without encryption/.exec(found) ?? [];
      if (!ENCRYPTED.test(host)) return [];
      return [{ kind: "replace", path, line, piece: `http://${host}`, by: `https://${host}` }];
    });
    return edits.length > 0 ? edits : cannotRepair("which source is to be trusted is for people to say");
  },
  examples: {
    passes: { "requirements.txt": "django==5.2.8\n", "manage.py": "import django\n" },
    fails: {
      "requirements.txt": "--extra-index-url https://pypi.acme.example/simple\ndjango==5.2.8\nacme-billing==2.0\n",
      "manage.py": "import django\n",
    },
  },
});
