import { defineFact, type UnreadFile } from "./fact.ts";
import { type Publishing, publishing } from "./publishing.ts";
import { type Release, releases } from "./releases.ts";
import { type ExecutedStep, executedSteps } from "./workflows/executed-steps.ts";
import type { Job, Step, Workflow, Workflows } from "./workflows/model.ts";
import { workflows } from "./workflows.ts";

/** What a job publishes, and whether anything says who built it. */
export interface Publication {
  readonly path: string;
  /** Of the job. */
  readonly line: number;
  readonly job: string;
  readonly kind: "package" | "image";
  /** What attests or signs it; undefined where nothing does. */
  readonly by: string | undefined;
  /** What is wrong where nothing does, as a sentence. */
  readonly says: string;
}

export interface ReleaseAttestations {
  readonly publications: readonly Publication[];
  /** A release that cannot be read: of another CI system, or another repository's workflow. */
  readonly hidden: { readonly path: string; readonly line: number } | undefined;
  readonly unread: readonly UnreadFile[];
}

type Proof = Pick<Publication, "by"> & {
  /** What prevents the attestation that there would be. */
  readonly because: keyof typeof BECAUSE | undefined;
  /** True for an action of others, which may well attest what it publishes. */
  readonly isUnclear?: boolean;
};

const BECAUSE = {
  "switched off": ": its attestation is switched off",
  "stored token": ": PyPI takes attestations from trusted publishers only, and it uploads with a stored credential",
  "old action": ": this version of its action attests nothing",
};

const ATTESTS =
  /^(actions\/attest(-[\w-]+)?|slsa-framework\/slsa-github-generator(\/[^@]*)?|sigstore\/gh-action-sigstore-python|astral-sh\/attest-action)@/i;
/** Attests what it builds where an input asks for it. */
const INSPECTS = /^hynek\/build-and-inspect-python-package@/i;
const SIGNS =
  /\b(cosign\s+(sign|attest)|sigstore\s+(sign|attest)|notation\s+sign|gpg\s[^\n]{0,300}(--detach-sig|--armor|-ab)|pypi-attestations\s+sign|twine\s+upload\s[^\n]{0,300}(--attestations|--sign|\s-s\s))/;
const MOVES = /\bskopeo\s+copy\b|\bmanifest\s+push\b|\bcrane\b/;
const IMAGE_BUILDER = /^(docker|depot|useblacksmith)\/(build-push-action|bake-action)@/i;
/** The first version of PyPI's action that attests by itself. */
const ATTESTING = [1, 11] as const;

/** Attestations and signatures of what GitHub's workflows publish. */
export const releaseAttestations = defineFact({
  spans: "repository",
  uses: { releases, publishing, workflows },
  combine: ({ uses }): ReleaseAttestations => {
    const { releases: own, hidden, elsewhere, unread } = uses.releases;
    const isPrivate = (job: Job): boolean =>
      uses.publishing.uploads.some((upload) => upload.job === job && upload.isPrivateIndex);
    const published = own.flatMap(
      ({ kind, job, workflow, step }): readonly (Publication & Pick<Proof, "isUnclear">)[] => {
        if (kind === "deployment" || (kind === "package" && isPrivate(job))) return [];
        const { by, because, isUnclear } = proofOf(kind, workflow, job, step, uses);
        const place = { path: workflow.path, line: job.line, job: job.id };
        const says = `Nothing attests or signs the ${kind} that the job \`${job.id}\` publishes${because ? BECAUSE[because] : ""}.`;
        return [{ ...place, kind, by, says, isUnclear: isUnclear === true }];
      },
    );
    return {
      publications: published.filter(({ isUnclear }) => !isUnclear),
      hidden:
        elsewhere.find(({ kind }) => kind === "publication") ?? hidden ?? published.find(({ isUnclear }) => isUnclear),
      unread,
    };
  },
});

