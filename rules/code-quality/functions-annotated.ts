import { cannotJudge, defineRule, offer, partial, pass, skip } from "../../src/rule.ts";

/** Fewer functions say nothing about a habit. */
const FEWEST = 20;
/** Shares of annotated functions at which the value is 0 and 1. */
const NONE = 0.2;
const ALL = 0.8;
/** Types that the users of a package cannot see. */
const UNMARKED = 0.2;

export default defineRule({
  title: "Public functions carry type hints",
  severity: "medium",
  why: "Without them no tool can tell a caller that it passes the wrong thing: the mistake is found when the line runs.",
  fix: "Annotate parameters and return values of public functions, module by module, and let the type checker run over what is annotated.",
  references: ["https://peps.python.org/pep-0484/", "https://peps.python.org/pep-0561/"],
  peers: ["ruff ANN", "PEP 561"],
  appliesTo: ["web-service", "library", "cli", "worker", "serverless", "data-pipeline", "ml", "automation"],
  needs: ["functionAnnotations", "profile"],
  check({ functionAnnotations: { functions, annotated, worst, marker, unread }, profile }) {
    if (functions < FEWEST && unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (functions < FEWEST) return skip(`there are fewer than ${FEWEST} public functions`);
    const share = annotated / functions;
    const byShare = Math.min(1, Math.max(0, (share - NONE) / (ALL - NONE)));
    const isUnmarked = profile.id === "library" && byShare > 0 && marker === undefined;
    const places = worst.map(({ path, first, ...counts }) => ({
      path,
      line: first.line,
      found: `${counts.annotated} of ${counts.functions} public functions here are annotated (in all ${annotated} of ${functions}); ${first.name} lacks its ${first.lacks === "return" ? "return type" : "parameters' types"}`,
    }));
    const unmarked = { found: "the package is typed and does not ship py.typed: its users' checkers ignore the types" };
    if (byShare === 1 && !isUnmarked) return pass();
    return partial(Math.max(0, byShare - (isUnmarked ? UNMARKED : 0)), [
      ...(byShare < 1 ? places : []),
      ...(isUnmarked ? [unmarked] : []),
    ]);
  },
  message: ({ found }) => `${found.charAt(0).toUpperCase()}${found.slice(1)}.`,
  repairNeeds: ["typedMarkers"],
  repair({ functionAnnotations: { functions, annotated, marker }, typedMarkers }) {
    const isTyped = functions > 0 && annotated / functions >= ALL && marker === undefined;
    return offer(isTyped ? typedMarkers : [], "what a function takes and gives is for people to say");
  },
  examples: {
    passes: {
      "shop/cart.py": Array.from(
        { length: 20 },
        (_, n) => `def total_${n}(price: int) -> int:\n    return price\n`,
      ).join("\n"),
    },
    fails: {
      "shop/cart.py": Array.from({ length: 20 }, (_, n) => `def total_${n}(price):\n    return price\n`).join("\n"),
    },
  },
});
