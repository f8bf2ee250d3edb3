import { answerFaults } from "./answers.ts";
import { conversationFaults } from "./conversations.ts";
import { credentialFaults } from "./credentials.ts";
import { deliveryFaults } from "./deliveries.ts";
import type { Fault } from "./fault.ts";
import { lifeCycleFaults } from "./life-cycle.ts";
import { limitFaults } from "./limits.ts";
import { poisonFaults } from "./poison.ts";
import { processFaults } from "./processes.ts";
import { pushFaults } from "./pushes.ts";
import { storeFaults } from "./store.ts";

/** Every fault that a schedule may hold, by its name. */
export const faults: ReadonlyMap<string, Fault> = new Map(
  [
    ...deliveryFaults,
    ...processFaults,
    ...storeFaults,
    ...answerFaults,
    ...limitFaults,
    ...credentialFaults,
    ...lifeCycleFaults,
    ...poisonFaults,
    ...pushFaults,
    ...conversationFaults,
  ].map((fault) => [fault.name, fault]),
);
