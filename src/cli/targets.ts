import { existsSync } from "node:fs";
import { fixedToken } from "../github/credentials.ts";
import { Limited } from "../github/failures.ts";
import { repositoriesOf } from "../github/organisation.ts";
import { repositoryClient } from "../github/repository-client.ts";
import { useNetworkOf } from "../network.ts";
import { apiUrlOf } from "../settings.ts";
import { mergeBaseSnapshot, withBlobIds } from "../snapshot/commit.ts";
import { folderSnapshot } from "../snapshot/folder.ts";
import { createSnapshotCache, githubSnapshot } from "../snapshot/github.ts";
import type { Compared } from "./review-command.ts";

const REMOTE = /^([A-Za-z0-9][A-Za-z0-9-]*)\/([A-Za-z0-9._-]+?)(?:@(.+))?$/;

/** A target that cannot be reviewed; the message is for the person who named it. */
export class UnusableTarget extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The snapshot that a target names: a folder that exists, else `OWNER/REPO[@REF]` on GitHub.
 * @param base the branch, tag or commit that it is compared with: where it left that
 */
export async function snapshotOf(target: string, environment: Environment, base?: string): Promise<Compared> {
  const remote = REMOTE.exec(target);
  if (!remote || existsSync(target) || /^\.{0,2}\//.test(target)) return folderTarget(target, base);
  const [, owner = "", name = "", ref] = remote;
  return remoteTarget({ owner, name, ref, base }, environment);
}

/** The names of an organisation's repositories, each a target. */
export async function repositoriesOfOrganisation(login: string, environment: Environment): Promise<readonly string[]> {
  const token = environment.GITHUB_TOKEN || environment.GH_TOKEN;
  if (!token) throw new UnusableTarget(`to list the repositories of ${login}, set GITHUB_TOKEN`);
  useNetworkOf(environment);
  const apiUrl = apiUrlOf(environment.GHE_HOST ?? "", environment.GHE_PROTOCOL);
  return repositoriesOf({ apiUrl, credentials: fixedToken(token) }, login).catch((error: { status?: number }) => {
    if (error.status === 404)
      throw new UnusableTarget(`there is no organisation ${login}, or the token may not see it`);
    throw failed(error);
  });
}

async function folderTarget(folder: string, ref: string | undefined): Promise<Compared> {
  const head = await folderSnapshot(folder);
  if (ref === undefined) return { head, base: null };
  const base = await mergeBaseSnapshot(folder, ref);
  return { head: await withBlobIds(folder, head, base), base };
}

/** A repository on GitHub, and what is looked at of it. */
interface Remote {
  readonly owner: string;
  readonly name: string;
  readonly ref: string | undefined;
  readonly base: string | undefined;
}

async function remoteTarget({ owner, name, ref, base }: Remote, environment: Environment): Promise<Compared> {
  const token = environment.GITHUB_TOKEN || environment.GH_TOKEN;
  if (!token) throw new UnusableTarget(`${owner}/${name} is no folder here; to read it from GitHub, set GITHUB_TOKEN`);
  useNetworkOf(environment);
  const apiUrl = apiUrlOf(environment.GHE_HOST ?? "", environment.GHE_PROTOCOL);
  const client = repositoryClient({ apiUrl, credentials: fixedToken(token) }, { owner, name });
  try {
    const found = await client.repository();
    const visibility = found.visibility ?? (found.private ? "private" : "public");
    const info = {
      name: found.name,
      visibility: visibility as "public" | "private" | "internal",
      owner: found.ownerType === "Organization" ? ("organization" as const) : ("user" as const),
      defaultBranch: found.defaultBranch,
    };
    const cache = createSnapshotCache();
    const headSha = await client.commitOf(ref ?? found.defaultBranch);
    const head = await githubSnapshot(client.reader, info, headSha, cache);
    if (base === undefined) return { head, base: null };
    const baseSha = await client.mergeBase({ headSha, baseRef: base }).catch((error: { status?: number }) => {
      if (error.status !== 404) throw error;
      throw new UnusableTarget(`${base} is nothing that ${owner}/${name} could be compared with`);
    });
    return { head, base: await githubSnapshot(client.reader, info, baseSha, cache) };
  } catch (error) {
    if (error instanceof UnusableTarget) throw error;
    const { status } = error as { status?: number };
    // An unknown ref is 422 on GitHub.
    if (status === 404 || status === 422)
      throw new UnusableTarget(
        `${owner}/${name}${ref ? `@${ref}` : ""} is not on GitHub, or the token may not read it`,
      );
    throw failed(error as { status?: number });
  }
}

function failed(error: { readonly status?: number; readonly message?: string }): UnusableTarget {
  const { status, message = "" } = error;
  if (error instanceof Limited)
    return new UnusableTarget(
      `GitHub takes no more requests with this token until ${error.until.toISOString().slice(0, 16).replace("T", " ")} UTC: try again then`,
    );
  if (status === 403)
    return new UnusableTarget(
      "GitHub does not let this token read that: it may lack a permission, or the organisation may ask for single sign-on",
    );
  if (status === 401) return new UnusableTarget("GitHub does not accept the token in GITHUB_TOKEN");
  return new UnusableTarget(`GitHub could not be read: ${status ?? message.split("\n", 1)[0]}`);
}
