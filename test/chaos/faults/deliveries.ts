import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import type { Carriage, Delivery } from "../../sandbox/postman.ts";
import { type Chaos, type Fault, nothing } from "./fault.ts";

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
    name: "forged-deliveries",
    proves: [6],
    isAlone: true,
    async begin(chaos, met) {
      await Promise.all(chaos.cluster.webs.map(({ url }) => offerForgeries(`${url}/api/github/webhooks`, met)));
      const held = chaos.cluster.webs.map((web) => web.measure());
      await Promise.all(chaos.cluster.webs.map(({ url }) => pour(`${url}/api/github/webhooks`)));
      const grown = chaos.cluster.webs.map((web, index) => web.measure() - (held[index] ?? 0));
      if (Math.max(...grown) > 60) throw new Error(`a refused body cost ${Math.round(Math.max(...grown))} MB`);
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

/** Two hundred unsigned megabytes, told of beforehand and not. */
async function pour(url: string): Promise<void> {
  const { hostname, port, pathname } = new URL(url);
  const head = `POST ${pathname} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n`;
  const chunk = Buffer.alloc(65_536, 0x20);
  for (const length of [`content-length: ${200 * 1024 * 1024}`, "transfer-encoding: chunked"]) {
    const status = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), hostname);
      let answer = "";
      let poured = 0;
      const more = (): void => {
        while (poured < 200 * 1024 * 1024 && !socket.destroyed) {
          poured += chunk.length;
          const isChunked = length.startsWith("transfer");
          const goesOn = isChunked
            ? socket.write(Buffer.concat([Buffer.from("10000\r\n"), chunk, Buffer.from("\r\n")]))
            : socket.write(chunk);
          if (!goesOn) return;
        }
      };
      socket.on("data", (data) => {
        answer += data;
      });
      socket.on("drain", more);
      socket.on("error", () => {});
      socket.on("close", () => resolve(answer.slice(0, 12)));
      socket.write(`${head}${length}\r\n\r\n`);
      more();
    });
    if (status && !status.includes("413")) throw new Error(`a body of 200 MB got ${status}`);
  }
}
