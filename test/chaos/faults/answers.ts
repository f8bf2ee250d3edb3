import { brokenAnswers, type Effect, type Selection } from "../../sandbox/faults.ts";
import type { Fault } from "./fault.ts";

const RUN_MADE = { method: "POST", path: /\/check-runs$/ };
const RUN_UPDATED = { method: "PATCH", path: /\/check-runs\/\d+$/ };
const COMMENT_MADE = { method: "POST", path: /\/issues\/\d+\/comments$/ };
const READ = { method: "GET", path: /\/(pulls|git)\// };
const ANYTHING = { path: /^\/api\// };
const LOST: readonly (readonly [string, Effect])[] = [
  ["reset-before", "reset before commit"],
  ["reset-after", "reset after commit"],
  ["502-after", { status: 502, afterCommit: true }],
  ["hang-after", "hang after commit"],
];

/** What GitHub answers, and how. */
export const answerFaults: readonly Fault[] = [
  ...LOST.flatMap(([name, effect]) => [
    answered(`run-${name}`, [16], RUN_MADE, effect),
    answered(`run-update-${name}`, [16], RUN_UPDATED, effect),
    answered(`comment-${name}`, [17], COMMENT_MADE, effect),
  ]),
  ...[0.01, 0.2, 1].flatMap((probability) =>
    [500, 503].map((status) =>
      lasting(`${status}s-${probability * 100}-percent`, [18], { ...ANYTHING, probability }, { status }),
    ),
  ),
  answered("25-seconds-to-the-first-byte", [19], READ, { firstByteMs: 25_000 }, true),
  answered("a-byte-a-second", [19], READ, { bytesPerSecond: 1 }, true),
  answered("endless-body", [19], READ, "endless body", true),
  answered("no-answer", [19], READ, "hang"),
  ...Object.entries(brokenAnswers).map(([name, effect]) =>
    answered(`200-${name.replaceAll(" ", "-")}`, [20], { ...READ, probability: 0.5 }, effect),
  ),
  answered("run-update-is-refused", [42], RUN_UPDATED, { status: 422, body: '{"message":"Validation Failed"}' }),
  lasting("network-is-down", [51], ANYTHING, "reset before commit"),
  lasting("maintenance", [52], ANYTHING, { status: 503, headers: { "retry-after": "5" }, body: "Unicorn!" }),
];

/** Some such requests are met, wherever they come. */
function answered(
  name: string,
  proves: readonly number[],
  selection: Selection,
  effect: Effect,
  isAlone = false,
): Fault {
  return {
    name,
    proves,
    isAlone,
    begin({ sandbox, random }, met) {
      const which = { ...selection, after: random.between(0, 2), times: random.between(1, 3) };
      return sandbox.fault({ ...which, effect, meanwhile: met });
    },
  };
}

/** Every such request is met, as long as the fault lasts. */
function lasting(name: string, proves: readonly number[], selection: Selection, effect: Effect): Fault {
  return {
    name,
    proves,
    begin: ({ sandbox }, met) =>
      sandbox.fault({ ...selection, times: Number.POSITIVE_INFINITY, effect, meanwhile: met }),
  };
}
