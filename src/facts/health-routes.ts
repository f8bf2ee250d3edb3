import type { Edit } from "../rule.ts";
import { readHealthRoutes } from "./source/health-routes.ts";
import { defineSourceFact } from "./source/source-fact.ts";

export interface HealthRouteEdits {
  /** The lines that add a route of health to the application, or to the patterns, around this place. */
  edits(path: string, line: number): readonly Edit[];
  /** What may ask who comes before any route answers. */
  readonly gate: { readonly path: string; readonly line: number } | undefined;
}

/** Where a route of health can go: repairs alone ask. */
export const healthRoutes = defineSourceFact({
  extract: readHealthRoutes,
  combine: ({ files }): HealthRouteEdits => {
    const gated = files.find(({ parsed }) => parsed.gate !== undefined);
    return {
      edits(path, line) {
        const { places } = files.find((file) => file.path === path)?.parsed ?? { places: [] };
        const nearest = places.findLast((place) => place.line <= line);
        return (nearest?.insertions ?? []).map(({ after, lines }) => ({ kind: "insert", path, after, lines }));
      },
      gate: gated && { path: gated.path, line: gated.parsed.gate ?? 1 },
    };
  },
});
