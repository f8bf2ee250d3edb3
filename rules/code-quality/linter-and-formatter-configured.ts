import { cannotJudge, cannotRepair, defineRule, type Edit, fail, partial, pass } from "../../src/rule.ts";

export default defineRule({
  title: "A linter and a formatter hold the house style",
  severity: "medium",
  why: "A linter finds unused names, shadowed builtins and likely bugs before a reviewer has to; a formatter ends talk about layout.",
  fix: "Add `[tool.ruff]` to `pyproject.toml` and run `ruff check` and `ruff format` in CI or as pre-commit hooks.",
  references: ["https://docs.astral.sh/ruff/configuration/"],
  peers: ["sp-repo-review RF001", "sp-repo-review PC110", "sp-repo-review PC190"],
  appliesTo: ["web-service", "library", "cli", "worker", "serverless", "data-pipeline", "ml", "automation"],
  needs: ["codeTools"],
  check({ codeTools: { linters, formatters, unread } }) {
    const linter = linters.find(({ by }) => by !== "dependency");
    const formatter = formatters.find(({ by }) => by !== "dependency");
    const places = [linter, formatter].flatMap((use) =>
      use ? [{ path: use.path, line: use.line, found: `${use.tool} is set up here.` }] : [],
    );
    if (linter && formatter) return pass(places);
    if (linter) return partial(0.7, [...places, { found: "No formatter is set up." }]);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (formatter) return partial(0.3, [...places, { found: "No linter is set up." }]);
    const [named] = [...linters, ...formatters];
    if (named)
      return partial(0.3, [
        { path: named.path, line: named.line, found: `${named.tool} is named here, and set up nowhere.` },
      ]);
    return fail([{ found: "No linter and no formatter is set up." }]);
  },
  message: ({ found }) => found,
  repairNeeds: ["toolSettings"],
  repair({ codeTools: { linters, formatters }, toolSettings: { ruff } }) {
    const other = [...linters, ...formatters].find(({ tool }) => !/^(ruff|black)(-format)?$/.test(tool));
    if (other) cannotRepair(`what goes with ${other.tool} is for people to say`);
    const set = (keys: readonly string[], value: string | readonly string[]): Edit => ({
      kind: "set",
      path: ruff.path,
      at: [...ruff.at, ...keys],
      value,
    });
    const isLinted = linters.some(({ by }) => by !== "dependency");
    // No house style is invented: quotes stay as they are.
    return [
      ...(isLinted ? [] : [set(["lint", "extend-select"], ["B"])]),
      ...(formatters.length > 0 ? [] : [set(["format", "quote-style"], "preserve")]),
    ];
  },
  examples: {
    passes: {
      "pyproject.toml": '[tool.ruff]\nline-length = 100\n\n[tool.ruff.format]\nquote-style = "double"\n',
      "shop/api.py": "",
    },
    fails: { "requirements.txt": "django\n", "shop/api.py": "" },
  },
});
