import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { sandboxClient } from "../support/sandbox-client.ts";
import { type Sandbox, startSandbox } from "./sandbox.ts";
import type { Repository } from "./state.ts";

/** A replica of an App that notes what it is sent. */
interface Receiver {
  readonly server: Server;
  readonly url: string;
  readonly got: { readonly guid: string; readonly event: string }[];
  answers: number;
}

let sandbox: Sandbox;
let client: ReturnType<typeof sandboxClient>;
let receivers: Receiver[];
let repository: Repository;

beforeEach(async () => {
  sandbox = await startSandbox();
  client = sandboxClient(sandbox);
  receivers = [await receiver(), await receiver()];
  repository = sandbox.createRepository({ owner: "acme", name: "shop", files: { "a.py": "" } });
  await sandbox.install([repository]);
  sandbox.setWebhookUrl(...receivers.map(({ url }) => url));
});

afterEach(async () => {
  await sandbox.close();
  for (const { server } of receivers) {
    server.closeAllConnections();
    server.close();
  }
});

async function receiver(): Promise<Receiver> {
  const got: Receiver["got"] = [];
  const server = createServer((request, response) => {
    got.push({
      guid: String(request.headers["x-github-delivery"]),
      event: String(request.headers["x-github-event"]),
    });
    request.resume().on("end", () => response.writeHead(made.answers).end());
  });
  const listening = once(server, "listening");
  server.listen(0, "127.0.0.1");
  await listening;
  const made = { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, got, answers: 202 };
  return made;
}

const push = (content = "") => sandbox.push(repository, "main", { "a.py": content });
const arrived = () => receivers.flatMap(({ got }) => got);

describe("a delivery", () => {
  test("goes to each replica in turn", async () => {
    for (const content of ["1", "2", "3", "4"]) await push(content);
    expect(receivers.map(({ got }) => got.length)).toEqual([2, 2]);
  });

  test("can be sent many times, with one id", async () => {
    sandbox.postman.carriage = () => ({ copies: 5 });
    await push();
    expect([arrived().length, new Set(arrived().map(({ guid }) => guid)).size]).toEqual([5, 1]);
  });

  test("can be late, and is waited for by nobody but who asks", async () => {
    sandbox.postman.carriage = () => ({ delayMs: 50 });
    await push();
    expect(arrived()).toEqual([]);
    await sandbox.postman.idle();
    expect(arrived()).toHaveLength(1);
  });

  test("can be held, and come in another order", async () => {
    sandbox.postman.hold();
    await sandbox.openPullRequest(repository, { title: "A", author: "ada", branch: "a", files: {} });
    await push();
    expect(arrived()).toEqual([]);
    await sandbox.postman.release((held) => held.toReversed());
    expect(sandbox.postman.attempts.map(({ delivery }) => delivery.event)).toEqual(["push", "pull_request"]);
  });

  test("can be lost, with or without a trace", async () => {
    sandbox.postman.carriage = () => ({ fate: "never sent" });
    await push("1");
    sandbox.postman.carriage = () => ({ fate: "failed" });
    await push("2");
    expect([arrived(), sandbox.deliveries.length, sandbox.postman.attempts.length]).toEqual([[], 2, 1]);
  });

  test("is none while the installation is suspended", async () => {
    await sandbox.suspend(repository);
    await push();
    expect(arrived().map(({ event }) => event)).toEqual(["installation"]);
  });
});

describe("the log of deliveries", () => {
  interface Item {
    readonly id: number;
    readonly guid: string;
    readonly status: string;
    readonly redelivery: boolean;
  }
  const list = async (query: string) => {
    const response = await client.askAsApp("GET", `/app/hook/deliveries?${query}`);
    return { items: (await response.json()) as Item[], link: response.headers.get("link") };
  };

  test("is listed newest first, page by page", async () => {
    for (const content of ["1", "2", "3"]) await push(content);
    const first = await list("per_page=2");
    const cursor = /cursor=(\w+)/.exec(first.link ?? "")?.[1];
    const second = await list(`per_page=2&cursor=${cursor}`);
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(ids).toEqual(sandbox.postman.attempts.map(({ id }) => id).reverse());
    expect(second.link).toBeNull();
  });

  test("tells what failed, whose sending again has the same id and is an attempt of its own", async () => {
    for (const one of receivers) one.answers = 503;
    await push();
    for (const one of receivers) one.answers = 202;
    const { items } = await list("status=failure");
    expect(items).toMatchObject([{ event: "push", status_code: 503, action: null, repository_id: repository.id }]);
    const again = await client.askAsApp("POST", `/app/hook/deliveries/${items[0]?.id}/attempts`);
    expect(again.status).toBe(202);
    await sandbox.postman.idle();
    const now = (await list("per_page=100")).items;
    expect(now.map(({ status, redelivery }) => [status, redelivery])).toEqual([
      ["OK", true],
      ["Invalid HTTP Response", false],
    ]);
    expect(new Set(now.map(({ guid }) => guid)).size).toBe(1);
    const whole = await client.askAsApp("GET", `/app/hook/deliveries/${items[0]?.id}`);
    expect(await whole.json()).toMatchObject({ request: { payload: { ref: "refs/heads/main" } } });
  });
});
