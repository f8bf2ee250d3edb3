import type { BlobAnswer } from "../snapshot/github.ts";
import { UnreadableAnswer } from "./failures.ts";
import { COMMITS_OF_PULL } from "./merge-base.ts";

interface BlobFields {
  readonly text?: string | null;
  readonly isBinary?: boolean | null;
  readonly isTruncated?: boolean;
}

/**
 * One query for many blobs by id: an alias for each. Ids are hexadecimal, so nothing needs escaping.
 * @param withCommits asks for the commits of the pull request `$number` as well
 */
export function blobQuery(shas: readonly string[], withCommits = false): string {
  const fields = shas.map((sha, index) => `b${index}: object(oid: "${hexadecimal(sha)}") { ...blob }`);
  if (withCommits) fields.push(COMMITS_OF_PULL);
  return `query($owner: String!, $name: String!${withCommits ? ", $number: Int!" : ""}) {
  repository(owner: $owner, name: $name) { ${fields.join(" ")} }
}
fragment blob on Blob { text isBinary isTruncated }`;
}

/**
 * The answer's blobs by id; what is no blob or not there is left out.
 * @throws when the answer holds no repository: that says nothing of its files.
 */
export function blobAnswers(shas: readonly string[], data: unknown): ReadonlyMap<string, BlobAnswer> {
  const repository = (data as { repository?: Readonly<Record<string, BlobFields | null>> | null } | undefined)
    ?.repository;
  if (!repository) throw new UnreadableAnswer("GitHub answered without the repository");
  const answers = new Map<string, BlobAnswer>();
  for (const [index, sha] of shas.entries()) {
    const blob = repository[`b${index}`];
    if (!blob || blob.isTruncated === undefined) continue;
    answers.set(sha, { text: blob.text ?? null, isBinary: blob.isBinary ?? null, isTruncated: blob.isTruncated });
  }
  return answers;
}

function hexadecimal(sha: string): string {
  if (!/^[0-9a-f]{40,64}$/.test(sha)) throw new Error("a blob's id is not hexadecimal");
  return sha;
}
