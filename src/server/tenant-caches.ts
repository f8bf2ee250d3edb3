import { LRUCache } from "lru-cache";

/** Installations whose caches are kept at a time. */
const TENANTS = 50;

/** Caches by installation. */
export interface TenantCaches<Caches> {
  of(installationId: number): Caches;
}

/** One set of caches for each installation: what one tenant's files say never reaches another's review. */
export function tenantCaches<Caches extends object>(create: () => Caches): TenantCaches<Caches> {
  const tenants = new LRUCache<number, Caches>({ max: TENANTS });
  return {
    of(installationId) {
      const known = tenants.get(installationId) ?? create();
      tenants.set(installationId, known);
      return known;
    },
  };
}
