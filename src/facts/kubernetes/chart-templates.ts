import type { DataNode } from "../formats/node.ts";
import { nameOf } from "../tree.ts";
import type { ChartFile, ChartValues } from "./charts.ts";
import { missingIn } from "./resources.ts";
import { isSingletonByName } from "./workloads.ts";

/** A template of a workload. */
export interface ChartTemplate {
  readonly path: string;
  /** Of its kind. */
  readonly line: number;
  /** True for what answers requests and can run more than once. */
  readonly isReplicated: boolean;
  readonly resources: ChartResources;
}

/** What a template gives its containers; unknown where other templates or values decide. */
export type ChartResources =
  | { readonly state: "set" | "unknown" }
  | {
      readonly state: "missing";
      readonly path: string;
      readonly line: number;
      /** The value that is to hold them; empty where the template itself is. */
      readonly name: string;
      readonly missing: readonly string[];
    };

/** What a chart does for availability; undefined where values from elsewhere decide. */
export interface ChartAvailability {
  readonly hasSeveral: boolean | undefined;
  readonly hasBudget: boolean | undefined;
  readonly isSpread: boolean | undefined;
  readonly isScaled: boolean | undefined;
}

const WORKLOAD = /^[ \t]*kind:\s*["']?(Deployment|StatefulSet|DaemonSet)\b/m;
/** A path below `.Values`. */
const VALUE = /\.Values\.(\w+(?:\.\w+)*)/g;
/** Comments of Helm and of YAML; they say what one could write. */
const COMMENT = /\{\{-?\s*\/\*[\s\S]{0,1000}?\*\/\s*-?\}\}|^[ \t]*#.*$/gm;
const SCALER = /^kind:\s*["']?(HorizontalPodAutoscaler|ScaledObject|VerticalPodAutoscaler)\b/m;

/** The workload of a template; undefined for a template of something else. */
export function readTemplate({ path, text }: ChartFile, values: readonly ChartValues[]): ChartTemplate | undefined {
  const found = WORKLOAD.exec(text);
  if (!found) return undefined;
  const line = lineOf(text, found.index + found[0].indexOf("kind"));
  return {
    path,
    line,
    isReplicated: found[1] !== "DaemonSet" && /\bports:/.test(text) && !isSingletonByName(nameOf(path)),
    resources: resourcesIn(text.replace(COMMENT, ""), { path, line }, values),
  };
}

function resourcesIn(
  text: string,
  place: { readonly path: string; readonly line: number },
  values: readonly ChartValues[],
): ChartResources {
  const named = valuePaths(text).filter(
    (keys) => /resources$/i.test(keys.at(-1) ?? "") && !hasFallback(text, keys.join(".")),
  );
  if (named.length > 0) return worst(named.map((keys) => resourcesAt(keys, place, values)));
  if (/\bresources:/.test(text)) {
    const isWritten = /\blimits:/.test(text) && /\brequests:/.test(text) && (text.match(/\bmemory:/g)?.length ?? 0) > 1;
    return { state: isWritten && /\bcpu:/.test(text) ? "set" : "unknown" };
  }
  const isPlain = /\bcontainers:/.test(text) && /\bimage:/.test(text) && !/resources/i.test(text);
  return isPlain ? { state: "missing", ...place, name: "", missing: missingIn(undefined) } : { state: "unknown" };
}

/** The numbers of the environment that sets most of them: `resources: {}` is a default that somebody has to fill in. */
function resourcesAt(
  keys: readonly string[],
  place: { readonly path: string; readonly line: number },
  values: readonly ChartValues[],
): ChartResources {
  if (!values.some(({ data }) => data)) return { state: "unknown" };
  const found = values.flatMap(({ path, data }) => {
    const node = data?.get(...keys);
    return node ? [{ path, line: node.line, missing: missingIn(node) }] : [];
  });
  const [best = { ...place, missing: missingIn(undefined) }] = found.sort(
    (a, b) => a.missing.length - b.missing.length,
  );
  return best.missing.length === 0
    ? { state: "set" }
    : { state: "missing", ...best, name: `.Values.${keys.join(".")}` };
}

/** True for a value in whose place another one is used where it is empty. */
function hasFallback(text: string, path: string): boolean {
  return text.includes(`not .Values.${path} `);
}

function worst(all: readonly ChartResources[]): ChartResources {
  return (
    all.find(({ state }) => state === "missing") ?? all.find(({ state }) => state === "unknown") ?? { state: "set" }
  );
}

/** The availability that templates provide for and that the values of any environment turn on. */
export function chartAvailability(template: string, values: readonly ChartValues[]): ChartAvailability {
  const text = template.replace(COMMENT, "");
  const settings = values.flatMap(({ data }) => (data ? [...data.walk()] : []));
  const numbers = (key: RegExp): readonly number[] =>
    settings.flatMap((node) =>
      node.entries.flatMap((entry) => (key.test(entry.key) ? (entry.value.number ?? []) : [])),
    );
  const isTurnedOn = (key: RegExp): boolean | undefined => turnedOn(settings, key, values.length > 1);
  const isScaled = SCALER.test(text) && isTurnedOn(/autoscal|hpa|keda|scaledobject/i);
  const hasSeveral =
    numbers(/^(replicas|replicaCount)$/).some((count) => count >= 2) ||
    (isScaled === true && numbers(/^minReplica(s|Count)$/).some((count) => count >= 2)) ||
    /^\s*replicas:\s*([2-9]|\d\d)/m.test(text);
  // The defaults are for a trial; who deploys gives values of their own.
  return {
    hasSeveral: hasSeveral || (values.length > 1 || !/\.Values\b[^}]{0,200}replica/i.test(text) ? false : undefined),
    hasBudget: /^kind:\s*["']?PodDisruptionBudget\b/m.test(text) && isTurnedOn(/pdb|disruption/i),
    isSpread: spreadOf(text, settings, values.length > 1),
    isScaled,
  };
}

/** Whether the values turn a feature on; undefined where only the defaults are here, and turn it off. */
function turnedOn(settings: readonly DataNode[], key: RegExp, hasEnvironments: boolean): boolean | undefined {
  const switches = settings.flatMap((node) =>
    node.entries.flatMap((entry) => (key.test(entry.key) ? [entry.value.get("enabled") ?? entry.value] : [])),
  );
  const off = switches.filter((value) => value.boolean === false || value.isNull);
  if (switches.length === 0 || off.length < switches.length) return true;
  return hasEnvironments ? false : undefined;
}

function spreadOf(text: string, settings: readonly DataNode[], hasEnvironments: boolean): boolean | undefined {
  if (/\b(podAntiAffinity|rollingUpdate|maxSkew|topologyKey):|type:\s*RollingUpdate/.test(text)) return true;
  const given = settings.some((node) =>
    node.entries.some(
      ({ key, value }) =>
        /^(podAntiAffinity|rollingUpdate|topologySpreadConstraints)$/.test(key) &&
        (value.entries.length > 0 || value.items.length > 0),
    ),
  );
  const isOpen = /\b(affinity|topologySpreadConstraints|strategy)\b/i.test(text) && !hasEnvironments;
  return given || (isOpen ? undefined : false);
}

function valuePaths(text: string): readonly (readonly string[])[] {
  const paths = new Set([...text.matchAll(VALUE)].map(([, path = ""]) => path));
  return [...paths].map((path) => path.split("."));
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
