import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { LoggedRequest } from "../sandbox/request-log.ts";
import { startSandbox } from "../sandbox/sandbox.ts";
import type { CheckRun, Comment, PullRequest, Token } from "../sandbox/state.ts";
import type { Cluster } from "./cluster.ts";
import { CONTENTS } from "./contents.ts";
import { invariants } from "./invariants/all.ts";
import type { Evidence } from "./invariants/evidence.ts";
import { People, type Project } from "./people.ts";
import { Random } from "./random.ts";

/** A pull request that was judged well, and what may be wrong about it. */
interface Scene {
  readonly evidence: Evidence;
  readonly project: Project;
  readonly pull: PullRequest;
  readonly run: CheckRun;
  readonly process: { output: string };
  readonly lanes: { kind: string; lane: string }[];
}

const expectations = {
  sound: { conclusion: "success" },
  blocked: { conclusion: "failure" },
  other: { conclusion: "neutral" },
};
let scene: Scene;

beforeEach(async () => {
  const sandbox = await startSandbox();
  const people = new People(sandbox, new Random(1), { tenants: 2, projectsEach: 1, heads: 2 });
  await people.begin();
  const [project] = people.projects;
  if (!project) throw new Error("there is no project");
  const { repository } = project;
  const change = { title: "Change", author: "ada", branch: "change", files: CONTENTS.blocked };
  const pull = await sandbox.openPullRequest(repository, change);
  people.contents.set(pull.headSha, "blocked");
  const run = runOn(pull.headSha, sandbox.app.id, "rv_1", 1000);
  repository.checkRuns.push(run);
  const process = { output: "" };
  const lanes: Scene["lanes"] = [];
  const replica = { ...process, role: "worker", peakMb: 100, kills: 0, collapses: [], measure: () => 100 };
  const cluster = {
    ask: async (sql: string) => (sql.includes("pyready.lanes") ? lanes : []),
    get everyone() {
      return [{ ...replica, output: process.output }];
    },
  } as unknown as Cluster;
  const evidence = { sandbox, people, cluster, expectations, outages: [], wakings: [], metrics: "" };
  scene = { evidence, project, pull, run, process, lanes };
});

afterEach(() => scene.evidence.sandbox.close());

test("where all is well nothing is found", async () => {
  for (const { problems } of invariants) expect(await problems(scene.evidence)).toEqual([]);
});

test("a command that is answered when there is a newer head was for that one", async () => {
  const { evidence, project, pull } = scene;
  const { sandbox, people } = evidence;
  people.recheck(project, pull, "grace");
  await sandbox.push(project.repository, pull.headRef, CONTENTS.sound);
  people.contents.set(pull.headSha, "sound");
  const run = runOn(pull.headSha, sandbox.app.id, "rv_2", 2000);
  judge(run, ["rv_3", 3000]);
  project.repository.checkRuns.push(run);
  const [idempotence] = invariants.filter(({ id }) => id === "I4");
  expect(await idempotence?.problems(evidence)).toHaveLength(1);
  const user = sandbox.state.user("pyready[bot]", "Bot");
  people.asked[0]?.comment?.reactions.push({ id: 1, user, content: "rocket", headSha: pull.headSha });
  expect(await idempotence?.problems(evidence)).toEqual([]);
});

describe("an invariant that is broken is told of:", () => {
  test.each<readonly [string, string, (scene: Scene) => unknown]>([
    ["I1", "a head has no run", ({ project }) => project.repository.checkRuns.pop()],
    ["I1", "a head has two runs", ({ project, run }) => project.repository.checkRuns.push({ ...run, id: 2 })],
    ["I1", "a run is not completed", ({ run }) => Object.assign(run, { status: "in_progress", conclusion: null })],
    [
      "I1",
      "a conclusion is not what the contents deserve",
      ({ run }) => Object.assign(run, { conclusion: "cancelled" }),
    ],
    ["I2", "an older result comes back", ({ run }) => judge(run, ["rv_2", 2000], ["rv_1", 3000])],
    ["I2", "an old head is judged after a newer one", judgeOldHeadLate],
    ["I3", "a command gets no answer", ({ evidence, project, pull }) => evidence.people.recheck(project, pull)],
    ["I3", "a delivery is accepted while the store is down", acceptBlindly],
    ["I4", "a head is judged twice for one reason", ({ run }) => judge(run, ["rv_2", 2000])],
    ["I5", "there are two comments", (given) => [speak(given), speak(given)]],
    ["I5", "a comment says nothing of worth", speakForNothing],
    ["I5", "a run has an annotation twice", ({ run }) => run.annotations.push(annotation, annotation)],
    ["I6", "a token reaches further than one repository", ({ evidence }) => ask(evidence, { repositoryIds: [1, 2] })],
    ["I6", "a run shows another tenant's words", showAnothersWords],
    ["I7", "a request comes before a limit's end", askInSpiteOfALimit],
    ["I7", "there are 81 writes in a minute", ({ evidence }) => write(evidence, 81, 700)],
    ["I7", "there are 501 writes in an hour", ({ evidence }) => write(evidence, 501, 6000)],
    ["I8", "a run was a success for a moment, wrongly", succeedForAMoment],
    ["I9", "work is left in the queue", ({ lanes }) => lanes.push({ kind: "review", lane: "pull/1" })],
    ["I10", "a run stays in progress", leaveARun],
    ["I12", "a token is in a log", sayAToken],
    ["I12", "a repository's words are in a log", ({ process, project }) => (process.output += project.mark)],
  ])("%s, when %s", async (id, _, spoil) => {
    await spoil(scene);
    const [found] = invariants.filter((one) => one.id === id);
    expect(await found?.problems(scene.evidence)).not.toEqual([]);
  });
});

