import { afterAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { Limits } from "./limits.ts";
import { type LoggedRequest, loggedRequest } from "./request-log.ts";
import { State } from "./state.ts";

const INSTALLATION = 7;
let state: State;
let limits: Limits;

beforeEach(() => {
  jest.spyOn(Date, "now").mockReturnValue(Date.parse("2026-11-25T08:00:00Z"));
  state = new State();
  limits = new Limits(state);
});

afterAll(() => {
  jest.restoreAllMocks();
});

const request = (method: string, path: string): LoggedRequest => loggedRequest(state, method, path, undefined, null, 0);
const read = () => request("GET", "/api/v3/repos/acme/shop");
const write = () => request("POST", "/api/v3/repos/acme/shop/check-runs");
const query = () => request("POST", "/api/graphql");
const later = (ms: number): void => {
  state.clockSkewMs += ms;
};

/** How many of these in a row are answered, and what the first refusal is. */
function answered(make: () => LoggedRequest, most = 10_000) {
  for (let count = 0; count < most; count++) {
    const { refusal, leave } = limits.enter(INSTALLATION, make());
    leave();
    if (refusal) return { count, ...refusal };
  }
  return { count: most };
}

describe("an installation's limits", () => {
  test.each<[string, () => LoggedRequest, number, string]>([
    ["80 writes a minute", write, 80, "secondary"],
    ["900 points of reads a minute", read, 900, "secondary"],
    ["2,000 points of GraphQL a minute", query, 2000, "secondary"],
  ])("are %s", (_, make, count, kind) => {
    expect(answered(make)).toMatchObject({ count, kind, status: 403, headers: { "retry-after": "60" } });
    later(60_001);
    expect(answered(make, 1).count).toBe(1);
  });

  test("are 500 writes an hour, however slowly they come", () => {
    let count = 0;
    while (count <= 500 && answered(write, 1).count === 1) {
      count++;
      later(1000);
    }
    expect(count).toBe(500);
  });

  test("hold for each installation by itself", () => {
    expect(answered(write).count).toBe(80);
    expect(limits.enter(INSTALLATION + 1, write()).refusal).toBeUndefined();
  });

  test("are 100 requests at once", () => {
    const open = Array.from({ length: 100 }, () => limits.enter(INSTALLATION, read()));
    expect(limits.enter(INSTALLATION, read()).refusal?.kind).toBe("secondary");
    for (const { leave } of open) leave();
    expect(limits.enter(INSTALLATION, read()).refusal).toBeUndefined();
  });

  test("of an hour are told with every answer, and end with it", () => {
    limits.set(INSTALLATION, { core: 10, form: 429 });
    limits.spendElsewhere(INSTALLATION, 4);
    expect(answered(read)).toMatchObject({ count: 6, kind: "primary", status: 429 });
    expect(limits.headers(INSTALLATION, "core")).toMatchObject({
      "x-ratelimit-limit": "10",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": String(Math.ceil(state.now() / 1000) + 3600),
    });
    expect(limits.headers(INSTALLATION, "graphql")).toMatchObject({ "x-ratelimit-remaining": "5000" });
    later(3_600_001);
    expect(limits.headers(INSTALLATION, "core")).toMatchObject({ "x-ratelimit-remaining": "10" });
  });

  test("can be used up until a reset, and block without a word of how long", () => {
    limits.exhaust(INSTALLATION, 55 * 60_000);
    expect(answered(read)).toMatchObject({ count: 0, kind: "primary", until: state.now() + 55 * 60_000 });
    later(55 * 60_000);
    limits.block(INSTALLATION, 5000, { tellsRetryAfter: false });
    expect(answered(query)).toMatchObject({ count: 0, kind: "secondary", headers: {} });
    later(5000);
    expect(answered(query, 1).count).toBe(1);
  });
});
