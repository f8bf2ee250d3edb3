import { readFileSync, writeFileSync } from "node:fs";
import { chaosPage } from "../test/chaos/page.ts";
import type { Outcome } from "../test/chaos/schedule.ts";

/**
 * Writes docs/chaos.md from what `npm run chaos -- --output FILE` left: `node scripts/chaos-page.ts FILE…`. Of a
 * schedule that was run again the last outcome counts.
 */
const all = process.argv.slice(2).flatMap((file) =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line): Outcome => {
      const { met, problems, ...rest } = JSON.parse(line);
      return { ...rest, met: new Map(Object.entries(met)), problems: new Map(Object.entries(problems)) };
    }),
);
const keyOf = ({ seed, met }: Outcome): string => [seed, ...met.keys()].join();
const outcomes = [...new Map(all.map((outcome) => [keyOf(outcome), outcome])).values()];
if (outcomes.length === 0) {
  console.error("Name the files that `npm run chaos -- --output FILE` wrote.");
  process.exit(2);
}
writeFileSync("docs/chaos.md", chaosPage(outcomes, new Date().toISOString().slice(0, 10)));
