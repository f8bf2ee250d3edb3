import type { Repository } from "../../sandbox/state.ts";
import { type Chaos, type Fault, nothing } from "./fault.ts";

const LASTS_MS = 6000;

/** GitHub's limits, and how they are told of. */
export const limitFaults: readonly Fault[] = [
  limited("primary-limit-403", [21], ({ sandbox }, id) => {
    sandbox.limits.set(id, { form: 403 });
    sandbox.limits.exhaust(id, LASTS_MS);
  }),
  limited("primary-limit-429", [21], ({ sandbox }, id) => {
    sandbox.limits.set(id, { form: 429 });
    sandbox.limits.exhaust(id, LASTS_MS);
  }),
  limited("primary-limit-graphql", [21, 22], ({ sandbox }, id) => sandbox.limits.exhaust(id, LASTS_MS, "graphql")),
  limited("secondary-limit", [22], ({ sandbox }, id) => sandbox.limits.block(id, LASTS_MS)),
  limited(
    "secondary-limit-without-retry-after",
    [22],
    ({ sandbox }, id) => sandbox.limits.block(id, LASTS_MS, { tellsRetryAfter: false }),
    true,
  ),
  limited("quota-is-spent-elsewhere", [23], ({ sandbox }, id) => {
    sandbox.limits.set(id, { windowMs: LASTS_MS });
    sandbox.limits.exhaust(id, LASTS_MS);
    sandbox.limits.spendElsewhere(id, 4990);
  }),
];

function limited(
  name: string,
  proves: readonly number[],
  limit: (chaos: Chaos, installationId: number) => void,
  isAlone = false,
): Fault {
  return {
    name,
    proves,
    isAlone,
    begin(chaos, met) {
      const { installationId } = someRepository(chaos);
      if (installationId === null) return nothing;
      limit(chaos, installationId);
      const stop = chaos.sandbox.on({ installationId }, "after commit", ({ limited }) => {
        if (limited) met();
      });
      return stop;
    },
  };
}

/** A repository where something is likely to happen. */
export function someRepository({ people, random }: Chaos): Repository {
  return (random.maybe(people.openPulls())?.project ?? random.pick(people.projects)).repository;
}
