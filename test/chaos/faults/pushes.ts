import type { Hook, Selection } from "../../sandbox/faults.ts";
import type { LoggedRequest } from "../../sandbox/request-log.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import { type Ending, type Fault, nothing } from "./fault.ts";

/** What is pushed, queued and asked for at the wrong moment, and what can be read of it only later. */
export const pushFaults: readonly Fault[] = [
  ...(
    [
      ["before-the-pull-request-is-read", "before", "GET", /\/pulls\/\d+$/],
      ["while-the-tree-is-read", "before", "GET", /\/git\/trees\//],
      ["while-files-are-read", "before", "POST", /\/graphql$/],
      ["while-the-run-is-made", "before", "POST", /\/check-runs$/],
      ["while-the-comment-is-written", "before", "POST", /\/issues\/\d+\/comments$/],
    ] as const
  ).map(
    ([step, phase, method, path]): Fault => ({
      name: `push-${step}`,
      proves: [31],
      begin: ({ sandbox, people, random }, met) =>
        once(sandbox, { method, path, after: random.between(0, 2) }, phase, ({ repositoryId }) => {
          const open = people.openPulls().find(({ project }) => project.repository.id === repositoryId);
          if (!open) return false;
          met();
          people.push(open.project, open.pull, true, false);
          return true;
        }),
    }),
  ),
  {
    name: "thirty-pushes",
    proves: [32],
    isAlone: true,
    begin({ people, random }, met) {
      const open = random.maybe(people.openPulls());
      for (let n = 0; open && n < 30; n++) {
        people.push(open.project, open.pull, false, false);
        met();
      }
      return nothing;
    },
    problems: ({ people }) =>
      people.openPulls().flatMap(({ project: { repository }, pull }) => {
        const judged = repository.checkRuns.filter(
          ({ headSha, conclusion }) =>
            pull.versions.some((version) => version.headSha === headSha) && conclusion !== "cancelled",
        );
        return pull.versions.length > 20 && judged.length > 4
          ? [`thirty pushes were judged ${judged.length} times`]
          : [];
      }),
  },
  {
    name: "base-moves",
    proves: [33],
    begin: ({ sandbox, people, random }, met) =>
      once(sandbox, { method: "GET", path: /\/git\/trees\//, after: random.between(0, 2) }, "before", (request) => {
        const project = people.projects.find(({ repository }) => repository.id === request.repositoryId);
        if (!project) return false;
        met();
        people.pushToMain(project, false);
        return true;
      }),
  },
  ...(["as it was", "not found"] as const).map(
    (pullRequest): Fault => ({
      name: `heads-are-readable-late-${pullRequest.replaceAll(" ", "-")}`,
      proves: [35],
      begin({ sandbox, people, random }, met) {
        for (const { repository } of people.projects)
          sandbox.lagReads(repository, { ms: random.between(500, 4000), requests: 1, pullRequest });
        met();
        return () => {
          for (const { repository } of people.projects) sandbox.lagReads(repository, null);
        };
      },
    }),
  ),
  {
    name: "merge-groups-come-and-go",
    proves: [46],
    async begin({ sandbox, people, random }, met) {
      const project = random.pick(people.projects);
      const { repository } = project;
      for (const reason of ["merged", "invalidated", "dequeued"] as const) {
        const before = people.groups.length;
        people.group(project);
        met();
        await sandbox.waitFor("the merge group", () => people.groups[before], 15_000);
        const [gone] = people.groups.splice(before, 1);
        if (gone) people.do(sandbox.destroyMergeGroup(repository, gone.sha, reason));
      }
      return nothing;
    },
  },
  {
    name: "rerun-while-a-review-runs",
    proves: [47],
    begin: ({ sandbox, people, random }, met) =>
      once(
        sandbox,
        { method: "POST", path: /\/check-runs$/, after: random.between(0, 1) },
        "after commit",
        (request) => {
          const project = people.projects.find(({ repository }) => repository.id === request.repositoryId);
          const made = project?.repository.checkRuns.at(-1);
          const open = people.openPulls().find(({ pull }) => pull.headSha === made?.headSha);
          if (!open) return false;
          met();
          people.rerun(open.project, open.pull);
          return true;
        },
      ),
  },
];

/** Calls back at such requests until it is told that something came of it. */
function once(
  sandbox: Sandbox,
  selection: Selection,
  phase: Hook["phase"],
  act: (request: LoggedRequest) => boolean,
): Ending {
  let isDone = false;
  return sandbox.on(selection, phase, (request) => {
    if (!isDone) isDone = act(request);
  });
}
