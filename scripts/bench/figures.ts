/** What judging one repository took, in milliseconds of one core. */
export interface Judging {
  readonly name: string;
  /** Paths in its tree. */
  readonly files: number;
  /** Files of the product's own Python that were read, and their bytes. */
  readonly sources: number;
  readonly sourceBytes: number;
  /** Nothing parsed before. */
  readonly cold: number;
  /** Of that, reading Python into its syntax. */
  readonly parsing: number;
  /** All parsed before, but one file of Python that changed. */
  readonly changed: number;
  /** Every file parsed before. */
  readonly warm: number;
}

/** Most milliseconds that the median repository and nine of ten may take. */
const BOUNDS = { cold: { 50: 300, 90: 3000 }, changed: { 90: 50 } } as const;
const SLOWEST = 5;

/** The distribution over the repositories, and the slowest of them. */
export function judgingTable(judgings: readonly Judging[]): string {
  const row = (name: string, value: (judging: Judging) => number, digits = 1) =>
    [name.padEnd(14), ...[50, 90, 100].map((share) => figure(percentile(judgings.map(value), share), digits))].join("");
  const sum = (value: (judging: Judging) => number) => judgings.reduce((total, judging) => total + value(judging), 0);
  const slowest = judgings.toSorted((a, b) => b.cold - a.cold).slice(0, SLOWEST);
  const megabytes = sum(({ sourceBytes }) => sourceBytes) / 1e6;
  return [
    `Milliseconds of one core to judge a repository in memory, over ${judgings.length}:`,
    "                     p50       p90       max",
    row("cold", ({ cold }) => cold),
    row("  of it parsing", ({ parsing }) => parsing),
    row("one changed", ({ changed }) => changed),
    row("warm", ({ warm }) => warm),
    row("paths", ({ files }) => files, 0),
    row("Python files", ({ sources }) => sources, 0),
    row("Python, MB", ({ sourceBytes }) => sourceBytes / 1e6, 2),
    // Saved repositories hold none of their Python.
    ...(megabytes > 0
      ? [
          `Cold, ${figure(sum(({ cold }) => cold) / megabytes, 0).trim()} ms a megabyte of Python, parsing ${share(sum(({ parsing }) => parsing) / sum(({ cold }) => cold))} of it.`,
        ]
      : []),
    `Bounds, cold p50 ${BOUNDS.cold[50]} and p90 ${BOUNDS.cold[90]}, one changed p90 ${BOUNDS.changed[90]}: ${withinBounds(judgings) ? "kept" : "EXCEEDED"}`,
    "Slowest:",
    ...slowest.map(
      ({ name, sources, sourceBytes, cold, changed }) =>
        `${figure(cold)} cold${figure(changed)} changed  ${name}, ${sources} Python files, ${(sourceBytes / 1e6).toFixed(2)} MB`,
    ),
  ].join("\n");
}

/** True when judging keeps the project's bounds. */
export function withinBounds(judgings: readonly Judging[]): boolean {
  const cold = judgings.map((judging) => judging.cold);
  const changed = judgings.map((judging) => judging.changed);
  return (
    percentile(cold, 50) <= BOUNDS.cold[50] &&
    percentile(cold, 90) <= BOUNDS.cold[90] &&
    percentile(changed, 90) <= BOUNDS.changed[90]
  );
}

/** The nearest rank: a time that was really taken. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((share / 100) * sorted.length) - 1)] ?? 0;
}

function figure(value: number, digits = 1): string {
  return value.toFixed(digits).padStart(10);
}

function share(part: number): string {
  return `${Math.round(part * 100)} %`;
}
