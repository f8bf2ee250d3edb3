import { existsSync } from "node:fs";
import { fixedToken } from "../github/credentials.ts";
import { repositoryClient } from "../github/repository-client.ts";
import { useNetworkOf } from "../network.ts";
import { apiUrlOf } from "../settings.ts";
import { folderSnapshot } from "../snapshot/folder.ts";
import { githubSnapshot } from "../snapshot/github.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";

const REMOTE = /^([A-Za-z0-9][A-Za-z0-9-]*)\/([A-Za-z0-9._-]+?)(?:@(.+))?$/;

/** A target that cannot be reviewed; the message is for the person who named it. */
export class UnusableTarget extends Error {}

/** The snapshot that a target names: a folder that exists, else `OWNER/REPO[@REF]` on GitHub. */
export async function snapshotOf(
  target: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Snapshot> {
  const remote = REMOTE.exec(target);
  if (!remote || existsSync(target) || /^\.{0,2}\//.test(target)) return folderSnapshot(target);
  const [, owner = "", name = "", ref] = remote;
  return remoteSnapshot({ owner, name, ref }, environment);
}

async function remoteSnapshot(
  { owner, name, ref }: { readonly owner: string; readonly name: string; readonly ref: string | undefined },
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Snapshot> {
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
    return await githubSnapshot(client.reader, info, await client.commitOf(ref ?? found.defaultBranch));
  } catch (error) {
    const { status, message } = error as { status?: number; message: string };
    // An unknown ref is 422 on GitHub.
    if (status === 404 || status === 422)
      throw new UnusableTarget(
        `${owner}/${name}${ref ? `@${ref}` : ""} is not on GitHub, or the token may not read it`,
      );
    if (status === 401) throw new UnusableTarget("GitHub does not accept the token in GITHUB_TOKEN");
    throw new UnusableTarget(`GitHub could not be read: ${status ?? message.split("\n", 1)[0]}`);
  }
}