const annotation = { path: "a.py", start_line: 1, end_line: 1, annotation_level: "warning", message: "It is wrong." };

function runOn(headSha: string, appId: number, externalId: string, at: number): CheckRun {
  const shown = {
    headSha,
    name: "pyready",
    externalId,
    status: "completed",
    conclusion: "failure",
    title: "",
  };
  return {
    ...shown,
    id: 1,
    appId,
    summary: "",
    annotations: [],
    actions: [],
    startedAt: "",
    completedAt: "",
    history: [{ ...shown, annotations: 0, at, generation: at }],
  };
}

/** Writes further results into a run. */
function judge(run: CheckRun, ...results: readonly (readonly [string, number])[]): void {
  for (const [externalId, at] of results) {
    const [first] = run.history;
    if (first) run.history.push({ ...first, externalId, at });
  }
}

async function judgeOldHeadLate({ evidence, project: { repository }, pull, run }: Scene): Promise<void> {
  const { sandbox, people } = evidence;
  await sandbox.push(repository, pull.headRef, CONTENTS.sound);
  people.contents.set(pull.headSha, "sound");
  repository.checkRuns.push(runOn(pull.headSha, sandbox.app.id, "rv_2", 2000));
  judge(run, ["rv_3", 3000]);
}

function acceptBlindly({ evidence: { sandbox, outages } }: Scene): void {
  const delivery = {
    guid: "",
    event: "pull_request",
    action: "opened",
    installationId: 1,
    repositoryId: 1,
    body: "",
    statuses: [202],
  };
  sandbox.postman.attempts.push({ id: 1, delivery, redelivery: false, at: 5000, durationMs: 20, status: 202 });
  (outages as { from: number; to: number }[]).push({ from: 1000, to: 9000 });
}

function speak({ evidence: { sandbox }, project: { repository }, pull }: Scene): void {
  const body = "<!-- pyready:sticky:v1 -->";
  const comment: Comment = {
    id: repository.comments.length,
    number: pull.number,
    author: sandbox.state.user("pyready[bot]", "Bot"),
    appId: sandbox.app.id,
    body,
    reactions: [],
    edits: 0,
    history: [{ at: 1, generation: 1, body }],
  };
  repository.comments.push(comment);
}

function speakForNothing(given: Scene): void {
  given.evidence.people.contents.set(given.pull.headSha, "other");
  speak(given);
}

function ask({ sandbox }: Evidence, token: Partial<Token>, changes: Partial<LoggedRequest> = {}): void {
  const [installation] = sandbox.state.installations.keys();
  sandbox.requests.push({
    at: 1000,
    answeredAt: 1010,
    method: "GET",
    path: "/api/v3/repos/org-1/shop-1/pulls/1",
    kind: "rest",
    installationId: installation ?? 0,
    repositoryId: 1,
    peerPort: 1,
    token: { repositoryIds: [1], permissions: {}, ...token } as Token,
    isContent: false,
    points: 1,
    generation: 1,
    status: 200,
    limited: null,
    ...changes,
  });
}

function askInSpiteOfALimit({ evidence }: Scene): void {
  ask(evidence, {}, { limited: { kind: "primary", until: 9000 } });
  ask(evidence, {}, { at: 5000 });
}

function write(evidence: Evidence, times: number, everyMs: number): void {
  for (let n = 0; n < times; n++) ask(evidence, {}, { at: n * everyMs, isContent: true });
}

function showAnothersWords({ evidence: { people }, run }: Scene): void {
  run.summary = `It says ${people.projects[1]?.mark}.`;
}

function succeedForAMoment({ run }: Scene): void {
  const [first] = run.history;
  if (first) run.history.unshift({ ...first, conclusion: "success" });
}

function leaveARun({ project, run }: Scene): void {
  project.repository.checkRuns.push({ ...run, headSha: "0".repeat(40), status: "in_progress" });
}

function sayAToken({ evidence: { sandbox }, process }: Scene): void {
  process.output = `asked with ${sandbox.personalToken("ada")}`;
}
