import { type Chaos, type Fault, nothing } from "./fault.ts";

const STICKY = "<!-- pyready:sticky:";
const FOREIGN_APP = 99;

/** What people and other Apps do in conversations, and to forks. */
export const conversationFaults: readonly Fault[] = [
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
    name: "another-app-speaks",
    proves: [56],
    begin({ sandbox, people }, met) {
      for (const { project, pull } of people.openPulls()) {
        // Made by a second installation of this product, on another machine: same name, same marker.
        const body = `${STICKY}v1 -->\nA staging system says so.`;
        project.repository.comments.push(foreignComment(sandbox, pull.number, body));
        met();
      }
      return nothing;
    },
    problems: ({ people }) =>
      people.projects.flatMap(({ repository }) => {
        const theirs = [...repository.comments, ...repository.removedComments].filter(
          ({ appId }) => appId === FOREIGN_APP,
        );
        const touched = theirs.filter((one) => one.edits > 0 || !repository.comments.includes(one));
        return touched.map(({ number }) => `another App's comment at ${repository.name} #${number} was touched`);
      }),
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
];

type Repository = Chaos["people"]["projects"][number]["repository"];
type Comment = Repository["comments"][number];

function foreignComment(sandbox: Chaos["sandbox"], number: number, body: string): Comment {
  return {
    id: sandbox.state.nextId(),
    number,
    author: sandbox.state.user("staging[bot]", "Bot"),
    appId: FOREIGN_APP,
    body,
    reactions: [],
    edits: 0,
    history: [{ at: Date.now(), generation: sandbox.state.generation, body }],
  };
}

/** Happens to a comment of ours as soon as it is there, before we hear that it is. */
function ofComment(name: string, act: (chaos: Chaos, repository: Repository, comment: Comment) => unknown): Fault {
  return {
    name,
    proves: [43],
    begin: (chaos, met) =>
      chaos.sandbox.on(
        { method: "POST", path: /\/issues\/\d+\/comments$/, after: chaos.random.between(0, 1), times: 1 },
        "after commit",
        ({ repositoryId }) => {
          const repository = chaos.people.projects.find((one) => one.repository.id === repositoryId)?.repository;
          const ours = repository?.comments.findLast(({ appId }) => appId === chaos.sandbox.app.id);
          if (!repository || !ours) return;
          met();
          act(chaos, repository, ours);
        },
      ),
  };
}
