import { cannotJudge, cannotRepair, defineRule, partial, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "The README tells how to install, run and test",
  severity: "medium",
  why: "Whoever is on call, or new, needs these three commands before anything else, and finds them here or asks around.",
  fix: "Add sections for installation, usage and development to the README, each with the command to copy, and name the licence or a contact.",
  references: ["https://www.makeareadme.com/"],
  peers: ["OpenSSF OSPS-DO-01.01", "OpenSSF Best Practices documentation_basics"],
  scope: "repository",
  needs: ["readmeEssentials", "readme"],
  check({ readmeEssentials: readme, readme: { unread } }) {
    if (!readme) {
      if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
      return skip("there is no README");
    }
    const { path, cut, missing, of } = readme;
    if (missing.length === 0) return pass([{ path, line: 1, found: "" }]);
    if (cut) cannotJudge(`only the beginning of ${path} could be read`);
    return partial(1 - missing.length / of, [{ path, line: 1, found: missing.join(", ") }]);
  },
  message: ({ found }) =>
    found === "" ? "It tells how to install, run and test, and under which terms." : `It does not tell: ${found}.`,
  repairNeeds: ["testWorkflow"],
  repair({ testWorkflow }, places) {
    const [place] = places.filter(({ found }) => /install|test/.test(found));
    if (!place?.path) cannotRepair("how it is used, and under which terms, is for people to say");
    if (!/\.(md|markdown)$/i.test(place.path)) cannotRepair("only a README in Markdown is written on");
    if ("reason" in testWorkflow)
      cannotRepair(`which commands install and test it is not known: ${testWorkflow.reason}`);
    const lines = `\n## Development\n\n\`\`\`sh\n${testWorkflow.commands.join("\n")}\n\`\`\``;
    return [{ kind: "append", path: place.path, lines }];
  },
  examples: {
    passes: {
      "README.md":
        "# Slug\n\n    pip install slug\n\n## Usage\n\nCall slug.\n\n## Development\n\nRun pytest.\n\n## License\n\nMIT\n",
      "slug.py": "",
    },
    fails: { "README.md": "# Slug\n\nMakes slugs.\n", "slug.py": "" },
  },
});
