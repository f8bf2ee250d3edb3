import { expect, test } from "@jest/globals";
import { useServerProcesses } from "../support/process-scene.ts";
import { healthy, poor } from "../support/repositories.ts";
import { environmentFor } from "../support/server-process.ts";

const processes = useServerProcesses();

async function droppedLines(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^pyready_log_lines_dropped_total (\d+)$/m.exec(text)?.[1]);
}

/** Refused deliveries, a line of log each, as long as a sender can make it. */
async function knock(url: string, times: number): Promise<void> {
  const headers = { "x-github-delivery": "d".repeat(100), "x-github-event": "e".repeat(100) };
  const one = async () => {
    const response = await fetch(`${url}/api/github/webhooks`, { method: "POST", body: "{}", headers });
    await response.arrayBuffer();
  };
  for (let sent = 0; sent < times; sent += 50) await Promise.all(Array.from({ length: 50 }, one));
}

test.each<[string, "pause" | "destroy"]>([
  ["nobody reads any more", "pause"],
  ["is closed", "destroy"],
])(
  "a log that %s holds no review up, and what is lost of it is counted",
  async (_, end) => {
    const { child, started, ended } = processes.start({
      ...environmentFor(processes.sandbox),
      DATA_DIR: processes.folder(),
      LOG_LEVEL: "trace",
    });
    const url = await started;
    child.stdout?.[end]();
    let dropped = 0;
    for (let round = 0; round < 60 && dropped === 0; round++) {
      await knock(url, 500);
      dropped = await droppedLines(url);
    }
    expect(dropped).toBeGreaterThan(0);
    const { sandbox } = processes;
    sandbox.setWebhookUrl(`${url}/api/github/webhooks`);
    const repository = sandbox.createRepository({ owner: "acme", name: `orders-${end}`, files: healthy });
    await sandbox.install([repository]);
    const change = { title: "Change", author: "ada", branch: "change", files: poor };
    const pull = await sandbox.openPullRequest(repository, change);
    await sandbox.waitFor("the comment", () => sandbox.ourComments(repository, pull.number)[0]);
    child.kill("SIGTERM");
    expect((await ended).exit).toBe(0);
  },
  120_000,
);
