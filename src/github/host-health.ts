/** Faults in a row after which GitHub is let alone for a while. */
const FAULTS = 5;
const FIRST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 60_000;

export type HostHealth = ReturnType<typeof hostHealth>;

/**
 * How GitHub answers anybody at all. When it does not, new work is held: for seconds at first, twice
 * as long with each fault after a pause, and until one request is answered.
 */
export function hostHealth(now: () => number = () => performance.now()) {
  let faults = 0;
  let pause = 0;
  let until = 0;
  return {
    answered(): void {
      faults = 0;
      pause = 0;
      until = 0;
    },
    failed(): void {
      faults++;
      if (faults < FAULTS || now() < until) return;
      pause = Math.min(LONGEST_PAUSE_MS, pause === 0 ? FIRST_PAUSE_MS : pause * 2);
      until = now() + pause;
    },
    /** Milliseconds for which no new work should be begun; 0 where GitHub answers. */
    pauseMs: (): number => Math.max(0, until - now()),
  };
}
