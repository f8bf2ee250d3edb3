export interface CoveragePlace {
  readonly path: string;
  readonly line: number;
  readonly says: string;
}

/** What one source says of coverage. */
export interface Findings {
  readonly measured: readonly CoveragePlace[];
  readonly gated: readonly CoveragePlace[];
}

/** What several sources say, in their order. */
export function joined(all: readonly Findings[]): Findings {
  return { measured: all.flatMap(({ measured }) => measured), gated: all.flatMap(({ gated }) => gated) };
}
