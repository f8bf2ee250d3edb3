/** What judging one repository took, in milliseconds of one core. */
export interface Judging {
  readonly name: string;
  /** Paths in its tree. */
  readonly files: number;
  /** Nothing parsed before. */
  readonly cold: number;
  /** Every file parsed before. */
  readonly warm: number;
}

/** Most milliseconds, cold, that the median repository and nine of ten may take. */
const BOUND = { p50: 300, p90: 3000 };
const SLOWEST = 5;

/** The distribution over the repositories, and the slowest of them. */
export function judgingTable(judgings: readonly Judging[]): string {
  const row = (name: string, times: readonly number[]) =>
    [name.padEnd(6), ...[50, 90, 100].map((share) => figure(percentile(times, share)))].join("");
  const slowest = judgings.toSorted((a, b) => b.cold - a.cold).slice(0, SLOWEST);
  return [
    `Milliseconds of one core to judge a repository in memory, over ${judgings.length}:`,
    "           p50       p90       max",
    row(
      "cold",
      judgings.map(({ cold }) => cold),
    ),
    row(
      "warm",
      judgings.map(({ warm }) => warm),
    ),
    `Bound, cold: p50 ${BOUND.p50}, p90 ${BOUND.p90}: ${withinBounds(judgings) ? "kept" : "EXCEEDED"}`,
    "Slowest:",
    ...slowest.map(
      ({ name, files, cold, warm }) => `${figure(cold)} cold${figure(warm)} warm  ${name}, ${files} files`,
    ),
  ].join("\n");
}

/** True when judging from cold caches keeps the project's bound. */
export function withinBounds(judgings: readonly Judging[]): boolean {
  const cold = judgings.map((judging) => judging.cold);
  return percentile(cold, 50) <= BOUND.p50 && percentile(cold, 90) <= BOUND.p90;
}

/** The nearest rank: a time that was really taken. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((share / 100) * sorted.length) - 1)] ?? 0;
}

function figure(milliseconds: number): string {
  return milliseconds.toFixed(1).padStart(10);
}
