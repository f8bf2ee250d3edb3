import { defineFact, type UnreadFile } from "./fact.ts";
import type { ActionReference } from "./workflows/model.ts";
import { workflows } from "./workflows.ts";

/** A `uses:` that runs code from outside the repository. */
export interface RemoteReference {
  readonly path: string;
  readonly line: number;
  readonly text: string;
  readonly pinning: "commit" | "digest" | "tag" | "short-commit" | "name" | "none";
  /** The tag or branch of a repository that it names; undefined for a commit, an image, or no version. */
  readonly named: { readonly owner: string; readonly repository: string; readonly ref: string } | undefined;
  /** True for what GitHub itself publishes. */
  readonly isOfficial: boolean;
  /** True where the action refuses to run unless a tag names it. */
  readonly needsTag: boolean;
}

export interface ActionReferences {
  /** True where the repository has a workflow or an action. */
  readonly hasActions: boolean;
  /** Of workflows, reusable workflows and composite actions; each place once. */
  readonly references: readonly RemoteReference[];
  readonly unread: readonly UnreadFile[];
}

const COMMIT = /^([0-9a-f]{40}|[0-9a-f]{64})$/i;
const SHORT_COMMIT = /^(?=.*\d)[0-9a-f]{7,39}$/i;
const VERSION = /^v?\d+([.-]|$)/i;

/** The actions, reusable workflows and images that workflows bring in from elsewhere. */
export const actionReferences = defineFact({
  spans: "repository",
  uses: { workflows },
  combine: ({ uses: { workflows: found }, repository }): ActionReferences => {
    const placed = [
      ...found.files.flatMap(({ path, jobs }) =>
        jobs.flatMap((job) => [job, ...job.steps].map(({ uses }) => ({ path, uses }))),
      ),
      ...found.actions.flatMap(({ path, steps }) => steps.map(({ uses }) => ({ path, uses }))),
    ];
    const references = new Map<string, RemoteReference>();
    for (const { path, uses } of placed) {
      const reference = uses && remoteReference(path, uses, repository.name);
      if (reference) references.set(`${path}:${reference.line}:${reference.text}`, reference);
    }
    return {
      hasActions: placed.length > 0 || found.files.length > 0,
      references: [...references.values()],
      unread: found.unread,
    };
  },
});

function remoteReference(path: string, uses: ActionReference, repository: string): RemoteReference | undefined {
  const place = { path, line: uses.line, text: uses.text };
  if (uses.kind === "docker") {
    const pinning = /@sha256:[0-9a-f]{64}$/i.test(uses.image) ? "digest" : /:[^/:]+$/.test(uses.image) ? "tag" : "none";
    return { ...place, pinning, named: undefined, isOfficial: false, needsTag: false };
  }
  if (uses.kind !== "remote") return undefined;
  const owner = uses.owner.toLowerCase();
  const source = `${owner}/${uses.repository.toLowerCase()}`;
  if (source === repository.toLowerCase()) return undefined;
  const pinning = pinningOf(uses.ref);
  const { owner: by, repository: name, ref } = uses;
  const isNamed = ref !== undefined && (pinning === "tag" || pinning === "name");
  return {
    ...place,
    pinning,
    named: isNamed ? { owner: by, repository: name, ref } : undefined,
    isOfficial: owner === "actions" || owner === "github",
    // Its provenance names the builder by tag.
    needsTag: source === "slsa-framework/slsa-github-generator" && /^v\d+\.\d+\.\d+$/.test(uses.ref ?? ""),
  };
}

function pinningOf(ref: string | undefined): RemoteReference["pinning"] {
  if (!ref) return "none";
  if (COMMIT.test(ref)) return "commit";
  if (SHORT_COMMIT.test(ref)) return "short-commit";
  return VERSION.test(ref) ? "tag" : "name";
}
