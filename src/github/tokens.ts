import type { ProbotOctokit } from "probot";
import type { Credentials, InstallationToken } from "./credentials.ts";
import { type GithubError, NotHeld, NotInstalled } from "./failures.ts";

/** What a token may be asked to do, as GitHub names it. */
export type Permissions = Readonly<Record<string, "read" | "write">>;

/** What a token reaches: one repository by its id, or by its name in the installation's account; else all. */
export type Reach = number | string | undefined;

/** Tokens live an hour; one with less left than this is not used any more. */
const LIFETIME_MS = 50 * 60_000;

/** The App's tokens, minted when one is needed and kept in this process. */
export function tokenCache(app: InstanceType<typeof ProbotOctokit>) {
  const tokens = new Map<string, InstallationToken>();
  const minting = new Map<string, Promise<InstallationToken>>();

  async function renewed(key: string, mint: () => Promise<InstallationToken>): Promise<InstallationToken> {
    for (const [other, token] of tokens) if (token.age() >= LIFETIME_MS) tokens.delete(other);
    const begun = minting.get(key) ?? mint().finally(() => minting.delete(key));
    minting.set(key, begun);
    const token = await begun;
    tokens.set(key, token);
    return token;
  }

  return (installationId: number, reach: Reach, permissions: Permissions, from = 0): Credentials => {
    const key = JSON.stringify([installationId, reach, permissions]);
    // Whatever clocks say: what is minted here is minted after `from` was read.
    let own: InstallationToken | undefined;
    return {
      async current() {
        const known = tokens.get(key);
        const isNew = known !== undefined && (known === own || known.mintedAt >= from);
        if (isNew && known.age() < LIFETIME_MS) return known;
        own = await renewed(key, () => mint(app, installationId, reach, permissions));
        return own;
      },
      discard(token) {
        if (tokens.get(key) === token) tokens.delete(key);
      },
    };
  };
}

/**
 * A new token.
 * @throws NotInstalled where the installation is suspended or gone, NotHeld where it does not hold the repository.
 */
export async function mint(
  app: InstanceType<typeof ProbotOctokit>,
  installationId: number,
  reach: Reach,
  permissions: Permissions,
): Promise<InstallationToken> {
  const ask = (wanted: Permissions) =>
    app.rest.apps.createInstallationAccessToken({
      installation_id: installationId,
      ...(typeof reach === "number" && { repository_ids: [reach] }),
      ...(typeof reach === "string" && { repositories: [reach] }),
      permissions: wanted,
    });
  const { data, headers } = await ask(permissions).catch(async (error: GithubError) => {
    const isSuspended = error.status === 403 && /suspended/i.test(error.message);
    if (error.status === 404 || isSuspended)
      throw new NotInstalled(`installation ${installationId} cannot be used`, { isSuspended });
    if (error.status !== 422) throw error;
    const notHeld = new NotHeld(`repository ${reach} is not in installation ${installationId}`);
    // A name is only a guess: nobody said that it is there.
    if (typeof reach === "string") throw notHeld;
    const { data: installation } = await app.rest.apps.getInstallation({ installation_id: installationId });
    return ask(narrowed(permissions, installation.permissions as Permissions)).catch((again: GithubError) => {
      throw again.status === 422 ? notHeld : again;
    });
  });
  const tick = performance.now();
  const mintedAt = Date.parse(headers.date ?? "") || Date.now();
  const held = (data.permissions ?? permissions) as Record<string, string>;
  return { token: data.token, mintedAt, age: () => performance.now() - tick, permissions: held };
}

/** The permissions that were both wanted and granted. */
function narrowed(wanted: Permissions, granted: Permissions): Permissions {
  return Object.fromEntries(
    Object.entries(wanted).flatMap(([name, level]) => {
      const held = granted[name];
      return held ? [[name, held === "write" ? level : "read"]] : [];
    }),
  );
}
