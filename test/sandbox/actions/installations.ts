import type { Installation, Repository } from "../state.ts";
import { briefly, tellOfInstallation, type World } from "./world.ts";

const DEFAULT_PERMISSIONS = {
  contents: "read",
  metadata: "read",
  checks: "write",
  pull_requests: "write",
  merge_queues: "read",
} as const;
const HOUR_MS = 3_600_000;

/** What owners do with the App's installations. */
export function installationActions(world: World) {
  const { state } = world;

  const installationOn = ({ owner, name, installationId }: Repository): Installation => {
    const found = installationId === null ? undefined : state.installations.get(installationId);
    if (!found) throw new Error(`the App is not installed on ${owner.login}/${name}`);
    return found;
  };

  const tellOfSelection = (installation: Installation, action: "added" | "removed", repository: Repository) =>
    tellOfInstallation(world, installation, "installation_repositories", {
      action,
      repository_selection: "selected",
      repositories_added: action === "added" ? [briefly(repository)] : [],
      repositories_removed: action === "removed" ? [briefly(repository)] : [],
      requester: null,
    });

  return {
    /** Installs the App on these repositories, which have one owner. */
    async install(
      repositories: readonly Repository[],
      permissions: Readonly<Record<string, string>> = DEFAULT_PERMISSIONS,
    ): Promise<number> {
      const [first] = repositories;
      if (!first) throw new Error("name a repository to install the App on");
      const installation: Installation = {
        id: state.nextId(),
        account: first.owner,
        createdAt: state.timestamp(),
        permissions,
        suspended: false,
        tokenLifetimeMs: HOUR_MS,
        tokenLag: null,
      };
      state.installations.set(installation.id, installation);
      for (const repository of repositories) repository.installationId = installation.id;
      await tellOfInstallation(world, installation, "installation", {
        action: "created",
        repositories: repositories.map(briefly),
      });
      return installation.id;
    },

    /** Takes the App away from the repository and all others of its installation. */
    async uninstall(repository: Repository): Promise<void> {
      const installation = installationOn(repository);
      const all = state.repositoriesOf(installation.id);
      state.installations.delete(installation.id);
      for (const one of all) one.installationId = null;
      await tellOfInstallation(world, installation, "installation", {
        action: "deleted",
        repositories: all.map(briefly),
      });
    },

    async suspend(repository: Repository): Promise<void> {
      const installation = installationOn(repository);
      installation.suspended = true;
      await tellOfInstallation(world, installation, "installation", { action: "suspend" });
    },

    async unsuspend(repository: Repository): Promise<void> {
      const installation = installationOn(repository);
      installation.suspended = false;
      await tellOfInstallation(world, installation, "installation", { action: "unsuspend" });
    },

    /** Grants the installation these permissions and no others; tokens that hold more lose it. */
    async grant(repository: Repository, permissions: Readonly<Record<string, string>>): Promise<void> {
      const installation = installationOn(repository);
      installation.permissions = permissions;
      await tellOfInstallation(world, installation, "installation", { action: "new_permissions_accepted" });
    },

    /** Takes the repository out of what its installation may see. */
    async deselect(repository: Repository): Promise<void> {
      const installation = installationOn(repository);
      repository.installationId = null;
      await tellOfSelection(installation, "removed", repository);
    },

    /** Lets an installation see the repository too. */
    async select(repository: Repository, installationId: number): Promise<void> {
      repository.installationId = installationId;
      await tellOfSelection(installationOn(repository), "added", repository);
    },

    /** Makes every token of the repository's installation worthless; new ones are good. */
    revokeTokens({ installationId }: Repository): void {
      for (const token of state.tokens.values()) if (token.installationId === installationId) token.revoked = true;
    },

    /** Refuses the installation's new tokens for a while, as long as not all of GitHub knows them. */
    delayTokens(repository: Repository, ms: number, status: 401 | 403 = 401): void {
      installationOn(repository).tokenLag = { ms, status };
    },

    /** How long the installation's new tokens are good. */
    limitTokens(repository: Repository, lifetimeMs: number): void {
      installationOn(repository).tokenLifetimeMs = lifetimeMs;
    },
  };
}
