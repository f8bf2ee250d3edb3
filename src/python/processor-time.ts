/** Milliseconds that a thread has worked; undefined while it cannot tell, because it starts or is gone. */
export type ProcessorTime = () => Promise<number | undefined>;

/** How often the time is asked for while the limit lasts. */
const LOOKS = 4;
/** A thread that cannot be interrupted does not answer: on the clock it has so many times the limit. */
const PATIENCE = 6;

/**
 * Calls `onLate` once a thread has worked so many milliseconds more. What it waits for a processor does not
 * count: on a machine that is busy with others nothing takes too long.
 * @returns ends the watch
 */
export function watchProcessorTime(milliseconds: number, timeOf: ProcessorTime, onLate: () => void): () => void {
  let start: number | undefined;
  let looks = 0;
  const look = async (): Promise<void> => {
    const time = await timeOf();
    start ??= time;
    if (start !== undefined && time !== undefined && time - start >= milliseconds) onLate();
  };
  const timer = setInterval(() => {
    if (++looks >= LOOKS * PATIENCE) onLate();
    else void look();
  }, milliseconds / LOOKS);
  void look();
  return () => clearInterval(timer);
}
