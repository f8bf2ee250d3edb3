import { describe, expect, test } from "@jest/globals";
import { knownAdvisories, readDueAdvisories, storedAdvisories } from "../../src/jobs/advisories-job.ts";
import type { Advisory, PackageVersion } from "../../src/snapshot/advisories.ts";
import { keyOf } from "../../src/snapshot/advisories.ts";
import type { NewWork } from "../../src/store/lanes.ts";
import type { ReviewRequest } from "../../src/webhooks/review-request.ts";
import { advisoryAbout } from "../support/advisories.ts";
import { orders, useStore } from "../support/store.ts";

const store = useStore("advisories", "advisory_waits");
const jinja: PackageVersion = { name: "jinja2", version: "2.11.2" };
const flask: PackageVersion = { name: "flask", version: "3.1" };
const advisory = advisoryAbout("jinja2", "< 2.11.3");
const pull: ReviewRequest = {
  repository: orders,
  subject: { kind: "pull-request", number: 7 },
  headSha: "a".repeat(40),
  asked: true,
};
const branch: ReviewRequest = {
  repository: orders,
  subject: { kind: "branch", branch: "main", sha: "b".repeat(40) },
  headSha: "b".repeat(40),
  asked: false,
};

/** One review that asks for these, with the work that came of it. */
async function ask(request: ReviewRequest, ...versions: readonly PackageVersion[]) {
  const added: NewWork[] = [];
  const source = storedAdvisories(store.records, async (works) => void added.push(...works), request);
  return { known: await source(versions), added };
}

/** One run of the job, with what it asked the database for and the work that came of it. */
async function run(found: Readonly<Record<string, readonly Advisory[]>> = {}) {
  const asked: PackageVersion[] = [];
  const added: NewWork[] = [];
  await readDueAdvisories(
    {
      records: store.records,
      add: async (works) => void added.push(...works),
      read: async (versions) => {
        asked.push(...versions);
        return new Map(versions.map((one) => [keyOf(one), found[keyOf(one)] ?? []]));
      },
    },
    orders.installationId,
  );
  return { asked, added };
}

const aDayLater = () => store.database.query("update pyready.advisories set read_at = read_at - interval '25 hours'");

describe("a version that nobody asked about", () => {
  test("has no answer, is read once, and its review is made again with the answer", async () => {
    const first = await ask(pull, jinja, flask);
    expect(first.known).toMatchObject({ byVersion: new Map(), reason: expect.stringContaining("not read yet") });
    expect(first.added.map(({ kind }) => kind)).toEqual(["advisories"]);
    const { asked, added } = await run({ "jinja2@2.11.2": [advisory] });
    expect(asked).toEqual([flask, jinja]);
    expect(added).toMatchObject([{ kind: "review", lane: "pull/7", request: { asked: false } }]);
    const second = await ask(pull, jinja, flask);
    expect([...second.known.byVersion]).toEqual(
      expect.arrayContaining([
        ["flask@3.1", []],
        ["jinja2@2.11.2", [advisory]],
      ]),
    );
    expect(second.added).toEqual([]);
    expect(await run()).toEqual({ asked: [], added: [] });
  });

  test("makes the same review another one once it has its answer", async () => {
    expect(await store.records.advisoryAnswers(orders, "pull/7")).toBe(0);
    await ask(pull, jinja);
    expect(await store.records.advisoryAnswers(orders, "pull/7")).toBe(0);
    await run();
    expect(await store.records.advisoryAnswers(orders, "pull/7")).toBe(1);
  });

  test("is read for a repair that is tried, for which no review waits, and which no branch was judged by", async () => {
    await ask(branch, flask);
    await run();
    const tried = knownAdvisories(store.records, orders.installationId);
    expect((await tried([jinja])).byVersion.size).toBe(0);
    expect(await run()).toEqual({ asked: [jinja], added: [] });
    await aDayLater();
    expect((await run({ "flask@3.1": [advisory] })).added.map(({ lane }) => lane)).toEqual(["branch/main"]);
  });

  test("of another installation is asked about again: nobody learns what others use", async () => {
    await ask(pull, jinja);
    await run({ "jinja2@2.11.2": [advisory] });
    const other = { ...pull, repository: { ...orders, installationId: 2 } };
    expect((await ask(other, jinja)).known.byVersion.size).toBe(0);
  });
});

describe("a day later", () => {
  test("what reviews ask for is read again, and has its old answer until then", async () => {
    await ask(pull, jinja);
    await run({ "jinja2@2.11.2": [advisory] });
    await aDayLater();
    expect((await ask(pull, jinja)).known.byVersion.get("jinja2@2.11.2")).toEqual([advisory]);
    expect((await run()).asked).toEqual([jinja]);
  });

  test("the default branch is judged again where more became known of its versions, and no pull request", async () => {
    await ask(branch, jinja);
    await ask(pull, jinja);
    await run();
    await aDayLater();
    expect((await run()).added).toEqual([]);
    await aDayLater();
    const { added } = await run({ "jinja2@2.11.2": [advisory] });
    expect(added).toMatchObject([{ kind: "review", lane: "branch/main" }]);
  });

  test("what no review asked for lately is not", async () => {
    await ask(pull, jinja);
    await run();
    await store.database.query(
      "update pyready.advisories set read_at = now() - interval '20 days', wanted_at = now() - interval '15 days'",
    );
    expect((await run()).asked).toEqual([]);
    // An answer that is too old is none.
    expect((await ask(pull, jinja)).known.byVersion.size).toBe(0);
    expect((await run()).asked).toEqual([jinja]);
  });
});
