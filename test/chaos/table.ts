import { faults } from "./faults/all.ts";
import { invariants } from "./invariants/all.ts";
import type { Outcome } from "./schedule.ts";

const COLUMNS = [...invariants.map(({ id }) => id), "own"];

/** A row a fault: how many schedules met it, how often it happened in them, and how often each invariant broke. */
export function faultTable(outcomes: readonly Outcome[]): string {
  const rows = [...faults.values()].flatMap(({ name, proves }) => {
    const own = outcomes.filter(({ met }) => (met.get(name) ?? 0) > 0);
    if (own.length === 0) return [];
    const times = own.reduce((sum, { met }) => sum + (met.get(name) ?? 0), 0);
    const cells = COLUMNS.map((id) => {
      const broken = own.filter(({ problems }) => (problems.get(id) ?? []).length > 0).length;
      return broken === 0 ? "holds" : `**broken in ${broken}**`;
    });
    return [`| ${[`\`${name}\``, proves.join(", "), own.length, times, ...cells].join(" | ")} |`];
  });
  return [
    `| ${["fault", "no.", "schedules", "met", ...COLUMNS].join(" | ")} |`,
    `|${"---|".repeat(COLUMNS.length + 4)}`,
    ...rows,
  ].join("\n");
}

/** What broke in a schedule, with how to run it again; empty where nothing did. */
export function failureText({ seed, met, problems }: Outcome, fault: string | undefined): string {
  const broken = [...problems].filter(([, list]) => list.length > 0);
  if (broken.length === 0) return "";
  const again = `npm run chaos -- --seed ${seed}${fault ? ` --fault ${fault}` : ""}`;
  return [
    `seed ${seed} with ${[...met.keys()].join(", ")}; again: ${again}`,
    ...broken.flatMap(([id, list]) => list.slice(0, 8).map((problem) => `  ${id}: ${problem}`)),
  ].join("\n");
}

export function holds({ problems }: Outcome): boolean {
  return [...problems.values()].every((list) => list.length === 0);
}
