import { connect, createServer, type Socket } from "node:net";

/** How the network between a process and the store is just now. */
export type Weather = "fine" | "cut" | "silent";

/** The network between one process and the store. */
export interface StoreProxy {
  readonly port: number;
  /** Cut: connections break and none are made. Silent: nothing arrives, and nobody is told. */
  set(weather: Weather): void;
  close(): Promise<void>;
}

/** Carries connections on to the store's port, as long as the weather allows. */
export async function openStoreProxy(storePort: number): Promise<StoreProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let weather: Weather = "fine";
  const server = createServer((near) => {
    if (weather === "cut") {
      near.resetAndDestroy();
      return;
    }
    const far = connect(storePort, "127.0.0.1");
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [far, near] as const]) {
      from.on("data", (chunk) => to.write(chunk));
      from.on("error", () => to.destroy());
      from.on("close", () => {
        to.destroy();
        pairs.delete(pair);
      });
    }
    if (weather === "silent") hush(pair);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const hush = (pair: readonly Socket[]): void => {
    for (const socket of pair) socket.pause();
  };
  return {
    port: (server.address() as { port: number }).port,
    set(next) {
      weather = next;
      for (const pair of pairs) {
        if (next === "cut") for (const socket of pair) socket.resetAndDestroy();
        else if (next === "silent") hush(pair);
        else for (const socket of pair) socket.resume();
      }
    },
    close() {
      for (const pair of pairs) for (const socket of pair) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
