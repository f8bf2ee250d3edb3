import type { LifeCycle, RequestedRepository } from "./review-request.ts";

/** The parts of payloads that tell of installations and repositories. */
export interface LifeCyclePayload {
  readonly action?: string;
  readonly installation?: {
    readonly id?: number;
    readonly account?: { readonly login?: string; readonly type?: string };
  };
  readonly repository?: { readonly archived?: boolean };
  /** Of a new installation, and those that were added to one: without their owner, who is the installation's. */
  readonly repositories?: readonly NamedRepository[];
  readonly repositories_added?: readonly NamedRepository[];
  readonly repositories_removed?: readonly NamedRepository[];
}

interface NamedRepository {
  readonly id?: number;
  readonly name?: string;
  readonly private?: boolean;
}

/** What becomes of an installation or of repositories, where an event tells of that. */
export function lifeCycleOf(
  event: string,
  payload: LifeCyclePayload,
  installationId: number,
  repository: RequestedRepository | undefined,
): LifeCycle | undefined {
  const { action, repositories, repositories_added, repositories_removed } = payload;
  switch (`${event}.${action}`) {
    case "installation.created":
    case "installation_repositories.added":
      return installed(installationId, payload, repositories ?? repositories_added ?? []);
    case "installation.deleted":
      return { kind: "removal", installationId, repositoryIds: null };
    case "installation_repositories.removed": {
      const repositoryIds = (repositories_removed ?? []).flatMap(({ id }) => id ?? []);
      return repositoryIds.length > 0 ? { kind: "removal", installationId, repositoryIds } : undefined;
    }
    case "installation.suspend":
    case "installation.unsuspend":
      return { kind: "suspension", installationId, suspended: action === "suspend" };
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
          repositories: [{ ...repository, archived: payload.repository?.archived ?? action === "archived" }],
        }
      );
    default:
      return undefined;
  }
}

function installed(
  installationId: number,
  { installation }: LifeCyclePayload,
  named: readonly NamedRepository[],
): LifeCycle | undefined {
  const owner = installation?.account?.login;
  if (owner === undefined) return undefined;
  const ownerType = installation?.account?.type === "Organization" ? "organization" : "user";
  const repositories = named.flatMap(({ id, name, private: isPrivate }) =>
    id === undefined || name === undefined
      ? []
      : [
          {
            installationId,
            repositoryId: id,
            owner,
            name,
            visibility: isPrivate === undefined ? "unknown" : isPrivate ? "private" : "public",
            ownerType,
            defaultBranch: null,
            archived: false,
          } as const,
        ],
  );
  return repositories.length > 0 ? { kind: "repositories", installationId, repositories } : undefined;
}
