import { cannotJudge, defineRule, fail, pass } from "../../src/rule.ts";

/** Letters of prose that a description needs; a title alone has fewer. */
const ENOUGH = 240;
const TEMPLATE =
  /a short description of the project|todo: delete this and the text above|one paragraph of (the )?project description/i;

export default defineRule({
  title: "A README says what this is",
  severity: "high",
  why: "Whoever meets the repository in an incident, an audit or on the first day has nothing else to start from.",
  fix: "Add a `README.md` at the root: a title, what the project does and for whom, and how to run it.",
  byHand: "what the project does, and for whom, is for people to say",
  references: [
    "https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-readmes",
  ],
  peers: ["sp-repo-review PY002", "CLOMonitor readme"],
  appliesTo: "any",
  scope: "repository",
  needs: ["readme"],
  check({ readme: { readme, unread } }) {
    if (!readme) {
      if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
      return fail([{ found: "There is no README in the root, .github/ or docs/." }]);
    }
    const { path, proseLength, text } = readme;
    if (TEMPLATE.test(text)) return fail([{ path, line: 1, found: "The README is the text of a template." }]);
    if (proseLength < ENOUGH)
      return fail([
        { path, line: 1, found: `The README holds ${proseLength} letters of prose: too few to describe the project.` },
      ]);
    return pass([{ path, line: 1, found: "The README describes the project." }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "README.md": `# Orders\n\n${"Orders takes the shop's orders over HTTP, checks them against the stock and hands them to the warehouse. ".repeat(3)}\n`,
      "orders/api.py": "print('orders')\n",
    },
    fails: { "README.md": "# Orders\n", "orders/api.py": "print('orders')\n" },
  },
});
