import { createHmac } from "node:crypto";
import { request } from "node:http";
import { describe, expect, test } from "@jest/globals";
import { useTestBed } from "../support/scene.ts";

const scene = useTestBed();

describe("the door", () => {
  const PATH = "/api/github/webhooks";
  const sign = (body: string) =>
    `sha256=${createHmac("sha256", scene.bed.sandbox.app.webhookSecret).update(body).digest("hex")}`;
  const send = (body: string, headers: Record<string, string>) =>
    fetch(scene.bed.url + PATH, { method: "POST", body, headers });
  const JSON_TYPE = { "content-type": "application/json", "x-github-event": "ping" };

  test.each<[number, string, () => Promise<Response>]>([
    [401, "without a signature", () => send("{}", { ...JSON_TYPE, "x-github-delivery": "1" })],
    [
      401,
      "with a wrong signature",
      () => send("{}", { ...JSON_TYPE, "x-github-delivery": "1", "x-hub-signature-256": sign("{ }") }),
    ],
    [
      401,
      "with SHA-1 alone",
      () => send("{}", { ...JSON_TYPE, "x-github-delivery": "1", "x-hub-signature": "sha1=00" }),
    ],
    [
      415,
      "with another content type",
      () => send("{}", { "content-type": "text/plain", "x-hub-signature-256": sign("{}") }),
    ],
    [
      400,
      "that is signed and no JSON",
      () => send("{", { ...JSON_TYPE, "x-github-delivery": "1", "x-hub-signature-256": sign("{") }),
    ],
    [400, "without a delivery's id", () => send("{}", { ...JSON_TYPE, "x-hub-signature-256": sign("{}") })],
    [
      202,
      "with an unknown event",
      () =>
        send("{}", {
          ...JSON_TYPE,
          "x-github-event": "unheard_of",
          "x-github-delivery": "2",
          "x-hub-signature-256": sign("{}"),
        }),
    ],
    [
      202,
      "whose body is JSON and no object",
      () =>
        send("[]", {
          ...JSON_TYPE,
          "x-github-event": "push",
          "x-github-delivery": "3",
          "x-hub-signature-256": sign("[]"),
        }),
    ],
    [405, "by GET", () => fetch(scene.bed.url + PATH)],
    [404, "to another path", () => fetch(`${scene.bed.url}/probot`)],
    [200, "for its health", () => fetch(`${scene.bed.url}/healthz`)],
    [200, "for its readiness", () => fetch(`${scene.bed.url}/readyz`)],
  ])("answers %d to a request %s", async (status, _, ask) => {
    expect((await ask()).status).toBe(status);
  });

  test("refuses 200 MB at once and keeps little of them", async () => {
    const before = process.memoryUsage().rss;
    const answered = await new Promise<number | string>((resolve) => {
      const sending = request(scene.bed.url + PATH, {
        method: "POST",
        headers: { ...JSON_TYPE, "transfer-encoding": "chunked" },
      });
      let sent = 0;
      let isOver = false;
      const chunk = Buffer.alloc(1_000_000);
      const more = (): void => {
        if (!isOver && sent++ < 200) sending.write(chunk, more);
      };
      sending.on("response", ({ statusCode }) => {
        isOver = true;
        resolve(statusCode ?? 0);
      });
      sending.on("error", ({ code }: NodeJS.ErrnoException) => {
        isOver = true;
        resolve(code ?? "");
      });
      more();
    });
    expect(answered).toBe(413);
    expect(process.memoryUsage().rss - before).toBeLessThan(120_000_000);
  });

  test("refuses what announces too much before it is sent", async () => {
    const status = await new Promise((resolve) => {
      const asking = request(
        scene.bed.url + PATH,
        { method: "POST", headers: { ...JSON_TYPE, "content-length": "200000000" } },
        ({ statusCode }) => resolve(statusCode),
      );
      asking.on("error", () => {});
      asking.flushHeaders();
    });
    expect(status).toBe(413);
  });
});
