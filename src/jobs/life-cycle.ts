import type { Lanes } from "../store/lanes.ts";
import type { Records } from "../store/records.ts";
import type { LifeCycle } from "../webhooks/review-request.ts";

/** What heeding needs. */
export interface HeedPorts {
  readonly records: Pick<Records, "noteInstallation" | "noteRepositories" | "purge" | "renewTokens" | "suspend">;
  readonly lanes: Pick<Lanes, "drop" | "takeBack">;
  /** Looks at what is open in an installation, soon. */
  look(installationId: number): Promise<void>;
}

/**
 * Heeds what became of an installation or of repositories. Each change may be heard of twice, and late:
 * it is the same the second time, and a look at GitHub tells what is true now.
 */
export async function heed({ records, lanes, look }: HeedPorts, change: LifeCycle): Promise<void> {
  const { installationId } = change;
  switch (change.kind) {
    case "installed":
      await records.noteInstallation(installationId);
      // Default branches are judged when nothing else waits; open pull requests at their next event.
      return look(installationId);
    case "removal":
      // Whoever runs something of it finds its lane lost, and stops.
      return records.purge(installationId, change.repositoryIds ?? undefined);
    case "suspension":
      await records.suspend(installationId, change.suspended, change.toldAt);
      // What happened meanwhile was not told.
      return change.suspended ? lanes.takeBack(installationId) : look(installationId);
    case "permissions":
      return records.renewTokens(installationId);
    case "repositories":
      await records.noteRepositories(change.repositories);
      for (const { repositoryId, archived } of change.repositories)
        if (archived) await lanes.drop(installationId, repositoryId);
      return look(installationId);
  }
}
