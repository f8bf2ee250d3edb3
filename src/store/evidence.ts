import type { Database, Row } from "./database.ts";
import { knownRepositoryOf } from "./known-repository.ts";
import type { KnownRepository, RepositoryKey } from "./records.ts";

/** A pack of evidence as it is kept: what was made, to the byte. */
export interface KeptEvidence extends RepositoryKey {
  readonly regime: string;
  /** One for the first of a chain. */
  readonly sequence: number;
  /** The week or month that it is of, as 2026-W48 or 2026-11. */
  readonly period: string;
  readonly commit: string;
  readonly manifest: string;
  /** The files of the pack by their names. */
  readonly files: Readonly<Record<string, string>>;
}

/** A pack that is to be made. */
export interface DueEvidence {
  readonly regime: string;
  readonly period: string;
}

/** The week or month that it is, by the database's clock: all processes agree on it. */
const PERIOD = `to_char(now() at time zone 'UTC', case wanted.every when 'weekly' then 'IYYY-"W"IW' else 'YYYY-MM' end)`;
const IS_DUE = `not exists (select from pyready.evidence_packs pack
  where pack.installation_id = wanted.installation_id and pack.repository_id = wanted.repository_id
    and pack.regime = wanted.regime and pack.period = ${PERIOD})`;

/** Which packs of evidence are wanted, and those that are kept. */
export function evidenceIn(database: Database) {
  const key = ({ installationId, repositoryId }: RepositoryKey): readonly unknown[] => [installationId, repositoryId];
  return {
    /** What the policy of the default branch wants, in the place of what it wanted before: `weekly` or `monthly` by regime. */
    async wantEvidence(repository: RepositoryKey, wanted: Readonly<Record<string, string>>): Promise<void> {
      await database.query(
        `with told as (select key as regime, value as every from jsonb_each_text($3::jsonb)),
         gone as (
           delete from pyready.evidence_wanted known where installation_id = $1 and repository_id = $2
             and not exists (select from told where told.regime = known.regime)
         )
         insert into pyready.evidence_wanted as known (installation_id, repository_id, regime, every)
         select $1::bigint, $2::bigint, regime, every from told
         on conflict (installation_id, repository_id, regime) do update set every = excluded.every
           where known.every <> excluded.every`,
        [...key(repository), JSON.stringify(wanted)],
      );
    },

    /** Repositories that have no pack of this week or month. What GitHub's settings tell is part of one: they are read first. */
    async withoutEvidence(installationId: number, limit: number): Promise<readonly KnownRepository[]> {
      const rows = await database.query(
        `select * from pyready.repositories one
         where installation_id = $1 and not archived and name <> '' and default_branch is not null
           and exists (select from pyready.settings held
             where held.installation_id = one.installation_id and held.repository_id = one.repository_id)
           and exists (select from pyready.evidence_wanted wanted
             where wanted.installation_id = one.installation_id and wanted.repository_id = one.repository_id and ${IS_DUE})
         order by repository_id limit $2`,
        [installationId, limit],
      );
      return rows.map((row) => knownRepositoryOf(installationId, row));
    },

    /** The packs of this week or month that a repository lacks. */
    async dueEvidence(repository: RepositoryKey): Promise<readonly DueEvidence[]> {
      const rows = await database.query(
        `select regime, ${PERIOD} as period from pyready.evidence_wanted wanted
         where installation_id = $1 and repository_id = $2 and ${IS_DUE} order by regime`,
        [...key(repository)],
      );
      return rows.map(({ regime, period }) => ({ regime: String(regime), period: String(period) }));
    },

    /** The manifest of the newest pack of a chain; undefined where there is none yet. */
    async lastManifest(repository: RepositoryKey, regime: string): Promise<string | undefined> {
      const [row] = await database.query(
        `select manifest from pyready.evidence_packs where installation_id = $1 and repository_id = $2 and regime = $3
         order by sequence desc limit 1`,
        [...key(repository), regime],
      );
      return row && String(row.manifest);
    },

    /** Keeps a pack, unless there is one of its week or month, or of its place in the chain: what is kept stays as it is. */
    async keepEvidence({ manifest, files, ...pack }: KeptEvidence): Promise<void> {
      await database.query(
        `insert into pyready.evidence_packs
           (installation_id, repository_id, regime, sequence, period, commit, manifest, files)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
        [...key(pack), pack.regime, pack.sequence, pack.period, pack.commit, manifest, JSON.stringify(files)],
      );
    },

    /** Every pack that is kept of an installation with the name of its repository, chain by chain, one in memory at a time. */
    async *keptEvidence(installationId: number): AsyncGenerator<KeptEvidence & { readonly repository: string | null }> {
      let after: readonly unknown[] = [0, "", 0];
      for (;;) {
        const [row] = await database.query(
          `select pack.*, one.owner || '/' || one.name as repository from pyready.evidence_packs pack
             left join pyready.repositories one using (installation_id, repository_id)
           where installation_id = $1 and (repository_id, regime, sequence) > ($2::bigint, $3::text, $4::integer)
           order by repository_id, regime, sequence limit 1`,
          [installationId, ...after],
        );
        if (!row) return;
        yield keptOf(installationId, row);
        after = [row.repository_id, row.regime, row.sequence];
      }
    },
  };
}

function keptOf(installationId: number, row: Row): KeptEvidence & { readonly repository: string | null } {
  return {
    installationId,
    repositoryId: Number(row.repository_id),
    regime: String(row.regime),
    sequence: Number(row.sequence),
    period: String(row.period),
    commit: String(row.commit),
    manifest: String(row.manifest),
    files: JSON.parse(String(row.files)) as KeptEvidence["files"],
    repository: (row.repository as string | null) ?? null,
  };
}
