import type { ExternalImage } from "../containers/container.ts";
import { parseImageReference } from "../containers/image-reference.ts";
import type { KubernetesObject } from "./objects.ts";
import type { Workload, WorkloadContainer } from "./workloads.ts";

/** What Kustomize puts in the place of an image. */
export interface ImageOverride {
  /** The image as the manifests name it, without tag. */
  readonly name: string;
  readonly reference: string;
}

/** Patches of one workload that are merged: an overlay has one for each environment. */
const MAX_PATCHES = 100;

/** The `images:` of a kustomization that give a tag or a digest. */
export function imageOverrides({ kind, data }: KubernetesObject): readonly ImageOverride[] {
  if (kind !== "Kustomization") return [];
  return (data.get("images")?.items ?? []).flatMap((image) => {
    const name = image.get("name")?.text;
    const tag = image.get("newTag")?.text;
    const digest = image.get("digest")?.text;
    if (!name || !(tag || digest)) return [];
    return [
      { name, reference: `${image.get("newName")?.text ?? name}${tag ? `:${tag}` : ""}${digest ? `@${digest}` : ""}` },
    ];
  });
}

/** The image after the overrides of all overlays: one that is still loose wins, because it is deployed too. */
export function overridden(image: ExternalImage, overrides: readonly ImageOverride[]): ExternalImage {
  const { registry, repository } = parseImageReference(image.reference ?? image.text);
  const name = registry ? `${registry}/${repository}` : repository;
  const override = overrides.find((candidate) => candidate.name === name);
  return override ? { ...image, reference: override.reference } : image;
}

/** Workloads with what patches of the same name add; a patch itself, which names no image, is left out. */
export function merged(workloads: readonly Workload[]): readonly Workload[] {
  const { whole = [], patch = [] } = Object.groupBy(workloads, ({ containers }) =>
    containers.some(({ image }) => image) ? "whole" : "patch",
  );
  const patchesByName = Map.groupBy(patch, nameWithKind);
  return whole.map((workload) => {
    const patches = patchesByName.get(nameWithKind(workload))?.slice(0, MAX_PATCHES);
    if (!patches) return workload;
    return { ...workload, containers: workload.containers.map((container) => patched(container, patches)) };
  });
}

function nameWithKind({ kind, name }: Workload): string {
  return `${kind} ${name}`;
}

function patched(container: WorkloadContainer, patches: readonly Workload[]): WorkloadContainer {
  const same = patches.flatMap(({ containers }) => containers.filter(({ name }) => name === container.name));
  return {
    ...container,
    hasReadiness: container.hasReadiness || same.some(({ hasReadiness }) => hasReadiness),
    hasLiveness: container.hasLiveness || same.some(({ hasLiveness }) => hasLiveness),
    hasStartup: container.hasStartup || same.some(({ hasStartup }) => hasStartup),
    isNonRoot: same.findLast(({ isNonRoot }) => isNonRoot !== undefined)?.isNonRoot ?? container.isNonRoot,
  };
}
