import { describe, expect, test } from "@jest/globals";
import { type LoggedDelivery, missedIn } from "../../src/jobs/missed-deliveries.ts";

let ids = 100;
const delivery = (event: string, changes: Partial<LoggedDelivery> = {}): LoggedDelivery => ({
  id: ids--,
  guid: `guid-${ids}`,
  isDelivered: false,
  event,
  installationId: 1,
  repositoryId: 10,
  ...changes,
});
const decide = (log: readonly LoggedDelivery[], accepted: readonly string[] = [], known = true) => {
  const { look, redeliver } = missedIn(log, new Set(accepted), () => known);
  return { look: [...look], redeliver };
};

describe("of deliveries that failed", () => {
  test("a thousand about pull requests and pushes ask for one look at their installation", () => {
    const log = Array.from({ length: 1000 }, (_, at) =>
      delivery(at % 2 ? "pull_request" : "push", { repositoryId: at }),
    );
    expect(decide(log)).toEqual({ look: [1], redeliver: [] });
  });

  test.each(["issue_comment", "check_run", "check_suite", "merge_group", "installation", "repository"])(
    "one of %s is asked for again",
    (event) => {
      const one = delivery(event);
      expect(decide([one])).toEqual({ look: [], redeliver: [one.id] });
    },
  );

  test("one that was tried three times is asked for once, by its newest attempt", () => {
    const attempts = [1, 2, 3].map(() => delivery("issue_comment", { guid: "same" }));
    expect(decide(attempts).redeliver).toEqual([attempts[0]?.id]);
  });

  test("one that arrived at another attempt, or that is in the store, is left alone", () => {
    const late = delivery("issue_comment", { guid: "late", isDelivered: true });
    const unanswered = delivery("issue_comment", { guid: "stored" });
    expect(decide([late, delivery("issue_comment", { guid: "late" }), unanswered], ["stored"])).toEqual({
      look: [],
      redeliver: [],
    });
  });

  test("of a repository whose name nobody knows one is asked for again, and brings it", () => {
    const log = [delivery("push"), delivery("pull_request"), delivery("push", { repositoryId: 11 })];
    expect(decide(log, [], false)).toEqual({ look: [], redeliver: [log[0]?.id, log[2]?.id] });
  });

  test("what the App has no use for is let go", () => {
    expect(decide([delivery("star"), delivery("push", { installationId: null })])).toEqual({ look: [], redeliver: [] });
  });
});
