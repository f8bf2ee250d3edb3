import { acknowledgement } from "./acknowledgement.ts";
import { bounds } from "./bounds.ts";
import { convergence, noFailOpen, noOrphan } from "./convergence.ts";
import type { Invariant } from "./evidence.ts";
import { isolation, manners } from "./manners.ts";
import { fence, idempotence, oneVoice } from "./order.ts";
import { silence } from "./silence.ts";

/** The invariants that every schedule is held against; fairness has a scenario of its own. */
export const invariants: readonly Invariant[] = [
  convergence,
  fence,
  acknowledgement,
  idempotence,
  oneVoice,
  isolation,
  manners,
  noFailOpen,
  bounds,
  noOrphan,
  silence,
];
