import { cannotJudge, defineRule, fail, pass } from "../../src/rule.ts";

export default defineRule({
  title: "Users can read what changed and why",
  severity: "low",
  why: "Whoever upgrades, or looks for the change that broke them, reads the commits one by one or does not upgrade.",
  fix: "Keep a CHANGELOG.md with an entry for each release, or let a tool write one (towncrier, release-please, git-cliff).",
  byHand: "what changed for users is for people to say",
  references: ["https://keepachangelog.com/"],
  peers: ["OpenSSF OSPS-BR-04.01", "OpenSSF Best Practices release_notes", "CLOMonitor changelog"],
  appliesTo: ["library", "cli", "web-service", "worker", "serverless", "data-pipeline", "ml"],
  scope: "repository",
  needs: ["changelog", "githubSettings"],
  check({ changelog: { found, version, unread }, githubSettings: { releases } }) {
    const [first] = found;
    if (!first) {
      if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
      const noted = releases.known ? releases.value.find(({ hasNotes }) => hasNotes) : undefined;
      if (noted) return pass([{ found: `The release ${noted.tag} on GitHub has notes.` }]);
      if (releases.known) return fail([{ found: "There is no changelog, and no release on GitHub has notes." }]);
      cannotJudge("there is no changelog here, and whether GitHub's releases have notes is not known");
    }
    const { path, line, newest, hasUnreleased } = first;
    const other = found.find(({ isEmpty }) => !isEmpty);
    if (!other) return fail([{ path, line, found: "The changelog has no entry." }]);
    if (newest && version && !hasUnreleased && isStale(newest.version, version))
      return fail([
        { path, line: newest.line, found: `The newest entry is ${newest.version}, and the package is at ${version}.` },
      ]);
    return pass([{ path: other.path, line: other.line, found: SAYS[other.kind] }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "CHANGELOG.md": "# Changelog\n\n## 1.1.0\n\n- Titles in Greek become slugs as well.\n",
      "pyproject.toml": '[project]\nname = "slug"\nversion = "1.1.0"\n\n[build-system]\nrequires = ["hatchling"]\n',
      "slug.py": "",
    },
    fails: {
      "CHANGELOG.md": "# Changelog\n\n## 1.1.0\n\n- Titles in Greek become slugs as well.\n",
      "pyproject.toml": '[project]\nname = "slug"\nversion = "1.4.0"\n\n[build-system]\nrequires = ["hatchling"]\n',
      "slug.py": "",
    },
  },
});

const SAYS = {
  file: "There is a changelog.",
  fragments: "Each change leaves a fragment of the changelog.",
  generated: "A tool writes the notes of each release.",
  link: "The metadata leads to the changelog.",
} as const;

/** Two releases behind at least: two minor ones, or two major ones. A single one may be under way. */
function isStale(newest: string, version: string): boolean {
  const [[majorWritten = 0, minorWritten = 0], [major = 0, minor = 0]] = [newest, version].map((one) =>
    one.split(".").map(Number),
  ) as [number[], number[]];
  return major - majorWritten >= 2 || (major === majorWritten && minor - minorWritten >= 2);
}
