import { createHash } from "node:crypto";
import type { KnownAdvisories } from "../../snapshot/advisories.ts";

/** Names what is known of some versions: the same answers have the same name, in whatever order they came. */
export function digestOf({ byVersion }: KnownAdvisories): string {
  const answers = [...byVersion]
    .map(([version, found]) => [version, found.map((one) => JSON.stringify(one)).sort()] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(answers)).digest("hex").slice(0, 16);
}
