import { checklists } from "../../rules/checklists/index.ts";
import { faultsOf, type Link, type Manifest, manifestOf } from "../compliance/chain.ts";
import type { Checklist } from "../compliance/checklist.ts";
import { type EvidencePack, packOf } from "../compliance/pack.ts";
import { evidenceFiles } from "../report/evidence/files.ts";
import { headSnapshot } from "../snapshot/commit.ts";
import { chainIn, type KeptPack, regimesIn, writePack } from "./evidence-folder.ts";
import { errorLines } from "./own-policy.ts";
import { assessOne, printable, type Streams } from "./review-command.ts";
import { snapshotOf } from "./targets.ts";

type Environment = Readonly<Record<string, string | undefined>>;

export interface EvidenceOptions {
  /** Those that the policy names when absent. */
  readonly regime?: readonly string[];
  /** A folder for packs. */
  readonly output: string;
  /** ISO day that end-of-life and expiry are counted from. */
  readonly date: string;
}

/**
 * Writes a pack of evidence for each regime, behind the one before it.
 * @throws with a message for the person who asked
 */
export async function makeEvidence(
  name: string,
  options: EvidenceOptions,
  environment: Environment,
  { out, error }: Streams,
): Promise<number> {
  const open = async () => {
    const head = await headSnapshot(name);
    return head ? { head, base: null } : snapshotOf(name, environment);
  };
  const assessment = await assessOne({ name, open }, options);
  for (const line of errorLines(assessment.notices)) error.write(`pyready: ${line}\n`);
  const asked = checklistsOf(options.regime ?? assessment.policy.compliance.regimes);
  // A chain that is broken is not gone on with: all are looked at before any is written.
  const chains = await Promise.all(asked.map(async ({ id }) => lastOf(await chainIn(options.output, id))));
  for (const [index, checklist] of asked.entries()) {
    const pack = packOf(checklist, assessment, new Date().toISOString());
    const files = evidenceFiles(pack);
    const manifest = manifestOf(pack, files, chains[index] ?? null);
    out.write(`${printable(saidOf(pack, await writePack(options.output, manifest, files), manifest))}\n`);
  }
  return 0;
}

/** Checks every pack in a folder; 1 where one is not as it was made. */
export async function verifyEvidence(
  folder: string,
  { expect }: { readonly expect?: string },
  { out }: Streams,
): Promise<number> {
  const newest: string[] = [];
  let isWhole = true;
  for (const regime of await regimesIn(folder)) {
    const packs = checked(await chainIn(folder, regime));
    for (const { path, faults, manifest } of packs) {
      out.write(`${printable(`${faults.length > 0 ? "broken" : "whole "}  ${[path, ...faults].join("; ")}`)}\n`);
      if (path === packs[0]?.path && (manifest?.sequence ?? 1) > 1)
        out.write(`${regime}: what came before number ${manifest?.sequence} is not here\n`);
      isWhole &&= faults.length === 0;
    }
    const digest = packs.at(-1)?.manifest?.digest;
    if (digest !== undefined) newest.push(digest);
    if (digest !== undefined) out.write(`${regime}: the newest pack is ${printable(digest)}\n`);
  }
  if (expect === undefined || newest.includes(expect)) return isWhole ? 0 : 1;
  out.write(`No newest pack has the digest ${printable(expect)}: packs are missing at the end, or are others.\n`);
  return 1;
}

function checklistsOf(regimes: readonly string[]): readonly Checklist[] {
  const asked = [...new Set(regimes)];
  if (asked.length === 0)
    throw new Error(`the policy names no regime; name one by --regime: ${checklists.map(({ id }) => id).join(", ")}`);
  return checklists.filter(({ id }) => asked.includes(id));
}

/** @throws where the packs so far are not as they were made */
function lastOf(packs: readonly KeptPack[]): Manifest | null {
  const broken = checked(packs).find(({ faults }) => faults.length > 0);
  if (broken) throw new Error(`${broken.path} is broken: ${broken.faults.join("; ")}; name another folder by --output`);
  return packs.at(-1)?.manifest ?? null;
}

function checked(packs: readonly KeptPack[]): readonly (KeptPack & { readonly faults: readonly string[] })[] {
  return packs.map((pack, index) => ({
    ...pack,
    faults: faultsOf(pack.text, pack.files, index === 0 ? beforeFirst(pack) : (packs[index - 1]?.manifest ?? null)),
  }));
}

/** What is kept for some years only begins in the middle of its chain: that is said, and is no fault. */
function beforeFirst({ manifest }: KeptPack): Link | null {
  if (manifest?.previous == null || manifest.sequence < 2) return null;
  return { sequence: manifest.sequence - 1, digest: manifest.previous };
}

function saidOf({ regime, counts }: EvidencePack, path: string, { digest }: Manifest): string {
  const results = counts.map(({ result, controls }) => `${controls} ${result}`).join(", ");
  return `${regime.id}: ${results}. ${path} is written, digest ${digest}; note it elsewhere.`;
}
