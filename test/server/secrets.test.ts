import { createHmac } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { rules } from "../../rules/index.ts";
import { reviewSnapshot } from "../../src/engine/review-snapshot.ts";
import { createParseCache } from "../../src/facts/parse-cache.ts";
import { assess } from "../../src/policy/assess.ts";
import { defaultPolicy } from "../../src/policy/policy.ts";
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
  expect(valuesIn(JSON.stringify([toJson(assess(review, null, defaultPolicy)), review, kept]))).toEqual([]);
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

test.each(["trace", "info"])(
  "nothing of a repository or a payload is in log, metrics or answers at level %s",
  async (logLevel) => {
    const told = { owner: "zzowner", name: "zzname", author: "zzauthor", branch: "zzbranch", title: "zztitle" };
    const bed = await startTestBed({ logLevel });
    const { sandbox } = bed;
    const answers: string[] = [];
    const send = async (body: string, headers: Readonly<Record<string, string>> = {}) => {
      const signed = `sha256=${createHmac("sha256", sandbox.app.webhookSecret).update(body).digest("hex")}`;
      const standard = { "content-type": "application/json", "x-hub-signature-256": signed };
      const event = { "x-github-event": "pull_request", "x-github-delivery": "zz" };
      const request = { method: "POST", body, headers: { ...standard, ...event, ...headers } };
      answers.push(await (await fetch(`${bed.url}/api/github/webhooks`, request)).text());
    };
    try {
      const repository = sandbox.createRepository({ owner: told.owner, name: told.name, files: healthy });
      await sandbox.install([repository]);
      const body = JSON.stringify({ message: `zzecho ${planted[0]}`, errors: [{ message: "zzecho" }] });
      sandbox.fault({ path: /graphql/, effect: { status: 502, body }, times: 2 });
      sandbox.fault({ path: /git\/trees/, effect: { status: 500, body } });
      sandbox.fault({ method: "POST", path: /check-runs/, effect: { status: 422, body } });
      sandbox.fault({ method: "POST", path: /check-runs/, effect: "reset after commit" });
      sandbox.fault({ method: "POST", path: /comments/, effect: { status: 404, body } });
      const pull = await sandbox.openPullRequest(repository, {
        ...told,
        files: { ...leaky, 'odd/zzfile "\u202e`@x\n.py': "zzsource = 1\n", "zzbroken.py": "def zzsource(:\n" },
      });
      await sandbox.waitFor("a comment", () => sandbox.ourComments(repository, pull.number)[0]);
      await send('{"zzpayload": "x"', {});
      await send('{"zzpayload": "x"}', { "x-hub-signature-256": "sha256=00" });
      await send('{"zzpayload": "x"}', { "content-type": "text/zzpayload" });
      await send(JSON.stringify({ action: "opened", pull_request: { title: "zzpayload", number: "zzpayload" } }));
      await bed.settled();
      const metrics = await (await fetch(`${bed.url}/metrics`)).text();
      const written = [...bed.log, ...answers, metrics].join("\n");
      expect(written).toMatch(/"status":(404|500|502)/);
      expect(written.match(/zz[a-z]+/g) ?? []).toEqual([]);
      expect(valuesIn(written)).toEqual([]);
      expect(written).not.toContain(pull.headSha);
      expect(written).not.toMatch(/gh[a-z]_|eyJ[\w-]+\.|BEGIN/);
    } finally {
      await bed.close();
    }
  },
  60_000,
);
