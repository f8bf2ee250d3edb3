/** A measured figure against its bound. */
export interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly bound: string;
  readonly holds: boolean;
}

export function atMost(what: string, measured: number, bound: number, unit: string): Figure {
  return { what, measured: `${round(measured)} ${unit}`, bound: `≤ ${bound} ${unit}`, holds: measured <= bound };
}

export function atLeast(what: string, measured: number, bound: number, unit: string): Figure {
  return { what, measured: `${round(measured)} ${unit}`, bound: `≥ ${bound} ${unit}`, holds: measured >= bound };
}

export function none(what: string, problems: readonly string[]): Figure {
  const measured = problems.length === 0 ? "none" : `${problems.length}: ${problems.slice(0, 3).join("; ")}`;
  return { what, measured, bound: "none", holds: problems.length === 0 };
}

/** Told, and held against nothing. */
export function told(what: string, measured: string): Figure {
  return { what, measured, bound: "", holds: true };
}

export function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map(
    ({ what, measured, bound, holds }) => `| ${what} | ${measured} | ${bound} | ${holds ? "holds" : "**BROKEN**"} |`,
  );
  return ["| what | measured | bound | |", "|---|---|---|---|", ...rows].join("\n");
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
