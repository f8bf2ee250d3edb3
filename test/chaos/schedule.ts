import { join } from "node:path";
import { startSandbox } from "../sandbox/sandbox.ts";
import type { Postgres } from "../support/postgres.ts";
import { Cluster, type Shape } from "./cluster.ts";
import type { Expectations } from "./contents.ts";
import { faults as allFaults } from "./faults/all.ts";
import type { Chaos, Fault } from "./faults/fault.ts";
import { invariants } from "./invariants/all.ts";
import type { Evidence } from "./invariants/evidence.ts";
import { keepLogs } from "./kept-logs.ts";
import { live } from "./live.ts";
import { People } from "./people.ts";
import { whenQuiet } from "./quiet.ts";
import { Random } from "./random.ts";

/** What a seed stands for, and what may be laid down beside it. */
export interface ScheduleWish {
  readonly seed: number;
  /** One fault by name, or more with commas between them, instead of some by chance. */
  readonly fault?: string | undefined;
  readonly postgres: Postgres;
  readonly expectations: Expectations;
  /** A checkout of the release before, for the faults that need one. */
  readonly before?: string | undefined;
  /** Where what the processes said is kept when something broke. */
  readonly logs?: string | undefined;
}

/** What came of a schedule. */
export interface Outcome {
  readonly seed: number;
  readonly shape: string;
  /** How often each fault really happened to somebody. */
  readonly met: ReadonlyMap<string, number>;
  /** What is broken, by invariant. */
  readonly problems: ReadonlyMap<string, readonly string[]>;
  /** From the end of the faults until all was quiet. */
  readonly convergedMs: number;
  readonly peakMb: number;
  readonly events: number;
  readonly requests: number;
}

const SHAPES: readonly Shape[] = [{ web: 2, worker: 2 }, { all: 2 }, { web: 1, worker: 3 }];
/** After the last fault everything is well within this, or within this of the end of the last limit. */
const CONVERGES_MS = 90_000;

/** Lets people work and faults happen as the seed says, waits until all is quiet, and looks at what came of it. */
export async function runSchedule(wish: ScheduleWish): Promise<Outcome> {
  const { seed, fault, postgres, expectations, before, logs } = wish;
  const random = new Random(seed);
  const sandbox = await startSandbox({ seed });
  const shape = random.pick(SHAPES);
  const chosen = chooseFaults(fault, random);
  const environmentAt = (place: number): Readonly<Record<string, string>> =>
    Object.assign(
      { LOG_LEVEL: "trace", RECONCILE_SECONDS: "5" },
      ...chosen.map((one) => ({ ...one.environment?.(sandbox), ...one.environmentAt?.(place) })),
    );
  const cluster = await Cluster.start(sandbox, postgres, shape, environmentAt);
  // Enough of them that none spends its hour's budget of writes: what comes then waits for minutes.
  const habits = { tenants: random.between(4, 6), projectsEach: random.between(1, 2), heads: 2 };
  const people = new People(sandbox, random, habits);
  const chaos: Chaos = { sandbox, people, cluster, postgres, random, expectations, before, outages: [], wakings: [] };
  const met = new Map(chosen.map(({ name }) => [name, 0]));
  try {
    for (const one of chosen.filter(({ isFromTheStart }) => isFromTheStart))
      await one.begin(chaos, () => met.set(one.name, 1));
    await people.begin();
    const failures = await live(chaos, chosen, met);
    const endedAt = performance.now();
    await people.rest();
    const unquiet = await whenQuiet({ ...chaos, metrics: "" }, CONVERGES_MS);
    const convergedMs = performance.now() - endedAt;
    const evidence = await evidenceOf(chaos);
    const problems = new Map<string, readonly string[]>();
    for (const { id, problems: broken } of invariants) problems.set(id, await broken(evidence));
    const own = [...failures, ...chosen.flatMap((one) => one.problems?.(chaos) ?? []), ...unquiet];
    problems.set("own", own);
    const isBroken = [...problems.values()].some((list) => list.length > 0);
    if (logs && isBroken) keepLogs(join(logs, `seed-${seed}`), evidence);
    const peakMb = Math.max(...cluster.everyone.map(({ peakMb }) => peakMb));
    const counts = { events: sandbox.deliveries.length, requests: sandbox.requests.length };
    return { seed, shape: JSON.stringify(shape), met, problems, convergedMs, peakMb, ...counts };
  } finally {
    await cluster.close();
    await sandbox.close().catch(() => {});
  }
}

/** Some faults by chance, or those that are asked for. @throws when there is none of that name */
function chooseFaults(name: string | undefined, random: Random): readonly Fault[] {
  if (name === undefined) {
    const sociable = [...allFaults.values()].filter(({ isAlone, needsBefore }) => !isAlone && !needsBefore);
    return random.sample(sociable, random.between(1, 3));
  }
  return name.split(",").map((one) => {
    const fault = allFaults.get(one);
    if (!fault) throw new Error(`there is no fault "${one}"; there are: ${[...allFaults.keys()].join(", ")}`);
    return fault;
  });
}

async function evidenceOf(chaos: Chaos): Promise<Evidence> {
  const metrics = (await Promise.all(chaos.cluster.replicas.map((replica) => replica.metrics()))).join("\n");
  return { ...chaos, metrics };
}
