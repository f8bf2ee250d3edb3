import { type NewWork, PRIORITY } from "../store/lanes.ts";
import type { KnownRepository, Records } from "../store/records.ts";
import type { LeftRun } from "../store/sweeps.ts";
import type { RequestedRepository, Subject } from "../webhooks/review-request.ts";
import { laneOf } from "../webhooks/review-request.ts";
import { type AddWork, reviewWork } from "./requests.ts";

/** What is open in a repository now. */
export interface OpenHeads {
  readonly repositoryId: number;
  readonly owner: string;
  readonly name: string;
  readonly isArchived: boolean;
  /** Null where the repository is empty. */
  readonly defaultBranch: { readonly name: string; readonly sha: string } | null;
  readonly pulls: readonly {
    readonly number: number;
    readonly headSha: string;
    /** ISO time. */
    readonly updatedAt: string;
  }[];
}

/** What comparing open heads with what was published asks for. */
export interface HeadsPorts {
  readonly records: Records;
  readonly add: AddWork;
  /** How many repositories one request asks about. */
  readonly atOnce: number;
  /** The open heads of these repositories, in one request. */
  openHeads(repositories: readonly KnownRepository[]): Promise<readonly OpenHeads[]>;
}

/** Asks for reviews of open heads of an installation that have none, and ends runs that were left. */
export async function reconcileHeads(ports: HeadsPorts, installationId: number): Promise<void> {
  const { records, add, atOnce } = ports;
  const since = (await records.activeInstallations()).find((one) => one.installationId === installationId)?.since;
  if (!since) return;
  const known = (await records.repositoriesOf(installationId)).filter(({ archived }) => !archived);
  const byId = new Map(known.map((repository) => [repository.repositoryId, repository]));
  for (let at = 0; at < known.length; at += atOnce) {
    for (const heads of await ports.openHeads(known.slice(at, at + atOnce))) {
      const repository = byId.get(heads.repositoryId);
      if (repository) await compare(ports, { ...repository, owner: heads.owner, name: heads.name }, heads, since);
    }
  }
  const left = await records.leftRuns(installationId);
  await add(left.flatMap((run) => endingOf(run, byId.get(run.repositoryId)) ?? []));
}

async function compare(
  { records, add }: HeadsPorts,
  repository: KnownRepository,
  { isArchived, defaultBranch, pulls }: OpenHeads,
  since: Date,
): Promise<void> {
  await records.noteRepositories([
    { ...repository, archived: isArchived, defaultBranch: defaultBranch?.name ?? repository.defaultBranch },
  ]);
  if (isArchived) return;
  // What nobody has touched since the App was installed waits for its next event.
  const touched = pulls.filter(({ updatedAt }) => new Date(updatedAt) > since);
  const heads = [...touched.map(({ headSha }) => headSha), ...(defaultBranch ? [defaultBranch.sha] : [])];
  const published = await records.publishedHeads(repository, heads);
  const busy = await records.busyLanes(repository);
  const wanted: readonly { readonly subject: Subject; readonly headSha: string }[] = [
    ...touched.map(({ number, headSha }) => ({ subject: { kind: "pull-request", number } as const, headSha })),
    ...(defaultBranch
      ? [
          {
            subject: { kind: "branch", branch: defaultBranch.name, sha: defaultBranch.sha } as const,
            headSha: defaultBranch.sha,
          },
        ]
      : []),
  ];
  const missing = wanted
    .filter(({ headSha }) => !published.has(headSha))
    .map(({ subject, headSha }) => backlogOf(repository, subject, headSha))
    .filter(({ lane }) => !busy.has(lane));
  await add(missing);
}

function backlogOf(repository: RequestedRepository, subject: Subject, headSha: string): NewWork {
  return { ...reviewWork({ repository, subject, headSha, asked: false }), priority: PRIORITY.backlog };
}

/** A review of the lane, which ends what an earlier one left. */
function endingOf({ lane, headSha }: LeftRun, repository: KnownRepository | undefined): NewWork | undefined {
  if (!repository) return undefined;
  const [, kind, rest = ""] = /^([a-z-]+)\/(.+)$/.exec(lane) ?? [];
  const subject: Subject =
    kind === "pull"
      ? { kind: "pull-request", number: Number(rest) }
      : kind === "branch"
        ? { kind: "branch", branch: rest, sha: headSha }
        : { kind: kind === "merge-group" ? "merge-group" : "commit", sha: headSha };
  const work = backlogOf(repository, subject, headSha);
  return laneOf({ repository, subject, headSha, asked: false }) === lane ? work : undefined;
}
