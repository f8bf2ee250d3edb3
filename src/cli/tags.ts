import type { TagReader } from "../engine/repair/repairs.ts";
import { fixedToken } from "../github/credentials.ts";
import { repositoryClient } from "../github/repository-client.ts";
import { useNetworkOf } from "../network.ts";
import { apiUrlOf } from "../settings.ts";

/** Asks GitHub for the commits of tags; undefined without a token. */
export function tagReaderOf(environment: Readonly<Record<string, string | undefined>>): TagReader | undefined {
  const token = environment.GITHUB_TOKEN || environment.GH_TOKEN;
  if (!token) return undefined;
  useNetworkOf(environment);
  const options = {
    apiUrl: apiUrlOf(environment.GHE_HOST ?? "", environment.GHE_PROTOCOL),
    credentials: fixedToken(token),
  };
  return {
    async commitOf(owner, name, ref) {
      try {
        return await repositoryClient(options, { owner, name }).commitOf(ref);
      } catch (error) {
        const { status, message } = error as { status?: number; message: string };
        // An unknown ref is 422 on GitHub.
        if (status === 404 || status === 422) return undefined;
        if (status === 401) throw new Error("GitHub does not accept the token in GITHUB_TOKEN");
        throw new Error(
          `GitHub could not be asked for ${owner}/${name}@${ref}: ${status ?? message.split("\n", 1)[0]}`,
        );
      }
    },
  };
}
