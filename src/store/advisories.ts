import { type Advisory, type KnownAdvisories, keyOf, type PackageVersion } from "../snapshot/advisories.ts";
import type { Database } from "./database.ts";
import type { RepositoryKey } from "./records.ts";

/** A review that wants to be made again once more is known. */
interface WaitingReview {
  readonly repository: RepositoryKey;
}

/** An answer of the database of advisories lives a day; until the next one it is better than none. */
const LIFE = "interval '1 day'";
const OLDEST = "interval '3 days'";
/** Versions that no review asked for so long are no longer read. */
const WANTED = "interval '14 days'";

/** What is known of versions, by installation: which packages one has is no other's business. */
export function advisoriesIn(database: Database) {
  return {
    /** What is known of these versions; notes that they are wanted. */
    async knownAdvisories(
      installationId: number,
      versions: readonly PackageVersion[],
    ): Promise<Omit<KnownAdvisories, "reason">> {
      const rows = await database.query(
        `with asked as (select * from jsonb_to_recordset($2::jsonb) as one(name text, version text)),
         wanted as (
           insert into pyready.advisories as known (installation_id, name, version)
           select $1::bigint, name, version from asked order by name, version
           on conflict (installation_id, name, version) do update set wanted_at = now()
             where known.wanted_at < now() - interval '12 hours'
         )
         select name, version, found, read_at from pyready.advisories join asked using (name, version)
         where installation_id = $1 and read_at > now() - ${OLDEST}`,
        [installationId, JSON.stringify(versions)],
      );
      const times = rows.map(({ read_at }) => new Date(read_at as string).toISOString()).sort();
      return {
        byVersion: new Map(
          rows.map((row) => [
            keyOf({ name: String(row.name), version: String(row.version) }),
            row.found as readonly Advisory[],
          ]),
        ),
        readAt: times[0] ?? null,
      };
    },

    /** Versions that reviews want, and that were not read for a day. */
    async dueVersions(installationId: number, limit: number): Promise<readonly PackageVersion[]> {
      const rows = await database.query(
        `select name, version from pyready.advisories where installation_id = $1
           and coalesce(read_at < now() - ${LIFE}, true) and wanted_at > now() - ${WANTED}
         order by read_at nulls first, name, version limit $2`,
        [installationId, limit],
      );
      return rows.map(({ name, version }) => ({ name: String(name), version: String(version) }));
    },

    /** Keeps answers; branches that were judged by other answers than these wait to be judged again. */
    async rememberAdvisories(
      installationId: number,
      found: ReadonlyMap<string, readonly Advisory[]>,
      versions: readonly PackageVersion[],
    ): Promise<void> {
      const answers = versions.map((one) => ({ ...one, found: found.get(keyOf(one)) ?? [] }));
      await database.query(
        `with told as (
           select * from jsonb_to_recordset($2::jsonb) as one(name text, version text, found jsonb)
         ), other as (
           select known.name || '@' || known.version as version from pyready.advisories known join told using (name, version)
           where known.installation_id = $1 and known.found is distinct from told.found and known.found is not null
         ), stale as (
           update pyready.advisory_waits set is_waiting = true
           where installation_id = $1 and versions ?| array(select version from other)
         )
         update pyready.advisories known set found = told.found, read_at = now(),
           changed_at = case when known.found = told.found then known.changed_at else now() end
         from told
         where known.installation_id = $1 and known.name = told.name and known.version = told.version`,
        [installationId, JSON.stringify(answers)],
      );
    },

    /** Notes which versions a branch was judged by, so that it is judged again when more becomes known of them. */
    async noteVersions(request: WaitingReview, lane: string, versions: readonly PackageVersion[]): Promise<void> {
      await database.query(
        `insert into pyready.advisory_waits (installation_id, repository_id, lane, request, is_waiting, versions)
         values ($1, $2, $3, $4, false, $5)
         on conflict (installation_id, repository_id, lane) do update set
           request = excluded.request, versions = excluded.versions, noted_at = now()`,
        [
          ...[request.repository.installationId, request.repository.repositoryId, lane],
          ...[JSON.stringify(request), JSON.stringify(versions.map(keyOf))],
        ],
      );
    },

    /** When something was last learnt that was not known before; what was judged until then is judged again. */
    async advisoriesChanged(installationId: number): Promise<string | null> {
      const [row] = await database.query(
        "select max(changed_at)::text as changed from pyready.advisories where installation_id = $1",
        [installationId],
      );
      return (row?.changed as string | null | undefined) ?? null;
    },

    /** Notes that a review had no answer for some of its versions. */
    async waitForAdvisories(request: WaitingReview, lane: string): Promise<void> {
      await database.query(
        `insert into pyready.advisory_waits (installation_id, repository_id, lane, request) values ($1, $2, $3, $4)
         on conflict (installation_id, repository_id, lane) do update set request = excluded.request, is_waiting = true, noted_at = now()`,
        [request.repository.installationId, request.repository.repositoryId, lane, JSON.stringify(request)],
      );
    },

    /** Takes the reviews that waited: more is known now than when they were made. */
    async answerWaiting(installationId: number): Promise<readonly unknown[]> {
      const rows = await database.query(
        `update pyready.advisory_waits set is_waiting = false, answers = answers + 1, noted_at = now()
         where installation_id = $1 and is_waiting returning request`,
        [installationId],
      );
      return rows.map(({ request }) => request);
    },

    /** How often more became known for a lane: the same review is another one then. */
    async advisoryAnswers({ installationId, repositoryId }: RepositoryKey, lane: string): Promise<number> {
      const [row] = await database.query(
        "select answers from pyready.advisory_waits where installation_id = $1 and repository_id = $2 and lane = $3",
        [installationId, repositoryId, lane],
      );
      return Number(row?.answers ?? 0);
    },
  };
}
