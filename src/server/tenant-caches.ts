import { LRUCache } from "lru-cache";

/** Installations whose caches are kept at a time, as long as these weigh no more than that together. */
const TENANTS = 50;
const MOST = 100_000_000;

/** Caches by installation. */
export interface TenantCaches<Caches> {
  of(installationId: number): Caches;
}

/**
 * One set of caches for each installation: what one tenant's files say never reaches another's review. Who was
 * not served for the longest time makes room for the others.
 */
export function tenantCaches<Caches extends object>(
  create: () => Caches,
  weightOf: (caches: Caches) => number,
  most = MOST,
): TenantCaches<Caches> {
  const tenants = new LRUCache<number, Caches>({ max: TENANTS });
  return {
    of(installationId) {
      const known = tenants.get(installationId) ?? create();
      tenants.set(installationId, known);
      let weight = tenants.values().reduce((sum, caches) => sum + weightOf(caches), 0);
      while (weight > most && tenants.size > 1) {
        const left = tenants.pop();
        weight -= left ? weightOf(left) : 0;
      }
      return known;
    },
  };
}
