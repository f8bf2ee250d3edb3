import { type ExternalImage, externalImage } from "../containers/container.ts";
import type { DataNode } from "../formats/node.ts";

/** A Helm chart as far as it can be read without rendering it. */
export interface Chart {
  /** Its folder. */
  readonly root: string;
  /** Templates of Deployments, StatefulSets and DaemonSets. */
  readonly workloads: readonly { readonly path: string; readonly line: number }[];
  /** Its templates as they stand. */
  readonly templates: readonly ChartFile[];
  /** Whether its templates write these keys, and the default values do not empty them. */
  readonly hasReadiness: boolean;
  readonly hasLiveness: boolean;
  /** True where templates or default values make the pods non-root. */
  readonly isNonRoot: boolean;
  /** Images of the default values. */
  readonly images: readonly (ExternalImage & { readonly path: string })[];
}

export interface ChartFile {
  readonly path: string;
  readonly text: string;
}

export interface ChartValues {
  readonly path: string;
  readonly data: DataNode | undefined;
}

const WORKLOAD = /^[ \t]*kind:\s*["']?(Deployment|StatefulSet|DaemonSet)\b/m;

/** Reads a chart's templates by their keys and its values by their structure. */
export function readChart(root: string, templates: readonly ChartFile[], values: ChartValues | undefined): Chart {
  const text = templates.map((template) => template.text).join("\n");
  const nodes = values?.data ? [...values.data.walk()] : [];
  const writes = (key: string): boolean =>
    new RegExp(`\\b${key}:`).test(text) && !nodes.some((node) => isEmptied(node, key));
  return {
    root,
    templates,
    workloads: templates.flatMap((template) => {
      const found = WORKLOAD.exec(template.text);
      return found
        ? [{ path: template.path, line: lineOf(template.text, found.index + found[0].indexOf("kind")) }]
        : [];
    }),
    hasReadiness: writes("readinessProbe"),
    hasLiveness: writes("livenessProbe") || writes("startupProbe"),
    isNonRoot:
      /\brunAsNonRoot:\s*true\b|\brunAsUser:\s*[1-9]/.test(text) ||
      nodes.some((node) => node.get("runAsNonRoot")?.boolean === true || (node.get("runAsUser")?.number ?? 0) > 0),
    images: values ? nodes.flatMap((node) => imageOf(node, values.path)) : [],
  };
}

function isEmptied(node: DataNode, key: string): boolean {
  const value = node.get(key);
  return value !== undefined && (value.isNull || (value.kind === "map" && value.entries.length === 0));
}

/** `image: { repository, tag }`, where an empty tag means the chart's own version. */
function imageOf(node: DataNode, path: string): readonly (ExternalImage & { path: string })[] {
  const repository = node.get("repository")?.text;
  const tag = node.get("tag");
  if (!repository || !tag?.text) return [];
  const digest = node.get("digest")?.text;
  return [{ ...externalImage(`${repository}:${tag.text}${digest ? `@${digest}` : ""}`, tag.line), path }];
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
