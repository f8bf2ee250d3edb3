import type { ExternalImage } from "../containers/container.ts";
import { parseImageReference } from "../containers/image-reference.ts";
import { DataNode, FormatError } from "../formats/node.ts";
import { parseYaml } from "../formats/yaml.ts";
import { folderOf, resolvePath } from "../tree.ts";
import { type KubernetesObject, objectsIn } from "./objects.ts";
import { merged, withOperations } from "./patches.ts";
import { isFragment } from "./workloads.ts";

/** An object and the file that it stands in. */
export interface LocatedObject {
  readonly path: string;
  readonly object: KubernetesObject;
}

/** What Kustomize puts in the place of an image. */
export interface ImageOverride {
  /** The image as the manifests name it, without tag. */
  readonly name: string;
  readonly reference: string;
}

/** A change of the object of this kind and name. */
interface Patch {
  readonly kind: string;
  readonly name: string;
  change(data: DataNode): DataNode;
}

/** Patches that are applied in one repository; no one writes more. */
const MOST_APPLIED = 2_000;
/** What is deployed to users has the last word. */
const PRODUCTION = /(^|[/._-])(prod|production|live)([/._-]|$)/i;

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
export function overridden(image: ExternalImage, overrides: ReadonlyMap<string, ImageOverride>): ExternalImage {
  const { registry, repository } = parseImageReference(image.reference ?? image.text);
  const name = registry ? `${registry}/${repository}` : repository;
  const override = overrides.get(name);
  return override ? { ...image, reference: override.reference } : image;
}

/** The objects as overlays deploy them: with what patches change, and without the patches themselves. */
export function kustomized(located: readonly LocatedObject[]): readonly LocatedObject[] {
  const inProductionLast = [...located].sort((a, b) => Number(isProduction(a)) - Number(isProduction(b)));
  const kustomizations = inProductionLast.filter(({ object }) => object.kind === "Kustomization");
  const files = new Set(kustomizations.flatMap(patchFiles));
  const isPatch = (one: LocatedObject): boolean => files.has(one.path) || isFragment(one.object);
  const patches = Map.groupBy(
    [...inProductionLast.filter(isPatch).map(patchBy), ...kustomizations.flatMap(changesIn)],
    keyOf,
  );
  let left = MOST_APPLIED;
  return located
    .filter((one) => !isPatch(one))
    .map(({ path, object }) => {
      const own = (patches.get(keyOf(object)) ?? []).slice(0, left);
      left -= own.length;
      return { path, object: { ...object, data: own.reduce((data, { change }) => change(data), object.data) } };
    });
}

function isProduction({ path }: LocatedObject): boolean {
  return PRODUCTION.test(path);
}

function keyOf({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind} ${name}`;
}

function patchBy({ object: { kind, name, data: patch } }: LocatedObject): Patch {
  return { kind, name, change: (data) => merged(data, patch) };
}

/** Files whose objects are patches, as `patches` and `patchesStrategicMerge` name them. */
function patchFiles({ path, object: { data } }: LocatedObject): readonly string[] {
  const named = [
    ...(data.get("patches")?.items ?? []).map((patch) => patch.get("path")),
    ...(data.get("patchesStrategicMerge")?.items ?? []),
  ];
  return named.flatMap((node) => (node?.text && resolvePath(folderOf(path), node.text)) || []);
}

/** What a kustomization changes in its own text: inline patches and the number of replicas. */
function changesIn({ path, object: { data } }: LocatedObject): readonly Patch[] {
  const inline = (data.get("patches")?.items ?? []).flatMap((patch) => patchesOf(path, patch));
  const whole = (data.get("patchesStrategicMerge")?.items ?? []).flatMap((node) =>
    documentsIn(node.text)
      .flatMap(objectsIn)
      .map((object) => patchBy({ path, object })),
  );
  const replicas = (data.get("replicas")?.items ?? []).flatMap((entry): readonly Patch[] => {
    const [name, count] = [entry.get("name")?.text, entry.get("count")];
    if (!name || !count) return [];
    const patch = mapOf("spec", mapOf("replicas", count));
    return ["Deployment", "StatefulSet"].map((kind) => ({ kind, name, change: (node) => merged(node, patch) }));
  });
  return [...inline, ...whole, ...replicas];
}

function patchesOf(path: string, patch: DataNode): readonly Patch[] {
  const [kind, name] = [patch.get("target", "kind")?.text, patch.get("target", "name")?.text];
  return documentsIn(patch.get("patch")?.text).flatMap((document): readonly Patch[] => {
    if (document.kind === "list")
      return kind && name ? [{ kind, name, change: (data) => withOperations(data, document.items) }] : [];
    return objectsIn(document).map((object) => patchBy({ path, object }));
  });
}

/** The documents of a text inside a file; none where it is no YAML. */
function documentsIn(text = ""): readonly DataNode[] {
  try {
    return parseYaml(text);
  } catch (error) {
    if (error instanceof FormatError) return [];
    throw error;
  }
}

function mapOf(key: string, value: DataNode): DataNode {
  return DataNode.map(new Map([[key, { value, line: value.line }]]), value.line);
}
