import type { TreeEntry } from "../snapshot/snapshot.ts";
import { parseImageReference } from "./containers/image-reference.ts";
import { defineFact, globs, type ParsedFile, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { type Chart, type ChartValues, readChart } from "./kubernetes/charts.ts";
import { imageOverrides, kustomized, overridden } from "./kubernetes/kustomize.ts";
import { type KubernetesObject, type Manifest, readManifest } from "./kubernetes/objects.ts";
import { type Availability, availabilityOf, scalerOf } from "./kubernetes/scaling.ts";
import { RESTRICTED, type SecuritySetting } from "./kubernetes/security.ts";
import { type Workload, workloadOf } from "./kubernetes/workloads.ts";
import { ancestorsOf, folderOf, isAuxiliary, nameOf, type Tree } from "./tree.ts";

export interface Kubernetes {
  /** Everything that runs pods, with what patches and image overrides change. */
  readonly workloads: readonly DeployedWorkload[];
  readonly charts: readonly Chart[];
  /** Every object of the manifests, of whatever kind. */
  readonly objects: readonly PlacedObject[];
  /** The LimitRange that gives containers numbers which they do not state. */
  readonly limitRange: string | undefined;
  /** Secrets and ConfigMaps, whose data stands in the file. */
  readonly stores: readonly DataStore[];
  /** Objects by which Argo CD, Flux or Fleet deploy what a repository holds. */
  readonly gitOps: readonly { readonly path: string; readonly line: number; readonly kind: string }[];
  /** Repositories of the images that Skaffold builds here. */
  readonly builtImages: ReadonlySet<string>;
  readonly unread: readonly UnreadFile[];
}

export interface PlacedObject extends KubernetesObject {
  readonly path: string;
}

/** A workload with what other objects do for it. */
export interface DeployedWorkload extends Workload {
  readonly availability: Availability;
  readonly isScaled: boolean;
  /** What its namespace makes every pod keep to. */
  readonly restrictions: readonly SecuritySetting[];
}

export interface DataStore {
  readonly path: string;
  readonly kind: "Secret" | "ConfigMap";
  readonly entries: readonly { readonly name: string; readonly value: string | undefined; readonly line: number }[];
}

const HINT =
  /(^|[/._-])(k8s|kubernetes|kube|kustomize|kustomization|manifests?|helm|charts?|deploy|deployments?|overlays?|argocd|argo|flux|gitops|openshift|knative|eks|gke|aks|infra|infrastructure|statefulset|daemonset|cronjob|ingress|configmap|service|secrets?|pods?|namespace)([/._-]|$)/i;
/** Files of other tools, and folders that hold many of them. */
const OTHER =
  /(^|\/)(\.(?!k8s|kube|deploy|helm|openshift)[^/]+|releasenotes|changelogs?|migrations|locales?|node_modules|playbooks|roles|tasks|group_vars|host_vars|molecule)(\/|$)|(^|\/)((docker-)?compose[^/]*|mkdocs|mypy|_config|codecov|azure-pipelines[^/]*|appveyor|environment[^/]*|cloudbuild|buildspec[^/]*|serverless|openapi|swagger|dependabot|renovate|action|pubspec|pnpm-(lock|workspace)|app|render|tox|galaxy|conda[^/]*|meta|crowdin|netlify|readthedocs|requirements|site)\.ya?ml$/i;
/** `ci/test-existing-secret.yaml`: what a chart is tried with. */
const TRIAL = /(^|\/)test[-_][^/]*\.ya?ml$/;
const GIT_OPS =
  /^(argoproj\.io\/\S+ (Application|ApplicationSet)|(kustomize|helm)\.toolkit\.fluxcd\.io\/\S+ (Kustomization|HelmRelease)|fleet\.cattle\.io\/\S+ GitRepo)$/;
const isYaml = globs("**/*.{yml,yaml}");
const isTemplate = globs("**/templates/**/*.{yml,yaml,tpl}");
const isValues = globs("**/values*.{yml,yaml}");
/** Manifests that are read of one repository; a plain order by path chooses. */
const MOST = 300;
/** YAML files whose path tells nothing: few are read, and only small ones. */
const MOST_OTHERS = 50;
const LARGEST_OTHER = 50_000;

/** Services, scalers and budgets that every workload is compared with. */
const MOST_SELECTORS = 500;

/** The manifests of Kubernetes and OpenShift, Kustomize's overlays and Helm's charts. */
export const kubernetes = defineFact({
  spans: "repository",
  reads: (path, tree) => {
    if (!tree.isFirstParty(path) || isAuxiliary(path)) return false;
    if (chartOf(path, tree) !== undefined) return isTemplate(path) || isValues(path);
    return isYaml(path) && !OTHER.test(path) && !TRIAL.test(path);
  },
  select: (entries) => {
    const isHinted = ({ path }: TreeEntry): boolean => HINT.test(path) || !path.includes("/");
    const others = entries.filter((entry) => !isHinted(entry) && (entry.size ?? 0) <= LARGEST_OTHER);
    return [...entries.filter(isHinted).slice(0, MOST), ...others.slice(0, MOST_OTHERS)];
  },
  parse: ({ path, text }): Manifest => readManifest(path, text),
  combine: ({ files, unread, tree }): Kubernetes => {
    const written = files.flatMap(({ path, parsed }) =>
      parsed.type === "objects" ? parsed.objects.map((object) => ({ path, object })) : [],
    );
    const objects = kustomized(written);
    const overrides = new Map(
      objects
        .flatMap(({ object }) => imageOverrides(object))
        .toReversed()
        .map((override) => [override.name, override]),
    );
    const selectors = objects
      .flatMap(({ object: { kind, data } }) => (kind === "Service" ? (data.get("spec", "selector") ?? []) : []))
      .slice(0, MOST_SELECTORS);
    const found = objects.flatMap(({ path, object }) => workloadOf(path, object, selectors) ?? []);
    const scalers = objects.flatMap(({ object }) => scalerOf(object) ?? []).slice(0, MOST_SELECTORS);
    const budgets = objects
      .flatMap(({ object: { kind, data } }) =>
        kind === "PodDisruptionBudget" ? (data.get("spec", "selector") ?? []) : [],
      )
      .slice(0, MOST_SELECTORS);
    const restricted = new Set(objects.flatMap(({ object }) => (isRestricted(object) ? [object.name] : [])));
    return {
      workloads: found.map((workload) => ({
        ...workload,
        containers: workload.containers.map((container) => ({
          ...container,
          image: container.image && overridden(container.image, overrides),
        })),
        availability: availabilityOf(workload, scalers, budgets),
        isScaled: scalers.some(({ target }) => target === workload.name),
        restrictions: isWithin(workload.namespace, restricted) ? RESTRICTED : [],
      })),
      charts: chartsOf(files, tree),
      objects: objects.map(({ path, object }) => ({ path, ...object })),
      limitRange: objects.find(({ object }) => object.kind === "LimitRange")?.path,
      stores: objects.flatMap(({ path, object }) => storeOf(path, object) ?? []),
      gitOps: objects.flatMap(({ path, object: { apiVersion, kind, data } }) =>
        GIT_OPS.test(`${apiVersion} ${kind}`) ? [{ path, line: data.lineOfKey("kind") ?? data.line, kind }] : [],
      ),
      builtImages: new Set(objects.flatMap(({ object }) => artifactsOf(object))),
      unread: unread.filter(({ path }) => HINT.test(path)),
    };
  },
});

/** The folder of the chart that a path belongs to. */
function chartOf(path: string, tree: Tree): string | undefined {
  return ancestorsOf(path).find((folder) => tree.has(folder === "" ? "Chart.yaml" : `${folder}/Chart.yaml`));
}

/** Values outside of charts belong to an environment, whichever chart that deploys. */
function chartsOf(files: readonly ParsedFile<Manifest>[], tree: Tree): readonly Chart[] {
  const byChart = Map.groupBy(files, ({ path }) => chartOf(path, tree));
  const shared = (byChart.get(undefined) ?? []).flatMap(valuesOf);
  return [...byChart].flatMap(([root, own]) => {
    if (root === undefined) return [];
    const templates = own.flatMap(({ path, parsed }) =>
      parsed.type === "template" ? [{ path, text: parsed.text }] : [],
    );
    const values = own.filter(({ path }) => folderOf(path) === root).flatMap(valuesOf);
    const isDefault = ({ path }: ChartValues): boolean => /^values\./.test(nameOf(path));
    const inOrder = [...values.filter(isDefault), ...values.filter((one) => !isDefault(one)), ...shared];
    return [readChart(root, templates, inOrder)];
  });
}

function valuesOf({ path, parsed }: ParsedFile<Manifest>): readonly ChartValues[] {
  return parsed.type === "values" ? [{ path, data: parsed.data }] : [];
}

/** A manifest without a namespace goes into the one that stands beside it. */
function isWithin(namespace: string | undefined, restricted: ReadonlySet<string>): boolean {
  return namespace === undefined ? restricted.size > 0 : restricted.has(namespace);
}

function isRestricted({ kind, data }: KubernetesObject): boolean {
  const level = data.get("metadata", "labels", "pod-security.kubernetes.io/enforce")?.text;
  return kind === "Namespace" && level === "restricted";
}

function artifactsOf({ apiVersion, data }: KubernetesObject): readonly string[] {
  if (!apiVersion.startsWith("skaffold/")) return [];
  return (data.get("build", "artifacts")?.items ?? []).flatMap((artifact) => {
    const image = artifact.get("image")?.text;
    return image ? [parseImageReference(image).repository] : [];
  });
}

/** The data of a Secret or ConfigMap; none for one that SOPS encrypted. */
function storeOf(path: string, { kind, data }: KubernetesObject): DataStore | undefined {
  if ((kind !== "Secret" && kind !== "ConfigMap") || data.has("sops")) return undefined;
  const encoded = entriesOf(data.get("data"), (text) => (kind === "Secret" ? decoded(text) : text));
  return { path, kind, entries: [...encoded, ...entriesOf(data.get("stringData"), (text) => text)] };
}

function entriesOf(node: DataNode | undefined, read: (text: string) => string): DataStore["entries"] {
  return (node?.entries ?? []).map(({ key, value, line }) => ({
    name: key,
    value: value.text === undefined ? undefined : read(value.text),
    line,
  }));
}

/** Base64 as text; what is no base64 stays, because a placeholder stands there. */
function decoded(text: string): string {
  const compact = text.replace(/\s+/g, "");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact) || compact.length % 4 !== 0) return text;
  return Buffer.from(compact, "base64").toString("utf8");
}
