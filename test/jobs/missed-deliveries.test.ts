import { describe, expect, test } from "@jest/globals";
import { type FailedDelivery, missedIn } from "../../src/jobs/missed-deliveries.ts";

let ids = 100;
const delivery = (event: string, action: string | null, changes: Partial<FailedDelivery> = {}): FailedDelivery => ({
  id: ids--,
  guid: `guid-${ids}`,
  status: 503,
  event,
  action,
  installationId: 1,
  repositoryId: 10,
  deliveredAt: "2026-01-01T12:00:00Z",
  ...changes,
});
const sentAgain = (failed: readonly FailedDelivery[]) => missedIn(failed).redeliver.map(({ id }) => id);

describe("of deliveries that failed", () => {
  test("a thousand about pull requests and pushes ask for one look at their repository", () => {
    const failed = Array.from({ length: 1000 }, (_, at) => delivery(at % 2 ? "pull_request" : "push", null));
    const since = "2026-01-01T11:50:00.000Z";
    expect(missedIn(failed)).toEqual({ look: [{ installationId: 1, repositoryId: 10, since }], redeliver: [] });
  });

  test("the first of them tells since when something was missed", () => {
    const failed = [delivery("push", null), delivery("repository", "renamed", { deliveredAt: "2026-01-01T06:00:00Z" })];
    expect(missedIn(failed).look).toMatchObject([{ since: "2026-01-01T05:50:00.000Z" }]);
  });

  test("namesakes by number in two installations are two repositories", () => {
    expect(missedIn([delivery("push", null), delivery("push", null, { installationId: 2 })]).look).toHaveLength(2);
  });

  test.each([
    ["issue_comment", "created"],
    ["check_run", "rerequested"],
    ["check_suite", "rerequested"],
    ["merge_group", "checks_requested"],
    ["merge_group", "destroyed"],
    ["installation", "new_permissions_accepted"],
    ["installation_repositories", "removed"],
  ])("%s %s is asked for again: nothing else tells of it", (event, action) => {
    const one = delivery(event, action);
    expect(missedIn([one])).toEqual({ look: [], redeliver: [one] });
  });

  test("one that was tried three times is asked for once, by its newest attempt", () => {
    const attempts = [1, 2, 3].map(() => delivery("issue_comment", "created", { guid: "same" }));
    expect(sentAgain(attempts)).toEqual([attempts[0]?.id]);
  });

  test.each([400, 413, 415])("one that was refused for good with %i is not", (status) => {
    expect(sentAgain([delivery("issue_comment", "created", { status })])).toEqual([]);
  });

  test.each([0, 401, 404, 500, 502, 503])("one that came to %i is", (status) => {
    expect(sentAgain([delivery("issue_comment", "created", { status })])).toHaveLength(1);
  });

  test.each([
    ["star", "created"],
    ["check_run", "completed"],
    ["check_suite", "requested"],
    ["issue_comment", "edited"],
    ["installation", "created"],
    ["installation", "deleted"],
  ])("%s %s asks nothing", (event, action) => {
    expect(missedIn([delivery(event, action)])).toEqual({ look: [], redeliver: [] });
  });
});
