import { parseImageReference } from "../containers/image-reference.ts";
import type { Kubernetes, PlacedObject } from "../kubernetes.ts";
import type { DataStore } from "./model.ts";

const DATABASE =
  /^(postgres(ql)?|postgis|timescaledb(-ha)?|pgvector|mysql(-server)?|mariadb|percona-server|mongo(db)?|cockroach|couchdb|cassandra|neo4j|influxdb|clickhouse(-server)?)$/;
/** Objects of operators that back up what they, or others, run. */
const BACKUP_KIND =
  /^(ScheduledBackup|BackupSchedule|BackupConfiguration|SnapshotSchedule|PerconaServerMongoDBBackup|ReplicationSource)$/;
const BACKUP_API =
  /^(velero\.io|k8up\.io|backup\.appuio\.ch|stash\.appscode\.com|snapscheduler\.backube|longhorn\.io)\//;
const BACKUP_COMMAND = /pg_dump|pg_basebackup|mysqldump|mariadb-dump|mongodump|restic|wal-g|pgbackrest|barman|backup/i;
/** Overlays of what holds nothing worth keeping. */
const NOT_PRODUCTION =
  /(^|[/_.-])(dev|development|test|testing|local|sandbox|ci|preview|demo|kind|minikube)([/_.-]|$)/i;

/** The databases that run as stateful workloads, and those of operators. */
export function kubernetesStores(
  { workloads, objects }: Kubernetes,
  procedure: string | undefined,
): readonly DataStore[] {
  const [backup] = objects.filter(backsUp);
  const judged = backup
    ? { backup: 1, says: `is backed up by ${backup.path}` }
    : procedure
      ? { backup: 0.5, says: `is backed up by hand, as ${procedure} says` }
      : { backup: 0, says: "runs in the cluster, and nothing here backs it up" };
  const stateful = workloads
    .filter(({ kind, path }) => kind === "StatefulSet" && !NOT_PRODUCTION.test(path))
    .flatMap(({ path, containers }) =>
      containers
        .filter(({ image }) => DATABASE.test(parseImageReference(image?.text ?? "").name))
        .map(({ name, line }) => ({ name, path, line, ...judged })),
    );
  const clusters = objects
    .filter(({ kind, apiVersion }) => kind === "Cluster" && apiVersion.startsWith("postgresql.cnpg.io/"))
    .filter(({ path }) => !NOT_PRODUCTION.test(path))
    .map(({ name, path, data }) => {
      const own = data.has("spec") && data.get("spec", "backup") !== undefined;
      const line = data.get("metadata")?.lineOfKey("name") ?? data.line;
      return { name, path, line, ...(own ? { backup: 1, says: "has a backup section" } : judged) };
    });
  return [...stateful, ...clusters];
}

function backsUp({ kind, apiVersion, data, name }: PlacedObject): boolean {
  if (BACKUP_KIND.test(kind) || (BACKUP_API.test(apiVersion) && /Schedule|Backup|RecurringJob/.test(kind))) return true;
  if (kind !== "CronJob") return false;
  const pod = data.get("spec", "jobTemplate", "spec", "template", "spec");
  const text = [...(pod?.walk() ?? [])].map((node) => node.text ?? "").join(" ");
  return BACKUP_COMMAND.test(`${name} ${text}`);
}
