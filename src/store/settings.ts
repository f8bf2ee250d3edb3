import { type RepositorySettings, settingsWith } from "../snapshot/settings.ts";
import type { Database } from "./database.ts";
import { knownRepositoryOf } from "./known-repository.ts";
import type { KnownRepository, RepositoryKey } from "./records.ts";

/** Settings as they were read, with how GitHub names the state of each part. */
interface StoredSettings {
  readonly settings: RepositorySettings;
  readonly tags: Readonly<Record<string, string>>;
}

/** What GitHub told of repositories beside their files. */
export function settingsIn(database: Database) {
  return {
    /** The settings of a repository; undefined before they were read. A part that is new since then is not known. */
    async settings({ installationId, repositoryId }: RepositoryKey): Promise<StoredSettings | undefined> {
      const [row] = await database.query(
        "select document, tags from pyready.settings where installation_id = $1 and repository_id = $2",
        [installationId, repositoryId],
      );
      if (!row) return undefined;
      return {
        settings: settingsWith(row.document as RepositorySettings, "not read yet"),
        tags: row.tags as StoredSettings["tags"],
      };
    },

    async rememberSettings(
      { installationId, repositoryId }: RepositoryKey,
      { settings, tags }: StoredSettings,
    ): Promise<void> {
      await database.query(
        `insert into pyready.settings (installation_id, repository_id, document, tags) values ($1, $2, $3, $4)
         on conflict (installation_id, repository_id) do update set
           document = excluded.document, tags = excluded.tags, read_at = now()`,
        [installationId, repositoryId, JSON.stringify(settings), JSON.stringify(tags)],
      );
    },

    /** Repositories whose settings were not read for a day, those that never were first. */
    async withOldSettings(installationId: number, limit: number): Promise<readonly KnownRepository[]> {
      const rows = await database.query(
        `select one.* from pyready.repositories one left join pyready.settings held
           on held.installation_id = one.installation_id and held.repository_id = one.repository_id
         where one.installation_id = $1 and not one.archived and one.name <> ''
           and coalesce(held.read_at < now() - interval '1 day', true)
         order by held.read_at nulls first, one.repository_id limit $2`,
        [installationId, limit],
      );
      return rows.map((row) => knownRepositoryOf(installationId, row));
    },
  };
}
