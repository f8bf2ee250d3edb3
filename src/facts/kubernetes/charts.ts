import { type ExternalImage, externalImage } from "../containers/container.ts";
import type { DataNode } from "../formats/node.ts";
import { type ChartAvailability, type ChartTemplate, chartAvailability, readTemplate } from "./chart-templates.ts";
import { SECURITY_SETTINGS, type SecuritySetting } from "./security.ts";

/** A Helm chart as far as it can be read without rendering it. */
export interface Chart {
  /** Its folder. */
  readonly root: string;
  /** Templates of Deployments, StatefulSets and DaemonSets. */
  readonly workloads: readonly ChartTemplate[];
  /** Its templates as they stand. */
  readonly templates: readonly ChartFile[];
  /** Whether its templates write these keys, and the default values do not empty them. */
  readonly hasReadiness: boolean;
  readonly hasLiveness: boolean;
  /** True where templates or default values make the pods non-root. */
  readonly isNonRoot: boolean;
  /** What neither templates nor values restrict. */
  readonly security: { readonly missing: readonly SecuritySetting[] };
  readonly availability: ChartAvailability;
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

const SETTINGS: Readonly<Record<SecuritySetting, RegExp>> = {
  "runAsNonRoot: true": /\brunAsNonRoot:\s*true\b|\brunAsUser:\s*[1-9]/,
  "allowPrivilegeEscalation: false": /\ballowPrivilegeEscalation:\s*false\b/,
  "capabilities: {drop: [ALL]}": /\bdrop:\s*(-\s*|\[\s*)["']?all\b/i,
  "readOnlyRootFilesystem: true": /\breadOnlyRootFilesystem:\s*true\b/,
};

/**
 * Reads a chart's templates by their keys and its values by their structure.
 * @param values of every environment; the chart's own, the defaults, come first
 */
export function readChart(root: string, templates: readonly ChartFile[], values: readonly ChartValues[]): Chart {
  const text = templates.map((template) => template.text).join("\n");
  const [defaults] = values.filter(({ path }) => path.startsWith(`${root}/values.`) || root === "");
  const nodes = defaults?.data ? [...defaults.data.walk()] : [];
  const everywhere = values.flatMap(({ data }) => (data ? [...data.walk()] : []));
  const writes = (key: string): boolean => new RegExp(`\\b${key}:`).test(text) && !isEmptied(nodes, key);
  return {
    root,
    templates,
    workloads: templates.flatMap((template) => readTemplate(template, values) ?? []),
    hasReadiness: writes("readinessProbe"),
    hasLiveness: writes("livenessProbe") || writes("startupProbe"),
    isNonRoot:
      SETTINGS["runAsNonRoot: true"].test(text) || nodes.some((node) => hasSetting(node, "runAsNonRoot: true")),
    security: {
      missing: SECURITY_SETTINGS.filter(
        (setting) => !SETTINGS[setting].test(text) && !everywhere.some((node) => hasSetting(node, setting)),
      ),
    },
    availability: chartAvailability(text, values),
    images: defaults ? nodes.flatMap((node) => imageOf(node, defaults.path)) : [],
  };
}

/** True for a security context of the values with this restriction. */
function hasSetting(node: DataNode, setting: SecuritySetting): boolean {
  switch (setting) {
    case "runAsNonRoot: true":
      return node.get("runAsNonRoot")?.boolean === true || (node.get("runAsUser")?.number ?? 0) > 0;
    case "allowPrivilegeEscalation: false":
      return node.get("allowPrivilegeEscalation")?.boolean === false;
    case "capabilities: {drop: [ALL]}":
      return node.get("drop")?.texts.some((name) => name.toUpperCase() === "ALL") === true;
    case "readOnlyRootFilesystem: true":
      return node.get("readOnlyRootFilesystem")?.boolean === true;
  }
}

/** True where the values have the key, and leave it empty wherever they do. */
function isEmptied(nodes: readonly DataNode[], key: string): boolean {
  const values = nodes.flatMap((node) => node.get(key) ?? []);
  const empty = values.filter((value) => value.isNull || (value.kind === "map" && value.entries.length === 0));
  return values.length > 0 && empty.length === values.length;
}

/** `image: { repository, tag }`, where an empty tag means the chart's own version. */
function imageOf(node: DataNode, path: string): readonly (ExternalImage & { path: string })[] {
  const repository = node.get("repository")?.text;
  const tag = node.get("tag");
  if (!repository || !tag?.text) return [];
  const digest = node.get("digest")?.text;
  return [{ ...externalImage(`${repository}:${tag.text}${digest ? `@${digest}` : ""}`, tag.line), path }];
}
