import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { rules } from "../../rules/index.ts";
import { reviewSnapshot } from "../../src/engine/review-snapshot.ts";
import { createParseCache } from "../../src/facts/parse-cache.ts";
import { toJson } from "../../src/report/json.ts";
import { temporaryFolders } from "../support/folders.ts";
import { miniSnapshot } from "../support/mini-snapshot.ts";
import { python } from "../support/python.ts";
import { healthy } from "../support/repositories.ts";
import { startTestBed } from "../support/running-server.ts";
import { awsPair, githubToken, privateKey } from "../support/secrets.ts";

const folders = temporaryFolders();
afterAll(() => folders.clear());

const pem = privateKey();
const planted = [githubToken().slice(5), awsPair.secret, pem.split("\n")[1] ?? "", "kV7-pq2Wz9"];
const leaky = {
  ...healthy,
  "shop/settings.py": [
    `TOKEN = "${githubToken()}"`,
    `AWS = ("${awsPair.id}", "${awsPair.secret}")`,
    `DATABASE_URL = "postgres://${"shop"}:kV7-pq2Wz9@db.eu-west.shops.io/shop"`,
    "",
  ].join("\n"),
  "deploy/tls.key": pem,
};
const valuesIn = (text: string) => planted.filter((value) => text.includes(value));

test("the value of a credential is in no report and in nothing that is kept of a file", async () => {
  const kept: unknown[] = [];
  const cache = createParseCache();
  const watched = {
    ...cache,
    parse: (...args: Parameters<typeof cache.parse>) => {
      const result = cache.parse(...args);
      if (args[0] === "committedSecrets") kept.push(result);
      return result;
    },
  };
  const review = await reviewSnapshot(miniSnapshot(leaky), { rules, date: "2026-11-22", cache: watched, python });
  expect(review.rules.find(({ id }) => id === "security/no-committed-secrets")?.evidence).toHaveLength(4);
  expect(kept.length).toBeGreaterThan(2);
  expect(valuesIn(JSON.stringify([toJson(review), review, kept]))).toEqual([]);
}, 60_000);

test("nor in what is published, logged or stored", async () => {
  const dataDir = folders.create();
  const bed = await startTestBed({ dataDir });
  try {
    const repository = bed.sandbox.createRepository({ owner: "acme", name: "orders", files: healthy });
    await bed.sandbox.install([repository]);
    const pull = await bed.sandbox.openPullRequest(repository, {
      title: "Change",
      author: "ada",
      branch: "change",
      files: leaky,
    });
    const run = await bed.sandbox.waitFor("a completed check run", () =>
      bed.sandbox.checkRuns(repository, pull.headSha).find(({ status }) => status === "completed"),
    );
    const comment = await bed.sandbox.waitFor("a comment", () => bed.sandbox.ourComments(repository, 1)[0]);
    await bed.settled();
    expect(JSON.stringify([run, comment])).toContain("GitHub token");
    expect(valuesIn(JSON.stringify([run, comment]))).toEqual([]);
    expect(valuesIn(bed.log.join("\n"))).toEqual([]);
  } finally {
    await bed.close();
  }
  const stored = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(stored.length).toBeGreaterThan(0);
  expect(stored.flatMap(({ parentPath, name }) => valuesIn(readFileSync(join(parentPath, name), "latin1")))).toEqual(
    [],
  );
}, 120_000);
