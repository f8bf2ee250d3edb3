import { exampleOf } from "../contract.ts";
import type { PublishedAdvisory } from "../settings.ts";
import { ApiError, page, type Route } from "./route.ts";

/** GitHub's database of advisories, for everybody with a token. */
export const advisories: readonly Route[] = [
  {
    method: "GET",
    path: "/advisories",
    needs: "token",
    handle: (call) => {
      const asked = (call.query.get("affects") ?? "").split(",");
      if (asked.length > 1000) throw new ApiError(422, "Validation Failed");
      const type = call.query.get("type") ?? "reviewed";
      const names = new Set(asked.map((one) => one.split("@", 1)[0]));
      // More than is asked for: whether a version is affected is for who asked to see.
      const matching = call.state.advisories.filter(
        (one) => names.has(one.name.toLowerCase()) && (one.type ?? "reviewed") === type,
      );
      const path = `/api/v3/advisories?ecosystem=pip&type=${type}&affects=${encodeURIComponent(asked.join(","))}`;
      const { items, headers } = page(call, path, matching);
      return {
        status: 200,
        body: items.map(advisoryOf),
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name, value.replaceAll("?per_page", "&per_page")]),
        ),
      };
    },
  },
];

function advisoryOf({ id, cve, name, severity, type = "reviewed", range, fixedIn, withdrawn }: PublishedAdvisory) {
  // GitHub's own example breaks its description in these two.
  const { id: _, epss, ...example } = (exampleOf("global-advisories")[0] ?? {}) as Readonly<Record<string, unknown>>;
  return {
    ...example,
    ghsa_id: id,
    cve_id: cve ?? null,
    type,
    severity,
    withdrawn_at: withdrawn ? "2026-01-01T00:00:00Z" : null,
    vulnerabilities: [
      {
        package: { ecosystem: "pip", name },
        vulnerable_version_range: range,
        first_patched_version: fixedIn ?? null,
        vulnerable_functions: null,
      },
    ],
  };
}
