import type { Database } from "./database.ts";
import type { RepositoryKey } from "./records.ts";

/** What became of a command: a review answers one that is waiting. */
export type CommandState = "accepted" | "waiting" | "done" | "refused";

/** A comment that commands something. */
export interface GivenCommand {
  readonly number: number;
  readonly commentId: number;
  readonly login: string;
}

/** Commands of the last hour that were heeded; by whom and where. */
export interface CommandCounts {
  /** Of this person on this pull request. */
  readonly own: number;
  /** Of this person in the repository. */
  readonly ofPerson: number;
  readonly onPull: number;
  readonly inRepository: number;
}

/** The commands that people gave, and the pull requests that they asked silence for. */
export function commandsIn(database: Database) {
  const key = ({ installationId, repositoryId }: RepositoryKey): readonly unknown[] => [installationId, repositoryId];
  return {
    /** What became of a command; undefined for one that nobody has seen. */
    async commandState(repository: RepositoryKey, commentId: number): Promise<CommandState | undefined> {
      const [row] = await database.query(
        "select state from pyready.commands where installation_id = $1 and repository_id = $2 and comment_id = $3",
        [...key(repository), commentId],
      );
      return row?.state as CommandState | undefined;
    },

    /** Notes a command that was given; false when it was noted before. */
    async noteCommand(
      repository: RepositoryKey,
      { number, commentId, login }: GivenCommand,
      state: CommandState,
    ): Promise<boolean> {
      const rows = await database.query(
        `insert into pyready.commands (installation_id, repository_id, number, comment_id, login, state)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning comment_id`,
        [...key(repository), number, commentId, login, state],
      );
      return rows.length > 0;
    },

    /** How many commands were given in the last hour, this one not counted. */
    async recentCommands(
      repository: RepositoryKey,
      { number, commentId, login }: GivenCommand,
    ): Promise<CommandCounts> {
      const [row] = await database.query(
        `select count(*) filter (where heeded and mine and here)::int as own,
           count(*) filter (where heeded and mine)::int as person,
           count(*) filter (where heeded and here)::int as pull,
           count(*) filter (where heeded)::int as repository
         from (
           select state <> 'refused' as heeded, login = $5 as mine, number = $3 as here from pyready.commands
           where installation_id = $1 and repository_id = $2 and comment_id <> $4
             and created_at > now() - interval '1 hour'
         ) recent`,
        [...key(repository), number, commentId, login],
      );
      return {
        own: Number(row?.own ?? 0),
        ofPerson: Number(row?.person ?? 0),
        onPull: Number(row?.pull ?? 0),
        inRepository: Number(row?.repository ?? 0),
      };
    },

    /** Whether this is the first of this person's on a pull request that was refused in the last hour; it is noted. */
    async isFirstRefused(repository: RepositoryKey, { number, commentId, login }: GivenCommand): Promise<boolean> {
      const [row] = await database.query(
        `select comment_id from pyready.commands
         where installation_id = $1 and repository_id = $2 and number = $3 and login = $4 and state = 'refused'
           and created_at > now() - interval '1 hour'
         order by created_at, comment_id limit 1`,
        [...key(repository), number, login],
      );
      return Number(row?.comment_id) === commentId;
    },

    /** Comments whose command waits for the next publication on this pull request. */
    async waitingCommands(repository: RepositoryKey, number: number): Promise<readonly number[]> {
      const rows = await database.query(
        `select comment_id from pyready.commands
         where installation_id = $1 and repository_id = $2 and number = $3 and state = 'waiting' order by created_at`,
        [...key(repository), number],
      );
      return rows.map(({ comment_id }) => Number(comment_id));
    },

    async finishCommand(repository: RepositoryKey, commentId: number): Promise<void> {
      await database.query(
        "update pyready.commands set state = 'done' where installation_id = $1 and repository_id = $2 and comment_id = $3",
        [...key(repository), commentId],
      );
    },

    /** Whether somebody asked for silence on a pull request. */
    async isPaused(repository: RepositoryKey, number: number): Promise<boolean> {
      const [row] = await database.query(
        "select paused from pyready.pull_requests where installation_id = $1 and repository_id = $2 and number = $3",
        [...key(repository), number],
      );
      return row?.paused === true;
    },

    async setPaused(repository: RepositoryKey, number: number, paused: boolean): Promise<void> {
      await database.query(
        `insert into pyready.pull_requests (installation_id, repository_id, number, paused) values ($1, $2, $3, $4)
         on conflict (installation_id, repository_id, number) do update set paused = excluded.paused`,
        [...key(repository), number, paused],
      );
    },
  };
}