function proofOf(
  kind: Release["kind"],
  workflow: Workflow,
  job: Job,
  step: ExecutedStep | undefined,
  { publishing: { uploads }, workflows: found }: { readonly publishing: Publishing; readonly workflows: Workflows },
): Proof {
  const separate = workflow.jobs.flatMap((one) => attestationOf(workflow, one, found)).at(0);
  if (separate) return { by: separate, because: undefined };
  if (!step) return { by: undefined, because: undefined };
  if (kind === "image") {
    // What is copied or listed in a manifest is what another job built.
    const built = workflow.jobs.flatMap(({ steps }) => steps).find(({ uses }) => IMAGE_BUILDER.test(uses?.text ?? ""));
    return ofImage(MOVES.test(step.step.run?.text ?? "") ? (built ?? step.step) : step.step);
  }
  const hasToken = uploads.some((upload) => upload.job === job && upload.credential);
  return ofPackage(step.step, hasToken);
}

/** What attests or signs in a job, or in the workflow that it calls. */
function attestationOf(workflow: Workflow, job: Job, found: Workflows): readonly string[] {
  if (job.uses?.kind === "remote" && ATTESTS.test(job.uses.text)) return [job.uses.text];
  const called = job.uses?.kind === "local" ? job.uses.path : undefined;
  const inside = found.files
    .filter(({ path }) => path === called)
    .flatMap((one) => one.jobs.map((inner) => [one, inner] as const));
  return [[workflow, job] as const, ...inside].flatMap(([file, one]) =>
    executedSteps(file, one, found).flatMap(({ step: { uses, run, with: inputs } }) => {
      if (uses && ATTESTS.test(uses.text)) return [uses.text];
      if (uses && INSPECTS.test(uses.text) && /true/.test(inputs?.get("attest-build-provenance-github")?.text ?? ""))
        return [uses.text];
      const signature = SIGNS.exec(run?.text ?? "")?.[0];
      return signature ? [signature] : [];
    }),
  );
}

function ofPackage({ uses, with: inputs }: Step, hasToken: boolean): Proof {
  if (uses?.kind !== "remote") return { by: undefined, because: undefined };
  const attestations = inputs?.get("attestations")?.boolean;
  if (attestations === false) return { by: undefined, because: "switched off" };
  if (hasToken) return { by: undefined, because: "stored token" };
  const version = /v?(\d+)\.(\d+)/.exec(
    /^[0-9a-f]{40}$/i.test(uses.ref ?? "") ? (uses.comment ?? "") : (uses.ref ?? ""),
  );
  const [major, minor] = [Number(version?.[1] ?? ATTESTING[0]), Number(version?.[2] ?? ATTESTING[1])];
  const isOld = major < ATTESTING[0] || (major === ATTESTING[0] && minor < ATTESTING[1]);
  return isOld && !attestations ? { by: undefined, because: "old action" } : { by: uses.text, because: undefined };
}

/** BuildKit attests what it pushes unless it is told not to. */
function ofImage({ uses, run, with: inputs }: Step): Proof {
  const provenance = inputs?.get("provenance") ?? inputs?.get("attests");
  if (provenance?.boolean === false) return { by: undefined, because: "switched off" };
  if (uses && (provenance || inputs?.get("sbom")?.boolean)) return { by: uses.text, because: undefined };
  if (uses && IMAGE_BUILDER.test(uses.text)) {
    const isOld = /^docker\/build-push-action@v[123]\b/i.test(uses.text);
    return isOld ? { by: undefined, because: "old action" } : { by: uses.text, because: undefined };
  }
  // Actions that try again take the script as an input.
  const script = (run ?? inputs?.get("run") ?? inputs?.get("command"))?.text;
  if (uses && script === undefined) return { by: undefined, because: undefined, isUnclear: true };
  const buildx = /\bdocker\s+buildx\s+build\b[^\n]*/.exec(script ?? "")?.[0];
  const builds = buildx !== undefined && !/--provenance[= ]false/.test(script ?? "");
  return { by: builds ? "docker buildx build" : undefined, because: undefined };
}
