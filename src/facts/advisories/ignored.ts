import { defineFact, globs } from "../fact.ts";
import { parseToml } from "../formats/toml.ts";

/** An advisory that the project told its scanners to pass over. */
interface IgnoredAdvisory {
  /** An id of any database, in capital letters. */
  readonly id: string;
  /** ISO day after which it counts again. */
  readonly until: string | undefined;
}

const isOsvConfig = globs("**/osv-scanner.toml");

/**
 * The advisories that osv-scanner's file passes over today. Options of a command in CI pass over nothing here: a
 * change could write one for itself.
 */
export const ignoredAdvisories = defineFact({
  spans: "repository",
  reads: (path, tree) => isOsvConfig(path) && tree.isFirstParty(path),
  parse: ({ text }): readonly IgnoredAdvisory[] =>
    (parseToml(text).get("IgnoredVulns")?.items ?? []).flatMap((item) => {
      const id = item.get("id")?.text;
      return id ? [{ id: id.toUpperCase(), until: item.get("ignoreUntil")?.text?.slice(0, 10) }] : [];
    }),
  combine: ({ files, date }): ReadonlySet<string> =>
    new Set([
      ...files
        .flatMap(({ parsed }) => parsed)
        .filter(({ until }) => until === undefined || until >= date)
        .map(({ id }) => id),
    ]),
});
