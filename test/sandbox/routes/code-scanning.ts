import { gunzipSync } from "node:zlib";
import { ApiError, type Route, writableRepositoryOfCall } from "./route.ts";

/** Findings of other tools, uploaded for code scanning. */
export const codeScanning: readonly Route[] = [
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/code-scanning/sarifs",
    needs: { permission: "security_events", level: "write" },
    handle: (call) => {
      const repository = writableRepositoryOfCall(call);
      if (repository.settings.codeScanningOff)
        throw new ApiError(403, "Advanced Security must be enabled for this repository to use code scanning.");
      const { commit_sha: headSha, ref, sarif } = call.body as Record<string, string>;
      if (!headSha || !repository.git.commits.has(headSha)) throw new ApiError(422, "commit not found");
      const log = unpacked(sarif ?? "");
      repository.analyses.push({ headSha, ref: ref ?? "", log });
      const id = `${call.state.nextId()}`;
      const { owner, repo } = call.parameters;
      const url = `${call.context.apiUrl}/repos/${owner}/${repo}/code-scanning/sarifs/${id}`;
      return { status: 202, body: { id, url } };
    },
  },
];

function unpacked(sarif: string): unknown {
  try {
    return JSON.parse(gunzipSync(Buffer.from(sarif, "base64")).toString("utf8"));
  } catch {
    throw new ApiError(400, "Invalid SARIF. Invalid base64 or gzip");
  }
}
