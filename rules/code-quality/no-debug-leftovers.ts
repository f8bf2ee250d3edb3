import { cannotJudge, cannotRepair, defineRule, type Edit, fail, partial, pass, skip } from "../../src/rule.ts";

/** What prints in place of a log leave: they are seen, and carry neither level nor time. */
const PRINTS_LEAVE = 0.8;
/** Profiles whose output nobody watches on a terminal. */
const SERVES = ["web-service", "worker"];

const PROJECT = '[project]\nname = "shop"\nversion = "1"\n[project.scripts]\nshop = "shop.cart:total"\n';

export default defineRule({
  title: "No debugger and no print for debugging is shipped",
  severity: "medium",
  why: "A forgotten `breakpoint()` stops a worker for ever; a debugger that listens gives the process to whoever connects.",
  fix: "Delete the line; write to a logger what operators should see.",
  references: [
    "https://docs.python.org/3/library/functions.html#breakpoint",
    "https://docs.python.org/3/howto/logging.html",
  ],
  peers: ["ruff T100", "ruff T201"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml", "library", "cli"],
  needs: ["debugLeftovers", "profile"],
  check({ debugLeftovers: { all, read, unread }, profile }) {
    if (read + unread.length === 0) return skip("nothing here is shipped");
    const placesOf = (kind: "debugger" | "print") =>
      all
        .filter((one) => one.kind === kind)
        .map(({ path, line, says, isAlone }) => ({ path, line, found: { says, isAlone, isPrint: kind === "print" } }));
    const debuggers = placesOf("debugger");
    if (debuggers.length > 0) return fail(debuggers);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    const prints = SERVES.includes(profile.id) ? placesOf("print") : [];
    return prints.length > 0 ? partial(PRINTS_LEAVE, prints) : pass();
  },
  message: ({ found: { says, isPrint } }) =>
    isPrint
      ? "`print()` writes without level, time or logger; a service is read by its logs."
      : `\`${says}\` is left from debugging.`,
  repair(_facts, places) {
    const edits = places.flatMap(({ path = "", line = 0, found: { isAlone } }): readonly Edit[] =>
      isAlone ? [{ kind: "delete", path, line }] : [],
    );
    return edits.length > 0 ? edits : cannotRepair("what stays without the line is for people to say");
  },
  examples: {
    passes: {
      "pyproject.toml": PROJECT,
      "shop/cart.py": "def total(prices):\n    return sum(prices)\n",
    },
    fails: {
      "pyproject.toml": PROJECT,
      "shop/cart.py": "def total(prices):\n    breakpoint()\n    return sum(prices)\n",
    },
  },
});
