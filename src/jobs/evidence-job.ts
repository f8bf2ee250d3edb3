import { checklists } from "../../rules/checklists/index.ts";
import { manifestOf, readManifest } from "../compliance/chain.ts";
import { packOf } from "../compliance/pack.ts";
import type { Assessment } from "../policy/assessment.ts";
import { evidenceFiles } from "../report/evidence/files.ts";
import type { Records } from "../store/records.ts";
import type { RequestedRepository } from "../webhooks/review-request.ts";
import type { Job } from "./run-work.ts";

/** Work that asks for the packs of evidence that a repository lacks. */
export interface EvidenceRequest {
  readonly repository: RequestedRepository;
}

/** What making the packs of one repository needs. */
export interface EvidencePorts {
  readonly records: Pick<Records, "dueEvidence" | "wantEvidence" | "lastManifest" | "keepEvidence">;
  /** The commit that the default branch holds now. */
  tip(): Promise<string>;
  /** Judges that commit by its own policy, compared with nothing. */
  assess(commit: string): Promise<Assessment>;
  now(): number;
}

/**
 * Makes the packs of this week or month that the policy of the default branch wants and that are not kept
 * yet, each behind the one before it. Safe to repeat at any point: of two that are made at the same time
 * the first stays.
 */
export async function makeEvidence(
  { records, tip, assess, now }: EvidencePorts,
  { request: { repository }, standing }: Job<EvidenceRequest>,
): Promise<void> {
  if ((await records.dueEvidence(repository)).length === 0) return;
  const commit = await tip();
  const assessment = await assess(commit);
  // What the default branch wants by now may be less, or other regimes.
  await records.wantEvidence(repository, assessment.policy.compliance.evidence);
  for (const { regime, period } of await records.dueEvidence(repository)) {
    const checklist = checklists.find(({ id }) => id === regime);
    if (!checklist) continue;
    const before = await records.lastManifest(repository, regime);
    const pack = packOf(checklist, assessment, new Date(now()).toISOString());
    const files = evidenceFiles(pack);
    const manifest = manifestOf(pack, files, before === undefined ? null : (readManifest(before) ?? null));
    await standing();
    await records.keepEvidence({
      ...{ installationId: repository.installationId, repositoryId: repository.repositoryId },
      ...{ regime, period, commit, sequence: manifest.sequence },
      manifest: `${JSON.stringify(manifest, null, 2)}\n`,
      files: Object.fromEntries([...files].map(([name, bytes]) => [name, bytes.toString("utf8")])),
    });
  }
}
