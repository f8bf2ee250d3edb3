import type { TreeEntry } from "../snapshot/snapshot.ts";
import { composeFiles } from "./compose-files.ts";
import { defineFact, globsAnyCase, type UnreadFile } from "./fact.ts";
import { kubernetes } from "./kubernetes.ts";
import { type MonitoringSign, signsIn } from "./monitoring/signs.ts";
import { platformFiles } from "./platform-files.ts";
import { isAuxiliary, type Tree } from "./tree.ts";

export type { MonitoringSign } from "./monitoring/signs.ts";

export interface Monitoring {
  readonly signs: readonly MonitoringSign[];
  /** A reason why signs may have been missed. */
  readonly missed: string | undefined;
}

const isNamed = globsAnyCase(
  "**/*{alert,alarm,prometheus,alertmanager,slo,slos,sli,monitor,observability,grafana,newrelic,datadog,cloudwatch}*.{yml,yaml,json,tf,tofu,bicep,jsonnet,libsonnet}",
  "**/{alerts,alerting,alarms,prometheus,alertmanager,monitoring,observability,slo,slos,datadog,grafana}/**/*.{yml,yaml,tf,tofu,bicep,jsonnet,libsonnet}",
);
const isInfrastructure = globsAnyCase("**/*.{tf,tofu,bicep}", "**/{helmfile,Chart,requirements}.{yml,yaml}");
/** Where the infrastructure is a program: what it declares is not read. */
const isProgram = globsAnyCase("{,*/,*/*/}{cdk.json,Pulumi.yaml,Pulumi.yml,cdktf.json}");
/** Files that only this fact reads. */
const MOST = 40;

/** What watches the thing that runs: alerts, objectives, metrics of resources, as files declare them. */
export const monitoring = defineFact({
  spans: "repository",
  reads: (path, tree) => isShared(path, tree) || isOwn(path, tree),
  select: (entries, tree) => {
    const own = ownOf(entries, tree).slice(0, MOST);
    const manifests = kubernetes.select(
      entries.filter(({ path }) => kubernetes.reads(path, tree)),
      tree,
    );
    const others = entries.filter(({ path }) => composeFiles.reads(path, tree) || platformFiles.reads(path, tree));
    return [...new Set([...own, ...manifests, ...others])];
  },
  readsBeginnings: true,
  parse: ({ path, text }): readonly MonitoringSign[] => signsIn(path, text),
  combine: ({ files, unread, tree }): Monitoring => ({
    signs: [
      ...files.flatMap(({ parsed }) => parsed),
      ...tree.paths
        .filter((path) => /(^|\/)provisioning\/alerting\/[^/]+\.(ya?ml|json)$/.test(path) && isOwn(path, tree))
        .map(
          (path): MonitoringSign => ({ path, line: 1, kind: "alerts", name: "Grafana's alerting", isExample: false }),
        ),
    ],
    missed: missedOf(unread, tree),
  }),
});

function missedOf(unread: readonly UnreadFile[], tree: Tree): string | undefined {
  const [closed] = unread.filter(({ path }) => isOwn(path, tree));
  if (closed) return `${closed.path} could not be read: ${closed.reason}`;
  const program = tree.paths.find((path) => isProgram(path) && tree.isFirstParty(path) && !isAuxiliary(path));
  if (program) return `${program} says that a program declares the infrastructure, and what it declares is not known`;
  return tree.paths.filter((path) => isOwn(path, tree)).length > MOST
    ? "only some of the infrastructure's files were read"
    : undefined;
}

/** Files that other facts read anyhow. */
function isShared(path: string, tree: Tree): boolean {
  return kubernetes.reads(path, tree) || composeFiles.reads(path, tree) || platformFiles.reads(path, tree);
}

function isOwn(path: string, tree: Tree): boolean {
  if (!(isNamed(path) || isInfrastructure(path)) || /^\.github\//.test(path)) return false;
  return tree.isFirstParty(path) && (!isAuxiliary(path) || isExampleOfAlerts(path));
}

/** What a product gives those who run it as a start. */
function isExampleOfAlerts(path: string): boolean {
  return /(^|\/)(examples?|contrib|docs?)\/.*alert/i.test(path) && !/(^|\/)tests?\//i.test(path);
}

/** Those with a telling name first. */
function ownOf(entries: readonly TreeEntry[], tree: Tree): readonly TreeEntry[] {
  const own = entries.filter(({ path }) => isOwn(path, tree));
  return [...own.filter(({ path }) => isNamed(path)), ...own.filter(({ path }) => !isNamed(path))];
}
