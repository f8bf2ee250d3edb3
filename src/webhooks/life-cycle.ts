import type { LifeCycle, RequestedRepository } from "./review-request.ts";

/** The parts of payloads that tell of installations and repositories. */
export interface LifeCyclePayload {
  readonly action?: string;
  readonly installation?: { readonly id?: number; readonly updated_at?: string };
  readonly repository?: { readonly archived?: boolean };
  readonly repositories_removed?: readonly { readonly id?: number }[];
}

/** What becomes of an installation or of repositories, where an event tells of that. */
export function lifeCycleOf(
  event: string,
  { action, installation, repository: shown, repositories_removed }: LifeCyclePayload,
  installationId: number,
  repository: RequestedRepository | undefined,
): LifeCycle | undefined {
  switch (`${event}.${action}`) {
    case "installation.created":
    case "installation_repositories.added":
      return { kind: "installed", installationId };
    case "installation.deleted":
      return { kind: "removal", installationId, repositoryIds: null };
    case "installation_repositories.removed": {
      const repositoryIds = (repositories_removed ?? []).flatMap(({ id }) => id ?? []);
      return repositoryIds.length > 0 ? { kind: "removal", installationId, repositoryIds } : undefined;
    }
    case "installation.suspend":
    case "installation.unsuspend":
      return { kind: "suspension", installationId, suspended: action === "suspend", toldAt: timeOf(installation) };
    case "installation.new_permissions_accepted":
      return { kind: "permissions", installationId };
    case "repository.deleted":
      return repository && { kind: "removal", installationId, repositoryIds: [repository.repositoryId] };
    case "repository.renamed":
    case "repository.transferred":
    case "repository.edited":
    case "repository.privatized":
    case "repository.publicized":
    case "repository.archived":
    case "repository.unarchived":
      return (
        repository && {
          kind: "repositories",
          installationId,
          repositories: [{ ...repository, archived: shown?.archived ?? action === "archived" }],
        }
      );
    default:
      return undefined;
  }
}

/** Whatever the payload holds there: only a time goes to the store. */
function timeOf(installation: LifeCyclePayload["installation"]): string | undefined {
  const time = Date.parse(String(installation?.updated_at));
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
