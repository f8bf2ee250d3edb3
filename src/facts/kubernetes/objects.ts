import { type DataNode, FormatError } from "../formats/node.ts";
import { parseYaml } from "../formats/yaml.ts";

/** One object of a manifest. */
export interface KubernetesObject {
  readonly kind: string;
  readonly name: string;
  readonly apiVersion: string;
  readonly data: DataNode;
}

/** What a YAML file is to a cluster. */
export type Manifest =
  | { readonly type: "objects"; readonly objects: readonly KubernetesObject[] }
  /** A template that is no YAML before it is rendered. */
  | { readonly type: "template"; readonly text: string }
  | { readonly type: "values"; readonly data: DataNode | undefined };

/**
 * Reads the objects of a file; YAML of another purpose has none.
 * @throws FormatError for broken YAML that looks like a manifest.
 */
export function readManifest(path: string, text: string): Manifest {
  const isManifest = /^[ \t]*apiVersion:/m.test(text) && /^[ \t]*kind:/m.test(text);
  if (/(^|\/)values[^/]*\.ya?ml$/.test(path)) return { type: "values", data: firstDocument(text) };
  if (path.endsWith(".tpl") || (isManifest && /\{\{|\{%/.test(text))) return { type: "template", text };
  if (!isManifest && !/(^|\/)kustomization\.ya?ml$/.test(path)) return { type: "objects", objects: [] };
  return { type: "objects", objects: parseYaml(text).flatMap(objectsIn) };
}

function firstDocument(text: string): DataNode | undefined {
  try {
    return parseYaml(text)[0];
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** The objects of a document: itself, or what its list holds. */
export function objectsIn(data: DataNode): readonly KubernetesObject[] {
  const kind =
    data.get("kind")?.text ??
    (data.has("resources") || data.has("images") || data.has("patches") ? "Kustomization" : undefined);
  if (!kind) return [];
  if (kind === "List") return (data.get("items")?.items ?? []).flatMap(objectsIn);
  const name = data.get("metadata", "name")?.text ?? "";
  return [{ kind, name, apiVersion: data.get("apiVersion")?.text ?? "", data }];
}
