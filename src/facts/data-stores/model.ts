/** A database that infrastructure declares, and how well it is backed up: 1 kept for a week, 0 not at all. */
export interface DataStore {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  /** Undefined where it is computed. */
  readonly backup: number | undefined;
  readonly says: string;
}

/** Days for which backups are to be kept. */
const WEEK = 7;

/** What a number of days means; `none` says what is so where nothing is said. */
export function retention(days: number | undefined, isSet: boolean, none: number): Pick<DataStore, "backup" | "says"> {
  if (isSet && days === undefined) return { backup: undefined, says: "how long its backups are kept is computed" };
  const kept = days ?? none;
  if (kept >= WEEK) return { backup: 1, says: `keeps backups for ${kept} days` };
  if (kept > 0) return { backup: 0.5, says: `keeps backups for ${kept} ${kept === 1 ? "day" : "days"} only` };
  return { backup: 0, says: "has no automatic backups" };
}

/** What a switch for backups means; off where nothing is said. */
export function switched(state: string | undefined): Pick<DataStore, "backup" | "says"> {
  if (state === "true") return { backup: 1, says: "has point-in-time recovery" };
  if (state === undefined || state === "false") return { backup: 0, says: "has no point-in-time recovery" };
  return { backup: undefined, says: "whether it has point-in-time recovery is computed" };
}
