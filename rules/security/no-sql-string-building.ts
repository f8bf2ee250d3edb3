import { cannotJudge, defineRule, pass, skip, worstOf } from "../../src/rule.ts";

export default defineRule({
  title: "Queries take their values as parameters",
  severity: "high",
  why: "A value that is put into the text of a query can end the query and begin another one.",
  fix: "Write a placeholder and pass the value beside the text. Quote names with `psycopg.sql.Identifier` or `connection.ops.quote_name`, or take them from a fixed list.",
  byHand: "which parts of the statement are values is for people to say",
  references: [
    "https://cheatsheetseries.owasp.org/cheatsheets/Query_Parameterization_Cheat_Sheet.html",
    "https://cwe.mitre.org/data/definitions/89.html",
  ],
  peers: ["ruff S608", "ruff S610", "ruff S611", "bandit B608"],
  needs: ["sqlValues"],
  check({ sqlValues: { all, read, unread } }) {
    if (read + unread.length === 0) return skip("nothing here is shipped");
    const places = all
      // Names and pieces cannot be parameters, and are handed around inside: only those that somebody sends count.
      .filter(({ stands, origin }) => stands === "value" || origin === "external")
      .map(({ path, line, called, stands, origin, purpose }) => {
        const isInput = origin === "external" || (origin === "parameter" && stands === "value");
        const value = purpose === "migration" ? 0.8 : isInput && purpose === "production" ? 0 : 0.5;
        return { path, line, found: { value, called, stands } };
      });
    if (places.length === 0 && unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return places.length === 0 ? pass() : worstOf(places);
  },
  message({ found: { called, stands } }) {
    if (stands === "value") return `\`${called}\` gets a value inside its text, where a parameter belongs.`;
    return stands === "name"
      ? `\`${called}\` gets the name of a table or a column that nothing here quotes.`
      : `\`${called}\` gets a piece of its statement from a variable.`;
  },
  examples: {
    passes: {
      "shop/orders.py":
        'def order(cursor, number):\n    cursor.execute("SELECT * FROM orders WHERE number = %s", (number,))\n',
    },
    fails: {
      "shop/orders.py":
        "def order(cursor, number):\n    cursor.execute(f\"SELECT * FROM orders WHERE number = '{number}'\")\n",
    },
  },
});
