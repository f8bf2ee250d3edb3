import { type Ci, ci } from "../ci.ts";
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

/** The advisories that osv-scanner's file, or an option of pip-audit in CI, passes over today. */
export const ignoredAdvisories = defineFact({
  spans: "repository",
  uses: { ci },
  reads: (path, tree) => isOsvConfig(path) && tree.isFirstParty(path),
  parse: ({ text }): readonly IgnoredAdvisory[] =>
    (parseToml(text).get("IgnoredVulns")?.items ?? []).flatMap((item) => {
      const id = item.get("id")?.text;
      return id ? [{ id: id.toUpperCase(), until: item.get("ignoreUntil")?.text?.slice(0, 10) }] : [];
    }),
  combine: ({ files, date, uses }): ReadonlySet<string> =>
    new Set([
      ...files
        .flatMap(({ parsed }) => parsed)
        .filter(({ until }) => until === undefined || until >= date)
        .map(({ id }) => id),
      ...uses.ci.jobs.flatMap(idsOfOptions),
    ]),
});

/** `pip-audit --ignore-vuln ID` and `uv audit --ignore ID`. */
function idsOfOptions({ commands }: Ci["jobs"][number]): readonly string[] {
  return commands
    .filter(({ purposes }) => purposes.includes("dependency-scan"))
    .flatMap(({ words }) =>
      words.flatMap((word, index) => {
        const [, given] = /^--ignore(?:-vuln|-vulnerability)?(?:=(.+))?$/.exec(word) ?? [];
        const id = /^--ignore/.test(word) ? (given ?? words[index + 1]) : undefined;
        return id && /^[A-Za-z]+-[\w-]+$/.test(id) ? [id.toUpperCase()] : [];
      }),
    );
}
