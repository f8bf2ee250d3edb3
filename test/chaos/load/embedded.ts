import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "../../sandbox/sandbox.ts";
import { environmentFor } from "../../support/server-process.ts";
import { freePort } from "../cluster.ts";
import { Random } from "../random.ts";
import { Replica } from "../replica.ts";
import { type Figure, none, told } from "./figures.ts";

const KILLS = 10;
const CONTENTS = { "notes/today.txt": "Nothing is sold today.\n" };

/** The embedded database: ten kills while work goes on, and nothing is lost that was acknowledged. */
export async function measureEmbedded(): Promise<readonly Figure[]> {
  const random = new Random(7);
  const folder = mkdtempSync(join(tmpdir(), "pyready-embedded-"));
  const sandbox = await startSandbox();
  // Nobody looks for what was lost: what is acknowledged must be enough.
  const environment = { ...environmentFor(sandbox), DATA_DIR: folder, RECONCILE_SECONDS: "0" };
  const server = await Replica.start({ role: "all", port: await freePort(), folder, environment, store: null });
  try {
    await server.started;
    sandbox.setWebhookUrl(`${server.url}/api/github/webhooks`);
    const repository = sandbox.createRepository({ owner: "acme", name: "shop", files: CONTENTS });
    await sandbox.install([repository]);
    for (let kill = 1; kill <= KILLS; kill++) {
      const stop = sandbox.on({ after: random.between(2, 12), times: 1 }, "after commit", () => server.kill());
      for (let n = 1; server.kills < kill; n++) {
        const files = { ...CONTENTS, "notes/more.txt": `${kill}.${n}\n` };
        const change = { title: "Change", author: "ada", branch: `change-${kill}-${n}`, files };
        await sandbox.openPullRequest(repository, change);
      }
      stop();
      await server.started;
    }
    const acknowledged = [...repository.pulls.values()].filter(({ number }) =>
      sandbox.deliveries.some(({ event, body, statuses }) => {
        const told = event === "pull_request" ? (JSON.parse(body) as { number: number }).number : 0;
        return told === number && statuses.some((status) => status === 202);
      }),
    );
    const unfinished = () =>
      acknowledged.filter(({ headSha }) => {
        const runs = sandbox.checkRuns(repository, headSha);
        return runs.length !== 1 || runs[0]?.status !== "completed";
      });
    await sandbox
      .waitFor("every review", () => (unfinished().length === 0 ? true : undefined), 240_000)
      .catch(() => undefined);
    return [
      told("embedded: kills while it worked, events acknowledged", `${server.kills}, ${acknowledged.length}`),
      none(
        "embedded: acknowledged and lost, or done twice",
        unfinished().map(({ number }) => `#${number}`),
      ),
    ];
  } finally {
    await server.remove();
    await sandbox.close().catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  }
}
