import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "Tools for development stay out of production",
  severity: "low",
  why: "Whatever is installed has to be patched and can be abused; a test runner in production only adds to both.",
  fix: 'Move it to a group, as `[dependency-groups] dev = ["pytest"]`, and leave the group out of the image: `uv sync --no-dev`, `poetry install --only main`.',
  byHand: "whatever installs the tool from there, as CI does for its tests, has to be told of its new place",
  references: ["https://peps.python.org/pep-0735/"],
  peers: ["sp-repo-review PP006", "12factor II"],
  needs: ["shippedTools", "packages", "profile"],
  check({ shippedTools: { tools, hasTools, unread }, packages: { isClassified }, profile }) {
    const installed = tools.filter(({ command }) => command !== undefined);
    const declared = tools.filter(({ command }) => command === undefined);
    const places = [
      ...declared.map(({ name, path, line }) => ({
        path,
        line,
        found: `${name} is among what the code needs to run.`,
      })),
      ...installed.map(({ name, path, line }) => ({ path, line, found: `This brings ${name} into the image.` })),
    ];
    // A program may well run a formatter or a type checker for its users.
    if (installed.length === 0 && declared[0] && (profile.isInstalled || isClassified))
      cannotJudge(`whether the package itself calls ${declared[0].name} is not known`);
    if (places.length > 0) return fail(places);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return hasTools ? pass() : skip("no tool for development is declared");
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "pyproject.toml":
        '[project]\nname = "shop"\ndependencies = ["django"]\n\n[dependency-groups]\ndev = ["pytest", "ruff"]\n',
      "manage.py": "import django\n",
    },
    fails: {
      "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["django", "pytest"]\n',
      "manage.py": "import django\n",
    },
  },
});
