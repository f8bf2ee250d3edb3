import { describe, expect, test } from "@jest/globals";
import { tenantCaches } from "../../src/server/tenant-caches.ts";

/** Caches that weigh what they are told to, no more than ten together. */
const caches = () =>
  tenantCaches(
    () => ({ weight: 0 }),
    ({ weight }) => weight,
    10,
  );

describe("the caches of tenants", () => {
  test("are each tenant's own, and kept", () => {
    const { of } = caches();
    expect(of(1)).toBe(of(1));
    expect(of(1)).not.toBe(of(2));
  });

  test("make room for others when they weigh too much together: who was not served for long goes first", () => {
    const { of } = caches();
    const [first, second] = [of(1), of(2)];
    first.weight = 6;
    second.weight = 6;
    of(1);
    expect(of(1)).toBe(first);
    expect(of(2)).not.toBe(second);
  });

  test("of a tenant that weighs too much alone are kept while it is served", () => {
    const { of } = caches();
    const only = of(1);
    only.weight = 99;
    expect(of(1)).toBe(only);
    of(2);
    expect(of(1)).not.toBe(only);
  });
});
