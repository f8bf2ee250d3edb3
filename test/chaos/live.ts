import type { Sandbox } from "../sandbox/sandbox.ts";
import type { Chaos, Ending, Fault } from "./faults/fault.ts";

const STEPS = 24;
/** So many at most, where a fault has met nobody until then. */
const MOST_STEPS = 64;
/** A step waits for so many requests of ours, or for as long as nothing comes. */
const LULL_MS = 700;

/**
 * People act, and each fault begins and ends at steps of its own, but for those that have met nobody yet.
 * @returns what a fault itself says is wrong
 */
export async function live(
  chaos: Chaos,
  chosen: readonly Fault[],
  met: Map<string, number>,
): Promise<readonly string[]> {
  const { random, people, sandbox } = chaos;
  const failures: string[] = [];
  const isAlone = chosen.length === 1;
  const plan = chosen
    .filter(({ isFromTheStart }) => !isFromTheStart)
    .map((fault) => {
      // What is there alone shall meet somebody.
      const from = random.between(2, isAlone ? 5 : STEPS - 5);
      return { fault, from, to: random.between(isAlone ? STEPS - 4 : from + 2, STEPS) };
    });
  const endings = new Map<Fault, Ending>();
  const attempt = async (fault: Fault, deed: () => unknown): Promise<void> => {
    try {
      await deed();
    } catch (error) {
      failures.push(`${fault.name}: ${(error as Error).message}`);
    }
  };
  const end = (fault: Fault): Promise<void> =>
    attempt(fault, async () => {
      await endings.get(fault)?.();
      endings.delete(fault);
    });
  // What proves nothing before it met somebody lasts until it did.
  const isAwaited = ({ fault }: { readonly fault: Fault }): boolean =>
    endings.has(fault) && met.get(fault.name) === 0 && !fault.happensAtItsEnd;
  for (let step = 0; step < STEPS || (step < MOST_STEPS && plan.some(isAwaited)); step++) {
    for (const one of plan) if (one.to <= step && endings.has(one.fault) && !isAwaited(one)) await end(one.fault);
    for (const { fault } of plan.filter((one) => one.from === step)) {
      const count = (): void => void met.set(fault.name, (met.get(fault.name) ?? 0) + 1);
      await attempt(fault, async () => endings.set(fault, await fault.begin(chaos, count)));
    }
    if (step >= STEPS) people.provoke();
    else for (let n = random.between(1, 2); n > 0; n--) people.act();
    await someRequests(sandbox, random.between(0, 10));
  }
  for (const { fault } of plan) await end(fault);
  sandbox.clearFaults();
  return failures;
}

/** Resolves when so many more requests came, or none for a while. */
function someRequests({ state, requests }: Sandbox, count: number): Promise<void> {
  const until = requests.length + count;
  return new Promise((resolve) => {
    const over = (): void => {
      clearTimeout(lull);
      stop();
      resolve();
    };
    let lull = setTimeout(over, LULL_MS);
    const stop = state.onChange(() => {
      if (requests.length >= until) return over();
      clearTimeout(lull);
      lull = setTimeout(over, LULL_MS);
    });
  });
}
