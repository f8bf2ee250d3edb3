import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Evidence } from "./invariants/evidence.ts";

/** Keeps what the processes said, and what was asked and delivered. */
export function keepLogs(folder: string, { cluster, sandbox }: Evidence): void {
  mkdirSync(folder, { recursive: true });
  for (const [index, { role, output }] of cluster.everyone.entries())
    writeFileSync(join(folder, `${index}-${role}.log`), output);
  const told = sandbox.requests.map(({ at, method, path, status, installationId, repositoryId }) =>
    JSON.stringify({ at, method, path, status, installationId, repositoryId }),
  );
  const delivered = sandbox.postman.attempts.map(({ at, status, redelivery, delivery: { body, ...delivery } }) => {
    const { number, after, pull_request: pull, issue } = JSON.parse(body);
    const head = pull?.head?.sha ?? after;
    return JSON.stringify({ at, ...delivery, number: number ?? issue?.number, head, status, redelivery });
  });
  writeFileSync(join(folder, "requests.jsonl"), told.join("\n"));
  writeFileSync(join(folder, "deliveries.jsonl"), delivered.join("\n"));
}
