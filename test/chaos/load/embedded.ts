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
/** Pull requests that are opened around each. */
const CHANGES = 6;
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
    for (let kill = 1; kill <= KILLS; kill++) {
      // An installation for each: none spends its budget of writes.
      const repository = sandbox.createRepository({ owner: `org-${kill}`, name: "shop", files: CONTENTS });
      await sandbox.install([repository]);
      const stop = sandbox.on({ after: random.between(2, 12), times: 1 }, "after commit", () => server.kill());
      for (let n = 1; n <= CHANGES; n++) {
        const files = { ...CONTENTS, "notes/more.txt": `${kill}.${n}\n` };
        const change = { title: "Change", author: "ada", branch: `change-${n}`, files };
        await server.started;
        await sandbox.openPullRequest(repository, change);
      }
      await sandbox.waitFor("the kill", () => (server.kills >= kill ? true : undefined), 60_000);
      stop();
      await server.started;
    }
    const accepted = sandbox.deliveries.filter(
      ({ event, statuses }) => event === "pull_request" && statuses.includes(202),
    );
    const heads = accepted.map(
      ({ body }) => (JSON.parse(body) as { pull_request: { head: { sha: string } } }).pull_request.head.sha,
    );
    const runsOn = (sha: string) =>
      sandbox.state.repositories.flatMap(({ checkRuns }) => checkRuns.filter(({ headSha }) => headSha === sha));
    const unfinished = () => heads.filter((sha) => runsOn(sha).length !== 1 || runsOn(sha)[0]?.status !== "completed");
    await sandbox
      .waitFor("every review", () => (unfinished().length === 0 ? true : undefined), 240_000)
      .catch(() => undefined);
    return [
      told("embedded: kills while it worked, events acknowledged", `${server.kills}, ${heads.length}`),
      none("embedded: acknowledged and lost, or done twice", unfinished()),
    ];
  } finally {
    await server.remove();
    await sandbox.close().catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  }
}
