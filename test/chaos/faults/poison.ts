import type { Fault } from "./fault.ts";

/** Tries that a piece of work gets at most. */
const TRIES = 6;
/** Its pauses, which double from five seconds to a minute, take less. */
const GIVEN_UP_MS = 240_000;

/** Work that fails whatever is tried: it ends, says so where people look, and keeps nothing else from going on. */
export const poisonFaults: readonly Fault[] = [
  {
    name: "work-that-always-fails",
    proves: [53],
    isAlone: true,
    happensAtItsEnd: true,
    begin:
      ({ sandbox, people, random }, met) =>
      async () => {
        const project = random.pick(people.projects);
        const { repository } = project;
        people.open(project, false, "blocked");
        const pull = [...repository.pulls.values()].at(-1);
        if (!pull) return;
        const path = new RegExp(`/git/trees/${pull.headSha}$`);
        const stop = sandbox.fault({ path, times: Number.POSITIVE_INFINITY, effect: { status: 418 }, meanwhile: met });
        const run = await sandbox.waitFor(
          "the run that says that it was given up",
          () => sandbox.checkRuns(repository, pull.headSha).find(({ conclusion }) => conclusion === "action_required"),
          GIVEN_UP_MS,
        );
        stop();
        const tries = sandbox.requests.filter((one) => one.status === 418).length;
        if (tries > TRIES) throw new Error(`work that always fails was tried ${tries} times`);
        if (!run.summary?.includes(run.externalId)) throw new Error("the run does not name its review");
        people.rerun(project, pull);
      },
  },
];
