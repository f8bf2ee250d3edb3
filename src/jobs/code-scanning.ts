import type { Assessment } from "../policy/assessment.ts";
import { type CodeScanning, type Upload, uploadSarif } from "../publish/code-scanning.ts";
import { uploadedSarif } from "../report/sarif.ts";
import type { ReviewRequest } from "../webhooks/review-request.ts";
import type { Head } from "./head.ts";

/** What uploading needs. */
export interface Uploading {
  readonly docsUrl: string;
  /** Uploads, with a token of its own. */
  codeScanning(): Promise<CodeScanning>;
}

/** Uploads the findings where the policy asks for it; undefined where nothing is to be uploaded. */
export async function uploadFindings(
  { docsUrl, codeScanning }: Uploading,
  { subject }: ReviewRequest,
  { sha, pull }: Head,
  assessment: Assessment,
): Promise<Upload | undefined> {
  // A merge group's branch is gone before anybody reads its alerts.
  const ref = pull
    ? `refs/pull/${pull.number}/head`
    : subject.kind === "branch"
      ? `refs/heads/${subject.branch}`
      : null;
  if (!assessment.policy.sarif || ref === null) return undefined;
  return uploadSarif(await codeScanning(), { headSha: sha, ref }, uploadedSarif(assessment, { docsUrl }));
}
