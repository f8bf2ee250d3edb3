import { cannotJudge, defineRule, fail, offer, partial, pass, skip } from "../../src/rule.ts";

/** Bots that may be set up for a whole organisation. */
const UPDATERS = /^(app\/)?(renovate|mend-for-github-com|pyup-bot)\b/i;

export default defineRule({
  title: "Updates of dependencies arrive by themselves",
  severity: "high",
  why: "Nobody reads release notes of a hundred packages; without a bot, fixes for known vulnerabilities wait for chance.",
  fix: "Add `.github/dependabot.yml` with an entry for your Python manager (`pip`, or `uv` for `uv.lock`) that covers every manifest, or set up Renovate.",
  references: ["https://docs.github.com/code-security/dependabot/dependabot-version-updates"],
  peers: ["Scorecard Dependency-Update-Tool", "sp-repo-review GH200", "CLOMonitor dependency_update_tool"],
  scope: "repository",
  needs: ["updateBots", "dependencies", "locks", "githubSettings", "pythonUpdates"],
  check({
    updateBots: { dependabot, others, unread },
    dependencies: { manifests, unread: closed },
    locks,
    pythonUpdates: { missed },
    githubSettings: { recentChanges, securityUpdates },
  }) {
    if (closed.length === 0 && !manifests.some(({ declares }) => declares)) return skip("no dependency is declared");
    const [other] = others;
    if (other) return pass([{ path: other.path, line: other.line, found: `${other.name} proposes updates.` }]);
    const merged = recentChanges.known ? recentChanges.value.merged : [];
    const elsewhere = merged.find(({ author }) => UPDATERS.test(author));
    if (elsewhere)
      return pass([{ found: `${elsewhere.author} proposes updates, as pull request ${elsewhere.number}.` }]);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (!dependabot && securityUpdates.known && securityUpdates.value)
      return partial(0.5, [{ found: "Dependabot mends known vulnerabilities, and proposes no other update." }]);
    if (!dependabot) return fail([{ found: "Nothing in the repository proposes updates of dependencies." }]);
    const { path, line, python } = dependabot;
    const [entry] = python;
    if (!entry) return fail([{ path, line, found: "Dependabot has no entry for a Python manager." }]);
    const weak = (found: string) => partial(0.5, [{ path, line: entry.line, found }]);
    if (python.every(({ proposesUpdates }) => !proposesUpdates))
      return weak("open-pull-requests-limit is 0: only security updates arrive.");
    const lock = locks.files.find(({ format }) => format === "uv");
    if (lock && locks.files.length === 1 && python.every(({ ecosystem }) => ecosystem !== "uv"))
      return weak(`The pip ecosystem does not maintain ${lock.path}; uv does.`);
    if (missed.length > 0) return weak(`It misses most manifests, in ${missed.join(", ")}.`);
    return pass([{ path, line: entry.line, found: `Dependabot proposes updates for ${entry.ecosystem}.` }]);
  },
  message: ({ found }) => found,
  repair: ({ pythonUpdates: { edits, chosen } }) =>
    offer(edits, chosen ?? "no entry of Dependabot fits what is declared"),
  examples: {
    passes: {
      ".github/dependabot.yml":
        "version: 2\nupdates:\n  - package-ecosystem: pip\n    directory: /\n    schedule: { interval: weekly }\n",
      "requirements.txt": "django\n",
      "shop/api.py": "",
    },
    fails: { "requirements.txt": "django\n", "shop/api.py": "" },
  },
});
