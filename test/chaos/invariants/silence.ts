import { NEXT_SECRET } from "../faults/deliveries.ts";
import type { Evidence, Invariant } from "./evidence.ts";

/** Nothing that is secret, and nothing that people wrote, is in what the processes say. */
export const silence: Invariant = {
  id: "I12",
  claim: "no secret, payload or source line in logs or metrics",
  problems({ sandbox, cluster, people, metrics }: Evidence) {
    const said = [...cluster.everyone.map(({ output }) => output), metrics];
    const words: (readonly [string, string])[] = [
      ["the webhook secret", sandbox.app.webhookSecret],
      ["the webhook's next secret", NEXT_SECRET],
      ["the private key", sandbox.app.privateKey.split("\n")[1] ?? ""],
      ["a planted credential", "wh-7f3a91c2-pine-harbour"],
      ["a line of source", "return sum(prices)"],
      ...[...sandbox.state.tokens.keys()].map((secret) => ["a token", secret] as const),
      ...people.projects.map(({ mark }) => ["a repository's own word", mark] as const),
    ];
    return [
      ...new Set(
        words
          .filter(([, word]) => word && said.some((text) => text.includes(word)))
          .map(([what]) => `${what} was said`),
      ),
    ];
  },
};
