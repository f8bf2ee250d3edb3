import type { Review } from "../engine/review.ts";
import type { Notice } from "./assessment.ts";
import type { Origin, Policy } from "./policy.ts";
import { daysBetween } from "./waivers.ts";

/** Days before its end in which a waiver is announced. */
const ANNOUNCED = 14;

/** What a review says of the policy that it was made by: waivers that end, ended or cover nothing, and components without files. */
export function reviewNotices({ waivers, components }: Policy, review: Review): readonly Notice[] {
  const ofWaivers = waivers.flatMap(({ rule, owner, expires, origin }, index): readonly Notice[] => {
    const use = review.waivers[index];
    const days = daysBetween(review.date, expires);
    if (days < 0)
      return [
        notice("expiry", origin, `The waiver of ${rule} (${owner}) ended on ${expires}: what it covered counts again.`),
      ];
    if (use?.isJudged && use.findings === 0)
      return [notice("unused", origin, `The waiver of ${rule} covers nothing, and can be deleted.`)];
    if (days > ANNOUNCED) return [];
    const when = days === 0 ? "today" : days === 1 ? "tomorrow" : `in ${days} days`;
    return [
      notice(
        "expiry",
        origin,
        `The waiver of ${rule} (${owner}) ends ${when}, on ${expires}: what it covers counts again then.`,
      ),
    ];
  });
  const judged = new Set(review.components.map(({ root }) => root));
  const missing = components.filter(({ path }) => !judged.has(path));
  const ofComponents = missing.map(({ path }) =>
    notice("error", { path: null, line: null }, `components names ${path}, which holds no files: it is not judged.`),
  );
  return [...ofWaivers, ...ofComponents];
}

function notice(kind: Notice["kind"], { path, line }: Pick<Origin, "path" | "line">, message: string): Notice {
  return { kind, message, path, line };
}
