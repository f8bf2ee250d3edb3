import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Evidence } from "./invariants/evidence.ts";

/** Keeps what the processes said, and what was asked and delivered. */
export function keepLogs(folder: string, { cluster, sandbox }: Evidence): void {
  mkdirSync(folder, { recursive: true });
  for (const [index, { role, output }] of cluster.everyone.entries())
    writeFileSync(join(folder, `${index}-${role}.log`), output);
  const told = sandbox.requests.map(({ at, method, path, status, installationId }) =>
    JSON.stringify({ at, method, path, status, installationId }),
  );
  const delivered = sandbox.postman.attempts.map(({ at, status, redelivery, delivery: { guid, event, action } }) =>
    JSON.stringify({ at, event, action, status, redelivery, guid }),
  );
  writeFileSync(join(folder, "requests.jsonl"), told.join("\n"));
  writeFileSync(join(folder, "deliveries.jsonl"), delivered.join("\n"));
}
