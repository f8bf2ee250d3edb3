import { cannotJudge, defineRule, shareOf, skip } from "../../src/rule.ts";

export default defineRule({
  title: "Jobs that release install fixed versions",
  severity: "medium",
  why: "A tool that is fetched at its newest version runs beside the credentials of the release: whoever takes it over publishes in your name the same hour.",
  fix: "Write `pip install build==1.3.0`, install from a lock (`uv sync --locked`) or with hashes, and replace `curl … | sh` by an action or a download whose checksum is verified.",
  byHand: "which version has been used so far only the logs tell",
  references: ["https://github.com/ossf/scorecard/blob/main/docs/checks.md#pinned-dependencies"],
  peers: ["Scorecard Pinned-Dependencies", "zizmor adhoc-packages", "poutine unverified_script_exec"],
  scope: "repository",
  needs: ["releaseInstalls"],
  check({ releaseInstalls: { installs, canRelease, hidden, unread } }) {
    if (!canRelease) {
      if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
      if (hidden) cannotJudge(`what the release at ${hidden.path}:${hidden.line} installs cannot be read`);
      return skip("no workflow publishes or deploys");
    }
    const floating = installs.flatMap(({ path, line, text, floating: what }) =>
      what === undefined ? [] : [{ path, line, found: { text, what } }],
    );
    return shareOf(installs.length - floating.length, installs.length, floating);
  },
  message: ({ found: { text, what } }) =>
    /^https?:|^a script$/.test(what)
      ? `${what} is run as it is fetched, whatever it holds that day.`
      : `\`${text}\` fixes no version of what it installs.`,
  examples: {
    passes: {
      "slug.py": "",
      ".github/workflows/release.yml":
        "on: release\njobs:\n  publish:\n    steps:\n      - run: pip install build==1.3.0 twine==6.2.0\n      - run: twine upload dist/*\n",
    },
    fails: {
      "slug.py": "",
      ".github/workflows/release.yml":
        "on: release\njobs:\n  publish:\n    steps:\n      - run: pip install build twine\n      - run: twine upload dist/*\n",
    },
  },
});
