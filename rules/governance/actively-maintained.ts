import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

const YOUNG_DAYS = 90;
const ACTIVE_DAYS = 180;
const ABANDONED_DAYS = 365;
/** Quiet for long, and nothing is known to be wrong. */
const QUIET = 0.5;

export default defineRule({
  title: "Somebody would fix a problem found tomorrow",
  severity: "low",
  why: "Whoever builds on a repository that nobody keeps up inherits its vulnerabilities on the day that they are found.",
  fix: "Merge what waits, or say in the README that the project is finished and only security fixes are made.",
  byHand: "it takes somebody who maintains it",
  references: ["https://github.com/ossf/scorecard/blob/main/docs/checks.md#maintained"],
  peers: ["Scorecard Maintained", "CLOMonitor maintained", "OpenSSF Best Practices maintained"],
  appliesTo: "any",
  scope: "repository",
  needs: ["maintenance", "githubSettings"],
  check({ maintenance, githubSettings: { openVulnerabilityAlerts: alerts } }) {
    if (!maintenance.known) cannotJudge(maintenance.reason);
    const { archived, age, quiet, isStated } = maintenance.value;
    if (archived) return fail([{ found: "The repository is archived." }]);
    if (age < YOUNG_DAYS) return skip(`the repository is younger than ${YOUNG_DAYS} days`);
    if (quiet <= ACTIVE_DAYS) return pass([{ found: `Something happened within the last ${ACTIVE_DAYS} days.` }]);
    const isExposed = quiet > ABANDONED_DAYS && alerts.known && alerts.value;
    if (isExposed)
      return fail([{ found: `Nothing has happened for ${quiet} days, and vulnerabilities are known and open.` }]);
    if (isStated) return pass([{ path: isStated.path, found: "The README says how the project is kept up." }]);
    return partial(QUIET, [{ found: `Nothing has happened for ${quiet} days.` }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: { "shop/api.py": "" },
    fails: { "shop/api.py": "" },
    outside: {
      passes: {
        settings: {
          activity: { archived: false, createdAt: "2021-03-01T00:00:00Z", lastAt: "2026-11-20T00:00:00Z" },
        },
      },
      fails: {
        settings: {
          activity: { archived: true, createdAt: "2021-03-01T00:00:00Z", lastAt: "2023-05-02T00:00:00Z" },
        },
      },
    },
  },
});
