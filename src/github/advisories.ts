import type { Octokit } from "@octokit/rest";
import { type Advisory, keyOf, type PackageVersion } from "../snapshot/advisories.ts";
import { octokitFor } from "./octokit.ts";
import type { Connection } from "./requests.ts";

/** Bytes that the versions of one request may take in its address, and how many versions GitHub takes. */
const LONGEST_ADDRESS = 6000;
const MOST_VERSIONS = 1000;
/** Advisories of one package that are kept: the worst of them have a tenth of it. */
const MOST_ADVISORIES = 1000;
const SEVERITIES: ReadonlySet<string> = new Set(["critical", "high", "medium", "low"]);

/**
 * What GitHub's database says of these versions, by `keyOf`; every version that was asked about has an answer.
 * @throws where GitHub fails: no answer is not "nothing known"
 */
export async function readAdvisories(
  connection: Connection,
  versions: readonly PackageVersion[],
): Promise<ReadonlyMap<string, readonly Advisory[]>> {
  const octokit = octokitFor(connection);
  const found = new Map<string, readonly Advisory[]>();
  for (const asked of inAddresses(versions)) {
    const affects = asked.map(keyOf).join(",");
    const answers = [...(await pagesOf(octokit, "reviewed", affects)), ...(await pagesOf(octokit, "malware", affects))];
    const byName = Map.groupBy(answers.flatMap(advisoriesIn), ({ name }) => name);
    for (const version of asked) found.set(keyOf(version), (byName.get(version.name) ?? []).slice(0, MOST_ADVISORIES));
  }
  return found;
}

/** Versions in groups that one address takes. */
export function inAddresses(versions: readonly PackageVersion[]): readonly (readonly PackageVersion[])[] {
  const groups: PackageVersion[][] = [];
  let left = 0;
  for (const version of versions) {
    // A comma takes three letters of an address.
    const bytes = encodeURIComponent(keyOf(version)).length + 3;
    const group = groups.at(-1);
    if (!group || bytes > left || group.length === MOST_VERSIONS) {
      groups.push([version]);
      left = LONGEST_ADDRESS - bytes;
    } else {
      group.push(version);
      left -= bytes;
    }
  }
  return groups;
}

async function pagesOf(
  octokit: Octokit,
  type: "reviewed" | "malware",
  affects: string,
): Promise<readonly AdvisoryAnswer[]> {
  const parameters = { ecosystem: "pip" as const, type, affects, per_page: 100 };
  return (await octokit.paginate(
    octokit.rest.securityAdvisories.listGlobalAdvisories,
    parameters,
  )) as readonly AdvisoryAnswer[];
}

interface AdvisoryAnswer {
  readonly ghsa_id: string;
  readonly cve_id: string | null;
  readonly type: string;
  readonly severity: string;
  readonly withdrawn_at: string | null;
  readonly vulnerabilities:
    | readonly {
        readonly package: { readonly ecosystem: string; readonly name: string | null } | null;
        readonly vulnerable_version_range: string | null;
        readonly first_patched_version: string | null;
      }[]
    | null;
}

/** One for each range of versions of each package that an advisory is about. */
function advisoriesIn({ ghsa_id, cve_id, type, severity, withdrawn_at, vulnerabilities }: AdvisoryAnswer) {
  return (vulnerabilities ?? []).flatMap(({ package: about, vulnerable_version_range, first_patched_version }) => {
    if (about?.ecosystem !== "pip" || !about.name || vulnerable_version_range === null) return [];
    const advisory: Advisory = {
      id: ghsa_id,
      cve: cve_id,
      name: about.name.toLowerCase().replace(/[-_.]+/g, "-"),
      severity: SEVERITIES.has(severity) ? (severity as Advisory["severity"]) : "unknown",
      isMalware: type === "malware",
      isWithdrawn: withdrawn_at !== null,
      range: vulnerable_version_range,
      fixedIn: first_patched_version,
    };
    return [advisory];
  });
}
