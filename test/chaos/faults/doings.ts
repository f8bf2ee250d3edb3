import { type Chaos, type Fault, nothing } from "./fault.ts";

/** What people and pull requests do at the wrong moment. */
export const doingFaults: readonly Fault[] = [
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
        sandbox.on({ method, path, after: random.between(0, 2), times: 1 }, phase, ({ repositoryId }) => {
          const open = people.openPulls().find(({ project }) => project.repository.id === repositoryId);
          if (!open) return;
          met();
          people.push(open.project, open.pull, true, false);
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
      sandbox.on(
        { method: "POST", path: /\/graphql$/, after: random.between(0, 2), times: 1 },
        "before",
        ({ repositoryId }) => {
          const project = people.projects.find(({ repository }) => repository.id === repositoryId);
          if (!project) return;
          met();
          people.pushToMain(project);
        },
      ),
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
  ofComment("our-comment-is-deleted", ({ sandbox }, repository, comment) => sandbox.deleteComment(repository, comment)),
  ofComment("our-comment-is-edited", ({ sandbox, people }, repository, comment) =>
    people.do(sandbox.editComment(repository, comment, "grace", `${comment.body}\n\nWe know.`)),
  ),
  {
    name: "conversation-is-locked",
    proves: [43],
    begin({ sandbox, people, random }, met) {
      const open = random.maybe(people.openPulls());
      if (open) sandbox.lock(open.pull);
      if (open) met();
      return () => {
        if (open) open.pull.locked = false;
      };
    },
  },
  {
    name: "conversation-is-full",
    proves: [43],
    begin({ sandbox, people, random }, met) {
      const open = random.maybe(people.openPulls());
      if (open) sandbox.fillConversation(open.project.repository, open.pull.number, 2500);
      if (open) met();
      return nothing;
    },
  },
  {
    name: "fork-is-deleted",
    proves: [44],
    begin: (chaos, met) => {
      const { sandbox, people, random } = chaos;
      people.open(random.pick(people.projects), true);
      return sandbox.on({ method: "GET", path: /\/pulls\/\d+$/ }, "before", ({ repositoryId }) => {
        const forks = people.openPulls().filter(({ project }) => project.repository.id === repositoryId);
        for (const { pull, project } of forks.filter(({ pull }) => pull.forkOwner && !pull.forkDeleted)) {
          sandbox.deleteFork(pull);
          people.rerun(project, pull);
          met();
        }
      });
    },
  },
  {
    name: "recheck-storm-of-strangers",
    proves: [45],
    begin({ sandbox, people, random }, met) {
      const open = random.maybe(people.openPulls());
      if (!open) return nothing;
      const { repository } = open.project;
      for (let n = 0; n < 20; n++) {
        people.do(sandbox.comment(repository, open.pull.number, "stranger", "/recheck"));
        people.do(sandbox.comment(repository, open.pull.number, "helper[bot]", "/recheck", "Bot"));
        met();
      }
      return nothing;
    },
    problems: ({ people }) =>
      people.projects.flatMap(({ repository }) => {
        const given = repository.comments.filter(({ author }) => author.login === "stranger" || author.type === "Bot");
        const byPull = Map.groupBy(given, ({ number }) => number);
        return [...byPull].flatMap(([number, comments]) => {
          const reactions = comments.reduce((sum, { reactions }) => sum + reactions.length, 0);
          return reactions > 1 ? [`strangers got ${reactions} reactions at ${repository.name} #${number}`] : [];
        });
      }),
  },
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
      sandbox.on(
        { method: "POST", path: /\/check-runs$/, after: random.between(0, 1), times: 1 },
        "after commit",
        ({ repositoryId }) => {
          const open = people.openPulls().find(({ project }) => project.repository.id === repositoryId);
          if (!open) return;
          met();
          people.rerun(open.project, open.pull);
        },
      ),
  },
];

type Repository = Chaos["people"]["projects"][number]["repository"];
type Comment = Repository["comments"][number];

/** Happens to the first comment of ours that is there by the fault's end. */
function ofComment(name: string, act: (chaos: Chaos, repository: Repository, comment: Comment) => unknown): Fault {
  return {
    name,
    proves: [43],
    begin: (chaos, met) => () => {
      for (const { project, pull } of chaos.people.openPulls()) {
        const [ours] = chaos.sandbox.ourComments(project.repository, pull.number);
        if (!ours) continue;
        met();
        act(chaos, project.repository, ours);
        return;
      }
    },
  };
}
