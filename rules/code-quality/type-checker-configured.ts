import { cannotJudge, cannotRepair, defineRule, type Edit, fail, partial, pass, skip } from "../../src/rule.ts";

/** Fewer lines without a package are a script: types would not pay. */
const SCRIPT_LINES = 300;

export default defineRule({
  title: "A type checker guards the code",
  severity: "medium",
  why: "Python finds a wrong type when the line runs, which may be in production; a type checker finds it before the merge.",
  fix: 'Add `[tool.mypy]` with `strict = true` (or pyright with `typeCheckingMode = "standard"`) and run it in CI.',
  references: ["https://mypy.readthedocs.io/en/stable/existing_code.html"],
  peers: ["sp-repo-review MY100", "sp-repo-review PC140"],
  appliesTo: ["web-service", "library", "cli", "worker", "serverless", "data-pipeline", "ml", "automation"],
  needs: ["codeTools", "pythonFiles", "packages"],
  check({ codeTools: { typeCheckers, unread }, pythonFiles, packages }) {
    const [best] = [...typeCheckers].sort((a, b) => rank(a.level) - rank(b.level));
    if (best) {
      const place = { path: best.path, line: best.line, found: `${best.tool}, ${LEVELS[best.level]}` };
      return best.level === "strict" ? pass([place]) : best.level === "basic" ? partial(0.7, [place]) : fail([place]);
    }
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (pythonFiles.productLines === 0 && pythonFiles.lines > 0) return skip("there is no code outside tests and docs");
    if (pythonFiles.productLines < SCRIPT_LINES && packages.all.length === 0)
      return skip("these are a few scripts without a package");
    return fail([{ found: "no type checker is set up" }]);
  },
  message: ({ found }) => `${found.charAt(0).toUpperCase()}${found.slice(1)}.`,
  repairNeeds: ["toolSettings", "namedDistributions"],
  repair({ codeTools: { typeCheckers }, toolSettings: { folder, pyproject: path }, namedDistributions: { places } }) {
    const [checker] = typeCheckers;
    if (checker) cannotRepair(`what a stricter ${checker.tool} finds has to be mended first`);
    const other = OTHERS.find((name) => places.has(name));
    if (other) cannotRepair(`how ${other} is set up is for people to say`);
    const settings = ["warn_redundant_casts", "warn_unused_ignores"];
    if (path) return settings.map((key): Edit => ({ kind: "set", path, at: ["tool", "mypy", key], value: true }));
    if (folder === undefined) cannotRepair("each of many components would get a file of its own");
    const text = `[mypy]\n${settings.map((key) => `${key} = True\n`).join("")}`;
    return [{ kind: "create", path: folder ? `${folder}/mypy.ini` : "mypy.ini", text }];
  },
  examples: {
    passes: { "pyproject.toml": '[project]\nname = "shop"\n[tool.mypy]\nstrict = true\n', "shop/api.py": "" },
    fails: { "pyproject.toml": '[project]\nname = "shop"\n', "shop/api.py": "" },
  },
});

/** Distributions of checkers that the repair does not choose for anybody. */
const OTHERS = ["pyright", "basedpyright", "pyrefly", "ty", "pytype", "pyre-check"];
const LEVELS = { strict: "strict", basic: "without strict settings", off: "switched off" } as const;

function rank(level: keyof typeof LEVELS): number {
  return Object.keys(LEVELS).indexOf(level);
}
