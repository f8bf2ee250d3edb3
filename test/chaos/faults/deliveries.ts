import { randomBytes, randomUUID } from "node:crypto";
import { connect } from "node:net";
import type { Carriage, Delivery } from "../../sandbox/postman.ts";
import { type Chaos, type Fault, nothing } from "./fault.ts";

/** What the webhook's secret is changed to. */
export const NEXT_SECRET = randomBytes(24).toString("hex");

/** What happens to events between GitHub and the App. */
export const deliveryFaults: readonly Fault[] = [
  carried("copies", [1], ({ random }) => ({ copies: random.between(2, 12) })),
  carried("fifty-copies", [1], () => ({ copies: 50 })),
  carried("late-deliveries", [3], ({ random }) => ({ delayMs: random.between(0, 3000) })),
  carried("failed-deliveries", [4], ({ random }) => (random.chance(0.6) ? { fate: "failed" } : {})),
  carried("unsent-deliveries", [4, 5], ({ random }, { event }) =>
    // GitHub tells nobody of a comment that it does not send: only heads can be found again.
    random.chance(0.6) && (event === "pull_request" || event === "push") ? { fate: "never sent" } : {},
  ),
  {
    name: "reversed-deliveries",
    proves: [3],
    happensAtItsEnd: true,
    begin({ sandbox }, met) {
      sandbox.postman.hold();
      return () =>
        sandbox.postman.release((held) => {
          if (held.length > 1) met();
          return held.toReversed();
        });
    },
  },
  {
    name: "old-deliveries-again",
    proves: [2],
    happensAtItsEnd: true,
    begin: (chaos, met) => async () => {
      for (const old of chaos.random.sample(ofPulls(chaos), 4)) {
        met();
        await chaos.sandbox.redeliver(old);
        // After three days its id is forgotten.
        await chaos.sandbox.redeliver({ ...old, guid: randomUUID(), statuses: [] });
      }
    },
  },
  {
    name: "secret-is-changed",
    proves: [7],
    environment: ({ app }) => ({ WEBHOOK_SECRET: NEXT_SECRET, WEBHOOK_SECRET_PREVIOUS: app.webhookSecret }),
    begin({ sandbox }, met) {
      sandbox.app.webhookSecret = NEXT_SECRET;
      met();
      return nothing;
    },
  },
  {
    name: "forged-deliveries",
    proves: [6],
    isAlone: true,
    async begin(chaos, met) {
      await Promise.all(chaos.cluster.webs.map(({ url }) => offerForgeries(`${url}/api/github/webhooks`, met)));
      for (const web of chaos.cluster.webs) {
        for (const length of LENGTHS) {
          const held = web.measure();
          await pour(`${web.url}/api/github/webhooks`, length);
          const grown = web.measure() - held;
          if (grown > 60) throw new Error(`a refused body cost ${Math.round(grown)} MB`);
        }
      }
      return nothing;
    },
  },
];

function carried(
  name: string,
  proves: readonly number[],
  carriage: (chaos: Chaos, delivery: Delivery) => Carriage,
): Fault {
  return {
    name,
    proves,
    begin(chaos, met) {
      const { postman } = chaos.sandbox;
      postman.carriage = (delivery) => {
        const way = carriage(chaos, delivery);
        if (Object.keys(way).length > 0) met();
        return way;
      };
      return () => {
        postman.carriage = () => ({});
      };
    },
  };
}

function ofPulls({ sandbox }: Chaos): readonly Delivery[] {
  return sandbox.deliveries.filter(({ event }) => event === "pull_request");
}

/** Deliveries that are none; the door must tell each what is wrong with it. */
async function offerForgeries(url: string, met: () => void): Promise<void> {
  const body = JSON.stringify({ action: "opened", installation: { id: 1 } });
  const json = { "content-type": "application/json", "x-github-delivery": randomUUID(), "x-github-event": "ping" };
  const signatures: readonly Record<string, string>[] = [
    {},
    { "x-hub-signature-256": `sha256=${"0".repeat(64)}` },
    { "x-hub-signature": `sha1=${"0".repeat(40)}` },
    { "x-hub-signature-256": "sha256=é" },
  ];
  for (const signature of signatures) {
    const headers = new Headers(json);
    for (const [name, value] of Object.entries(signature)) headers.set(name, Buffer.from(value).toString("latin1"));
    const { status } = await fetch(url, { method: "POST", headers, body });
    if (status !== 401) throw new Error(`a forged delivery got ${status}`);
    met();
  }
}

const MEGABYTES = 200;
/** How the length of a body is told: beforehand, or not at all. */
const LENGTHS = [`content-length: ${MEGABYTES * 1024 * 1024}`, "transfer-encoding: chunked"];

/** Sends two hundred unsigned megabytes, as far as the door takes them. */
async function pour(url: string, length: string): Promise<void> {
  const { hostname, port, pathname } = new URL(url);
  const plain = Buffer.alloc(65_536, 0x20);
  const chunk = length.startsWith("transfer")
    ? Buffer.concat([Buffer.from("10000\r\n"), plain, Buffer.from("\r\n")])
    : plain;
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(Number(port), hostname);
    let heard = "";
    let left = (MEGABYTES * 1024 * 1024) / plain.length;
    const more = (): void => {
      while (left-- > 0 && !socket.destroyed) if (!socket.write(chunk)) return;
    };
    socket.on("data", (data) => {
      heard += data;
    });
    socket.on("drain", more);
    socket.on("error", () => {});
    socket.on("close", () => resolve(heard));
    socket.write(`POST ${pathname} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${length}\r\n\r\n`);
    more();
  });
  // A connection that is cut before its answer is read is an answer as well.
  if (answer && !answer.startsWith("HTTP/1.1 413"))
    throw new Error(`a body of ${MEGABYTES} MB got ${answer.slice(0, 12)}`);
}
