import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "Every shipped module is valid for the Python that it claims",
  severity: "high",
  why: "A module that does not parse fails at the moment it is imported: at a customer's, when no test imports it.",
  fix: "Mend the syntax, or raise `requires-python` to the version that has it.",
  byHand: "what the broken line was meant to say is for people to know",
  references: [
    "https://docs.python.org/3/whatsnew/",
    "https://packaging.python.org/en/latest/specifications/core-metadata/#requires-python",
  ],
  peers: ["ruff invalid-syntax", "vermin"],
  needs: ["syntaxErrors", "claimedPythons"],
  check({ syntaxErrors: { problems, unread, read }, claimedPythons }) {
    if (read + unread.length === 0) return skip("nothing here is shipped");
    const lowest = claimedPythons?.lowest;
    const places = problems.flatMap(({ path, line, says, since }) => {
      if (since === undefined) return [{ path, line, found: says }];
      const isTooNew = lowest !== undefined && Number(since.split(".")[1]) > Number(lowest.split(".")[1]);
      return isTooNew
        ? [
            {
              path,
              line,
              found: `${says.replace(/ on Python.*/, "")}: ${lowest} is claimed as well, and it came with ${since}`,
            },
          ]
        : [];
    });
    if (places.length > 0) return fail(places);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return pass();
  },
  message: ({ found }) => `${found}.`,
  examples: {
    passes: { "shop/cart.py": "def total(prices):\n    return sum(prices)\n" },
    fails: { "shop/cart.py": "def total(prices):\n    print 'total'\n" },
  },
});
