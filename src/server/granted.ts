import { LRUCache } from "lru-cache";
import type { App } from "../github/app.ts";
import type { Permissions } from "../github/tokens.ts";

const INSTALLATIONS = 1000;
/** An owner who takes a permission away is heeded by GitHub at once; by what is offered, soon. */
const KEPT_MS = 600_000;

/** What installations let the App do, asked once in a while: for what is offered, not for what is done. */
export function grantedPermissions(app: Pick<App, "permissionsOf">) {
  const known = new LRUCache<string, Permissions>({ max: INSTALLATIONS, ttl: KEPT_MS });
  /** @param from when the permissions last changed, as far as anybody told */
  return async (installationId: number, from: number): Promise<Permissions> => {
    const key = `${installationId}/${from}`;
    const permissions = known.get(key) ?? (await app.permissionsOf(installationId));
    known.set(key, permissions);
    return permissions;
  };
}
