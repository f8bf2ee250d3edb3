import { cannotJudge, cannotRepair, defineRule, type Edit, pass, shareOf, skip } from "../../src/rule.ts";

/** So many of the variables have to be named somewhere. */
const ENOUGH = 0.9;
const DOTENV = /\.(env|example|sample|template|dist|default)$/i;
const NAME = /^[A-Za-z_]\w{0,80}$/;

export default defineRule({
  title: "The environment variables that the code reads are documented",
  severity: "medium",
  why: "Who deploys the service has to know what to set: a variable that only the code knows is found out when it is missing in production.",
  fix: "Name the missing variables in .env.example, or in a table of settings in the README or docs/.",
  references: ["https://12factor.net/config"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml"],
  needs: ["sourceConfiguration", "documentedVariables"],
  check({ sourceConfiguration: { variables, given, unread, read }, documentedVariables }) {
    const { names, example, unread: unreadDocuments } = documentedVariables;
    const isNamed = (name: string): boolean => names.has(name) || given.has(name);
    const missing = variables.filter((one) => !one.isDescribed && !one.names.some(isNamed));
    const places = missing.map(({ path, line, names: [name = ""] }) => ({ path, line, found: name }));
    const share = variables.length === 0 ? 1 : 1 - missing.length / variables.length;
    if (share < ENOUGH) {
      const [hidden] = unreadDocuments;
      if (hidden) cannotJudge(`${hidden.path} may name them, and could not be read: ${hidden.reason}`);
      return shareOf(variables.length - missing.length, variables.length, places);
    }
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (variables.length === 0)
      return skip(read === 0 ? "nothing here is shipped" : "the code reads no variable by name");
    return pass(example === undefined ? [] : [{ path: example, line: 1, found: "" }]);
  },
  message: ({ found }) =>
    found === ""
      ? "The variables are named here."
      : `${found} is read here, and no document or example of this repository names it.`,
  repairNeeds: ["toolSettings"],
  repair({ documentedVariables: { example }, toolSettings: { folder } }, places) {
    if (folder === undefined) cannotRepair("each of many components would get a file of its own");
    // An example further down, or beside, is of another component.
    const start = folder ? `${folder}/` : "";
    const isOwn = example?.startsWith(start) && !example.slice(start.length).includes("/");
    const path = example && isOwn ? example : `${start}.env.example`;
    if (!DOTENV.test(path)) cannotRepair(`${path} is laid out in a way that is not known`);
    const names = new Set(places.map(({ found }) => found).filter((name) => NAME.test(name)));
    // An empty value is not the same as none: whoever copies the file chooses.
    return [...names].sort().map((name): Edit => ({ kind: "append", path, lines: `# ${name}=` }));
  },
  examples: {
    passes: {
      "requirements.txt": "flask\ngunicorn\n",
      "wsgi.py": 'import os\n\nDATABASE_URL = os.environ["DATABASE_URL"]\n',
      ".env.example": "DATABASE_URL=postgresql://localhost/shop\n",
    },
    fails: {
      "requirements.txt": "flask\ngunicorn\n",
      "wsgi.py": 'import os\n\nDATABASE_URL = os.environ["DATABASE_URL"]\n',
      "README.md": "# Shop\n",
    },
  },
});
