import { type ComposeFiles, composeFiles } from "./compose-files.ts";
import { dependencies, runtimeOf } from "./dependencies.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { type Kubernetes, kubernetes } from "./kubernetes.ts";
import { type Address, addressIn, isLocal, isPublic } from "./source/connections/address.ts";
import { isForDevelopers } from "./source/purpose.ts";
import { sourceConnections } from "./source-connections.ts";
import { sourceImports } from "./source-imports.ts";

/** A connection of production, as far as it is written. */
export interface StoreConnection {
  readonly path: string;
  readonly line: number;
  readonly store: string;
  readonly host: string | undefined;
  /** Undefined where the text does not tell, or the way stays on the machine. */
  readonly isEncrypted: boolean | undefined;
}

export interface StoreConnections {
  readonly all: readonly StoreConnection[];
  /** The driver of a data store that is reached over the network. */
  readonly driver: { readonly name: string; readonly path: string } | undefined;
  /** True where every connection that is written leads to the machine itself or a service beside it. */
  readonly staysLocal: boolean;
  readonly unread: readonly UnreadFile[];
}

const DRIVER =
  /^(psycopg\d?(-binary|-c|-pool)?|psycopg2-binary|asyncpg|aiopg|pg8000|mysqlclient|pymysql|aiomysql|asyncmy|mysql-connector-python|mariadb|redis|valkey|aioredis|django-redis|pymongo|motor|mongoengine|beanie|elasticsearch\d?|opensearch-py|cassandra-driver|clickhouse-(driver|connect)|pika|aio-pika|pymssql|oracledb|cx-oracle)$/;
/** Connectors that encrypt the way to a database of a cloud on their own. */
const CONNECTORS = ["google.cloud.sql.connector", "google.cloud.alloydb.connector"];
const PROXY = /(^|\/)(cloud-?sql-?proxy|gce-proxy|alloydb-auth-proxy)([:/-]|$)/;
const MODE = /SSL_?MODE$/;

/** How production's connections to its data stores are encrypted. */
export const storeConnections = defineFact({
  uses: { composeFiles, dependencies, kubernetes, sourceConnections, sourceImports },
  combine: ({ uses }): StoreConnections => {
    const written = uses.sourceConnections.all.filter(
      ({ path, isDefault, isForDevelopment }) => !isDefault && !isForDevelopment && !isForDevelopers(path),
    );
    const found: readonly Placed[] = [...written, ...inManifests(uses.kubernetes, uses.composeFiles)];
    const connectors = uses.sourceImports.of(...CONNECTORS);
    const proxies = uses.kubernetes.workloads.flatMap(({ path, sidecars, containers }) =>
      [...sidecars, ...containers]
        .filter(({ image }) => PROXY.test(image?.text ?? ""))
        .map(({ line }) => ({ path, line })),
    );
    const [driver] = [...runtimeOf(uses.dependencies)].filter(([name]) => DRIVER.test(name));
    return {
      all: [
        ...found.map((one) => ({
          path: one.path,
          line: one.line,
          store: one.store,
          host: one.host,
          isEncrypted: isEncrypted(one),
        })),
        ...[...connectors, ...proxies].map(({ path, line }) => ({
          path,
          line,
          store: "the database",
          host: undefined,
          isEncrypted: true,
        })),
      ],
      driver: driver && { name: driver[0], path: driver[1].path },
      staysLocal: found.length > 0 && found.every(({ host }) => host !== undefined && isLocal(host)),
      unread: uses.sourceConnections.unread,
    };
  },
});

/** Plain text matters where the public Internet carries it; encryption that is turned off, wherever it leaves the machine. */
function isEncrypted({ host, encryption, isConditional }: Placed): boolean | undefined {
  if (encryption === "on") return isConditional ? undefined : true;
  if (host === undefined || isLocal(host)) return undefined;
  if (encryption === "off") return false;
  return encryption === "plain" && isPublic(host) ? false : undefined;
}

interface Placed extends Pick<Address, "store" | "host" | "encryption"> {
  readonly path: string;
  readonly line: number;
  readonly isConditional?: boolean;
}

function inManifests({ workloads, stores }: Kubernetes, { files }: ComposeFiles): readonly Placed[] {
  const variables = [
    ...workloads.flatMap(({ path, containers }) =>
      containers.flatMap(({ environment }) => environment.map((one) => ({ path, ...one }))),
    ),
    ...stores.flatMap(({ path, entries }) => entries.map((one) => ({ path, ...one }))),
    ...files
      .filter(({ purpose }) => purpose === "production")
      .flatMap(({ path, services }) =>
        services.flatMap(({ build, environment }) => (build ? environment.map((one) => ({ path, ...one })) : [])),
      ),
  ];
  return variables.flatMap(({ path, line, name, value }): readonly Placed[] => {
    if (value === undefined) return [];
    const place = { path, line };
    if (MODE.test(name) && /^(require|verify-(ca|full))$/.test(value))
      return [{ ...place, store: "the database", host: undefined, encryption: "on" }];
    const address = addressIn(value);
    return address ? [{ ...place, ...address }] : [];
  });
}
