import type { Compared } from "./compare.ts";

/** Agreement over everything compared: a row for each rule and check. */
export function agreementTable(compared: readonly Compared[]): string {
  const head = ["rule", "peer's check", "agree", "decided", "open", "not comparable"];
  const rows = [...grouped(compared)].map(([, ones]) => {
    const [{ rule, peer, check }] = ones as [Compared];
    const count = (standing: Compared["standing"]) => String(ones.filter((one) => one.standing === standing).length);
    return [rule, `${peer} ${check}`, count("agreed"), count("decided"), count("open"), count("apart")];
  });
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  return [head, ...rows]
    .map((row) => row.map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))))
    .map((row) => row.join("  "))
    .join("\n");
}

/** One difference, as a person reads it who decides. */
export function differenceLine({ repository, rule, peer, check, path, theirs, ours, decision }: Compared): string {
  const subject = path === null ? repository : `${repository} ${path}`;
  const line = `${subject}: ${rule}: ${peer} ${check} says ${theirs.verdict} (${theirs.says}); we say ${ours.says}`;
  return decision ? `${line}\n  meant: ${decision.why}` : line;
}

/** The share of agreement, with decided differences counted as such. */
export function closingLine(compared: readonly Compared[]): string {
  const count = (standing: Compared["standing"]) => compared.filter((one) => one.standing === standing).length;
  const agreed = count("agreed") + count("decided");
  const all = agreed + count("open");
  const share = all === 0 ? "–" : `${(Math.floor((1000 * agreed) / all) / 10).toFixed(1)} %`;
  return `Agreement ${share} (${agreed} of ${all}, ${count("decided")} by decision), ${count("open")} open`;
}

function grouped(compared: readonly Compared[]): ReadonlyMap<string, readonly Compared[]> {
  return Map.groupBy(compared, ({ rule, peer, check }) => `${rule} ${peer} ${check}`);
}
