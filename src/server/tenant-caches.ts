import { LRUCache } from "lru-cache";

/** Installations whose caches are kept at a time. */
const TENANTS = 50;

/** One set of caches for each installation: what one tenant's files say never reaches another's review. */
export function tenantCaches<Caches extends object>(create: () => Caches): { of(installationId: number): Caches } {
  const tenants = new LRUCache<number, Caches>({ max: TENANTS });
  return {
    of(installationId) {
      const known = tenants.get(installationId) ?? create();
      tenants.set(installationId, known);
      return known;
    },
  };
}
