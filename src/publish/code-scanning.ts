import { gzipSync } from "node:zlib";
import { statusOf } from "./write-errors.ts";

/** A log of one commit, as GitHub takes it. */
export interface Analysis {
  readonly headSha: string;
  /** The full name of the ref whose head it is. */
  readonly ref: string;
  /** Compressed, in base64. */
  readonly sarif: string;
}

/** What publishing needs of GitHub's code scanning. */
export interface CodeScanning {
  /** False where the App was not granted what an upload takes. */
  isPermitted(): Promise<boolean>;
  upload(analysis: Analysis): Promise<void>;
}

/** What became of an upload. */
export type Upload = "uploaded" | "not-permitted" | "refused";

/** GitHub takes no more, compressed. */
const MAX_BYTES = 10_000_000;

/**
 * Uploads the findings of a commit; a second upload of the same commit takes the place of the first.
 * @throws where GitHub cannot be reached or limits the App, and never for what it refuses
 */
export async function uploadSarif(
  scanning: CodeScanning,
  { headSha, ref }: Pick<Analysis, "headSha" | "ref">,
  log: object,
): Promise<Upload> {
  if (!(await scanning.isPermitted())) return "not-permitted";
  const packed = gzipSync(JSON.stringify(log));
  if (packed.length > MAX_BYTES) return "refused";
  try {
    await scanning.upload({ headSha, ref, sarif: packed.toString("base64") });
    return "uploaded";
  } catch (error) {
    // Code scanning is off, or costs what the organisation does not pay for: no review fails for that.
    if ([400, 403, 404, 413, 422].includes(statusOf(error) ?? 0)) return "refused";
    throw error;
  }
}
