import { defineRule, fail, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "One tool owns the lock",
  severity: "low",
  why: "Two locks drift apart, and whoever installs from the stale one gets versions that nobody tested.",
  fix: "Keep the lock of the manager that CI and the image install from, and delete the other.",
  byHand: "which of the managers stays is for people to say",
  references: ["https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile"],
  needs: ["lockRivals"],
  check({ lockRivals: { lock, rivals, disagreements } }) {
    if (rivals.length > 0)
      return fail(rivals.map(({ path }) => ({ path, line: 1, found: "Another manager's lock lies beside this one." })));
    if (!lock) return skip("there is no lock of uv, Poetry, PDM or Pipenv");
    if (disagreements.length > 0)
      return fail(
        disagreements.map(({ path, line, name, pinned, locked }) => ({
          path,
          line,
          found: `${name} is ${pinned} here and ${locked.join(" or ")} in ${lock.path}.`,
        })),
      );
    return pass([{ path: lock.path, line: 1, found: "It is the only lock." }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: { "pyproject.toml": '[project]\nname = "shop"\n', "uv.lock": "version = 1\n", "shop.py": "" },
    fails: {
      "pyproject.toml": '[project]\nname = "shop"\n',
      "uv.lock": "version = 1\n",
      "poetry.lock": "",
      "shop.py": "",
    },
  },
});
