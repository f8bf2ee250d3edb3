import { expect, test } from "@jest/globals";
import { type OpenHeads, reviewsOf, subjectOfLane } from "../../src/jobs/open-heads.ts";
import { laneOf, type Subject } from "../../src/webhooks/review-request.ts";
import { orders } from "../support/store.ts";

const touched = "2026-01-02T00:00:00Z";
const heads = (changes: Partial<OpenHeads> = {}): OpenHeads => ({
  ...orders,
  branch: { name: "main", sha: "m", pushedAt: touched },
  pulls: { pulls: [{ number: 1, headSha: "a", updatedAt: touched }], next: null },
  ...changes,
});
const asked = (seen: OpenHeads, { pulls = touched, branch = touched } = {}) =>
  reviewsOf(orders, seen, { pulls: new Date(pulls), branch: new Date(branch) }).map(laneOf);

const later = "2026-01-03T00:00:00Z";
test.each([
  ["the default branch and a pull request", asked(heads()), ["branch/main", "pull/1"]],
  ["no pull request untouched since before the start", asked(heads(), { pulls: later }), ["branch/main"]],
  [
    "one touched in the second of the start",
    asked(heads(), { pulls: "2026-01-02T00:00:00.900Z" }),
    ["branch/main", "pull/1"],
  ],
  ["no branch whose result would be forgotten by now", asked(heads(), { branch: later }), ["pull/1"]],
  ["nothing of an archived repository, which takes no result", asked(heads({ archived: true })), []],
  ["nothing of an empty one", asked(heads({ branch: null, pulls: { pulls: [], next: null } })), []],
])("what is open asks for %s", (_, found, expected) => {
  expect(found).toEqual(expected);
});

test.each<[Subject]>([
  [{ kind: "pull-request", number: 12 }],
  [{ kind: "branch", branch: "release/1.x", sha: "m" }],
  [{ kind: "merge-group", sha: "m" }],
  [{ kind: "commit", sha: "m" }],
])("the lane of %j tells what it reviews", (subject) => {
  expect(subjectOfLane(laneOf({ repository: orders, subject, headSha: null, asked: false }), "m")).toEqual(subject);
});

test("a command's lane reviews nothing", () => {
  expect(subjectOfLane("command/1", "m")).toBeUndefined();
});
