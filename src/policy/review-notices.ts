import type { Review } from "../engine/review.ts";
import type { Notice } from "./assessment.ts";
import type { Origin, Policy } from "./policy.ts";
import { daysBetween } from "./waivers.ts";

/** Days before its end in which a waiver is announced. */
const ANNOUNCED = 14;

/** Findings that a change silences, each told of by itself; of more only how many there are. */
const SILENCED = 10;

/**
 * What a review says of the policy that it was made by: waivers that end, ended or cover nothing, components without
 * files, and findings that the change itself silences.
 */
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
  return [...ofWaivers, ...ofComponents, ...silencedNotices(review)];
}

function silencedNotices({ rules }: Review): readonly Notice[] {
  const silenced = rules.flatMap(({ id, toBeSuppressed }) => toBeSuppressed.map((evidence) => ({ id, ...evidence })));
  const told = silenced.slice(0, SILENCED).map(({ id, path, line }) => {
    const what = `This change tells a tool to pass over what ${id} finds here`;
    return notice("change", { path, line }, `${what}: the finding counts until that is merged.`);
  });
  const more = silenced.length - told.length;
  if (more === 0) return told;
  const rest = more === 1 ? "1 more finding" : `${more} more findings`;
  return [...told, notice("change", { path: null, line: null }, `This change silences ${rest}.`)];
}

function notice(kind: Notice["kind"], { path, line }: Pick<Origin, "path" | "line">, message: string): Notice {
  return { kind, message, path, line };
}
