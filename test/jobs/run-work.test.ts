import { describe, expect, test } from "@jest/globals";
import { Gone, Hopeless, LaneLost, Parked, PassingFault } from "../../src/jobs/outcomes.ts";
import { type Ending, type Job, runWork } from "../../src/jobs/run-work.ts";
import { type ClaimedWork, PRIORITY } from "../../src/store/lanes.ts";

const WORK: ClaimedWork = {
  installationId: 1,
  repositoryId: 10,
  lane: "pull/1",
  kind: "review",
  request: {},
  reviewId: "rv_1",
  generation: 1,
  fence: 1,
  priority: PRIORITY.live,
  attempts: 1,
  failures: 0,
  faults: 0,
  waitedSeconds: 0,
};

/** Runs one piece of work; tells what was called, and how it ended. */
async function outcomeOf(changes: Partial<ClaimedWork>, run: (job: Job) => Promise<void>, longestMs?: number) {
  const calls: string[] = [];
  const endings: Ending[] = [];
  const lanes = {
    renew: async () => ({ newer: undefined }),
    finish: async () => void calls.push("finish"),
    bury: async (_: ClaimedWork, reason: string) => void calls.push(`bury: ${reason}`),
    release: async (
      _: ClaimedWork,
      { seconds, failures, faults }: { seconds: number; failures: number; faults: number },
    ) => void calls.push(`release for ${Math.round(seconds)} s: ${failures} failures, ${faults} faults`),
  };
  const tell = (what: string) => async (job: Job) => {
    calls.push(what);
    await run(job);
  };
  const onEnd = (ending: Ending) => void endings.push(ending);
  const handlers = { review: { run: tell("run"), giveUp: tell("give up") } };
  const longest = longestMs === undefined ? {} : { longestMs };
  await runWork(
    { lanes, handlers, retrySeconds: 10, onEnd, onStoreError: () => {}, ...longest },
    { ...WORK, ...changes },
  );
  return [...calls, endings.map(({ outcome }) => outcome).join()];
}

const succeeding = async () => {};
const throwing = (error: Error) => async () => {
  throw error;
};
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);

describe("a job that", () => {
  test.each<[string, Partial<ClaimedWork>, (job: Job) => Promise<void>, readonly string[]]>([
    ["succeeds is finished", {}, succeeding, ["run", "finish", "done"]],
    ["has nothing left to do is finished", {}, throwing(new Gone("closed")), ["run", "finish", "gone"]],
    [
      "may not do what it is for is tried once more before it is given up",
      {},
      throwing(new Hopeless("not permitted")),
      ["run", expect.stringMatching(/^release for (9|10|11) s: 3 failures, 0 faults$/) as unknown as string, "failed"],
    ],
    [
      "may not go on yet waits, at no cost",
      { failures: 2, faults: 3 },
      throwing(new Parked(inMinutes(2), "limited")),
      ["run", "release for 120 s: 2 failures, 3 faults", "parked"],
    ],
    [
      "meets a passing fault waits a little longer each time, at no attempt's cost",
      { failures: 5 },
      throwing(new PassingFault("502")),
      ["run", expect.stringMatching(/^release for (9|10|11) s: 5 failures, 1 faults$/) as unknown as string, "passing"],
    ],
    [
      "fails costs an attempt",
      {},
      throwing(new Error("boom")),
      ["run", expect.stringMatching(/^release for (9|10|11) s: 1 failures, 0 faults$/) as unknown as string, "failed"],
    ],
    ["lost its lane leaves it alone", {}, throwing(new LaneLost("")), ["run", "lost"]],
    ["failed six times is given up", { failures: 6 }, succeeding, ["give up", "finish", "given up"]],
    ["met passing faults for a day is given up", { faults: 1440 }, succeeding, ["give up", "finish", "given up"]],
    ["took twelve processes with it is given up", { attempts: 13 }, succeeding, ["give up", "finish", "given up"]],
    ["took six is tried again", { attempts: 7 }, succeeding, ["run", "finish", "done"]],
    [
      "cannot even be given up is buried at last",
      { failures: 11 },
      throwing(Object.assign(new Error("secret"), { name: "HttpError", status: 418 })),
      ["give up", "bury: HttpError 418", "buried"],
    ],
    ["kills whoever gives it up is buried unseen", { attempts: 25 }, succeeding, ["bury: Error", "buried"]],
    [
      "is of a kind that only another release knows waits for it",
      { kind: "new" },
      succeeding,
      [expect.stringMatching(/^release for/) as unknown as string, "passing"],
    ],
  ])("%s", async (_, changes, run, expected) => {
    expect(await outcomeOf(changes, run)).toEqual(expected);
  });

  test("hangs fails, and may write nothing any more", async () => {
    const late = Promise.withResolvers<unknown>();
    const hanging = ({ standing }: Job) =>
      new Promise<void>(() => {
        setTimeout(() => late.resolve(standing().catch((error: unknown) => error)), 20);
      });
    expect(await outcomeOf({}, hanging, 5)).toEqual(["run", expect.stringMatching(/1 failures/), "failed"]);
    expect(await late.promise).toBeInstanceOf(LaneLost);
  });
});
