/** Levels of data that are looked into; deeper is other. */
const MAX_DEPTH = 200;

/** True for lists of the very same members. */
export function isSameList(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((member, index) => member === other[index]);
}

/**
 * True for the very same, and for plain data with the same content in the same order. Of anything that
 * is not plain (functions, instances of classes) only itself is the same: it may hold what cannot be seen.
 */
export function isSame(one: unknown, other: unknown): boolean {
  return isEqual(one, other, new Map(), 0);
}

/** @param met pairs that are being compared, or were: what several places share is compared once */
function isEqual(one: unknown, other: unknown, met: Map<object, object>, depth: number): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (met.get(one) === other) return true;
  const [parts, others] = [partsOf(one), partsOf(other)];
  if (!parts || !others || depth >= MAX_DEPTH || parts.kind !== others.kind || parts.all.length !== others.all.length)
    return false;
  met.set(one, other);
  return parts.all.every((part, index) => isEqual(part, others.all[index], met, depth + 1));
}

/** What plain data is made of, keys before their values; undefined for anything else. */
function partsOf(data: object): { readonly kind: object; readonly all: readonly unknown[] } | undefined {
  const kind = Object.getPrototypeOf(data);
  if (kind === Array.prototype) return { kind, all: data as unknown[] };
  if (kind === Object.prototype) return { kind, all: Object.entries(data).flat() };
  if (kind === Map.prototype) return { kind, all: [...(data as Map<unknown, unknown>)].flat() };
  return kind === Set.prototype ? { kind, all: [...(data as Set<unknown>)] } : undefined;
}
