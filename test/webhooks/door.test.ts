import { createHmac } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { createDoor, type DoorPorts } from "../../src/webhooks/door.ts";

const PATH = "/hooks";
const BODY = '{"zen": "Keep it logically awesome."}';
const receive = jest.fn<DoorPorts["receive"]>(async () => {});
const log = jest.fn<DoorPorts["log"]>();
const door = createDoor(
  { webhookPath: PATH, webhookSecrets: ["new secret", "old secret"], acceptsWebhooks: true },
  { receive, log, unready: async () => undefined },
);
let port: number;

beforeAll(async () => {
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
  ({ port } = door.address() as AddressInfo);
});
afterAll(() => door.close().closeAllConnections());

const signature = (secret: string) => `sha256=${createHmac("sha256", secret).update(BODY).digest("hex")}`;
const headersOf = (signed: string) => ({
  "content-type": "application/json",
  "x-github-event": "ping",
  "x-github-delivery": "1",
  "x-hub-signature-256": signed,
});
const send = (signed: string) =>
  fetch(`http://127.0.0.1:${port}${PATH}`, { method: "POST", body: BODY, headers: headersOf(signed) });

describe("a delivery while the secret is replaced", () => {
  test.each([
    ["the new secret", "new secret", 202],
    ["the one before", "old secret", 202],
    ["one that is no more", "older secret", 401],
    ["none", "", 401],
  ])("that is signed with %s is answered %s %d", async (_, secret, status) => {
    expect((await send(signature(secret))).status).toBe(status);
  });

  test.each(["", "sha256=", `sha256=${"0".repeat(63)}`, `sha256=${"g".repeat(64)}`, `SHA1=${"0".repeat(40)}`])(
    "is not taken with %j for a signature",
    async (signed) => {
      expect((await send(signed)).status).toBe(401);
    },
  );
});

test("a body that breaks off is not taken, and nobody waits for it", async () => {
  receive.mockClear();
  const socket = connect(port, "127.0.0.1");
  const headers = Object.entries({ ...headersOf(signature("new secret")), host: "x", "content-length": BODY.length });
  socket.write(
    `POST ${PATH} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n{"zen"`,
  );
  log.mockClear();
  const logged = new Promise((resolve) => log.mockImplementation(resolve));
  socket.destroySoon();
  expect(await logged).toMatchObject({ status: 400 });
  expect(receive).not.toHaveBeenCalled();
});

test("a body that dribbles is cut off", async () => {
  const socket = connect(port, "127.0.0.1");
  const headers = Object.entries({ ...headersOf(signature("new secret")), host: "x", "content-length": 1000 });
  socket.write(`POST ${PATH} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`);
  const dribbling = setInterval(() => socket.write(" "), 100);
  const [answer] = (await once(socket, "data")) as [Buffer];
  clearInterval(dribbling);
  expect(answer.toString()).toMatch(/^HTTP\/1.1 408 /);
  await once(socket, "close");
}, 20_000);
