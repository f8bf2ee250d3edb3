import type { CodeScanning } from "../publish/code-scanning.ts";
import { octokitFor } from "./octokit.ts";
import type { Connection } from "./requests.ts";

/** The call that uploads findings to code scanning. */
export function codeScanningClient(
  connection: Connection,
  { owner, name: repo }: { readonly owner: string; readonly name: string },
): CodeScanning {
  return {
    async isPermitted() {
      const token = await connection.credentials?.current();
      return token?.permissions?.security_events === "write";
    },
    async upload({ headSha, ref, sarif }) {
      const { codeScanning } = octokitFor(connection).rest;
      await codeScanning.uploadSarif({ owner, repo, commit_sha: headSha, ref, sarif, tool_name: "pyready" });
    },
  };
}
