import { readAnnotations } from "./annotations.ts";
import { readApiClients } from "./api-clients.ts";
import { readBlockingCalls } from "./blocking-calls.ts";
import { readCodeLoads } from "./code-loads.ts";
import { readConfiguration } from "./configuration.ts";
import { readConnections } from "./connections.ts";
import { readDebugLeftovers } from "./debug-leftovers.ts";
import { readHardcoded } from "./hardcoded.ts";
import { readHealthPaths } from "./health-paths.ts";
import { readHealthRoutes } from "./health-routes.ts";
import { readHeavyWork } from "./heavy-work.ts";
import { readIdentities } from "./identities.ts";
import { readImportPlaces } from "./import-places.ts";
import { readImports } from "./imports.ts";
import { readJobs } from "./jobs.ts";
import { readLearnedModels } from "./learned-models.ts";
import { readLogging } from "./logging.ts";
import { readMetricChecks } from "./metric-checks.ts";
import { readModels } from "./models.ts";
import { readOutboundCalls } from "./outbound-calls.ts";
import { readRevision } from "./revisions.ts";
import { readRoutes } from "./routes.ts";
import { readSensitiveFields } from "./sensitive-fields.ts";
import { readSensitiveLogs } from "./sensitive-logs.ts";
import { readServers } from "./servers.ts";
import { readSettings } from "./settings.ts";
import { readShellCommands } from "./shell-commands.ts";
import { readSignatureChecks } from "./signature-checks.ts";
import { readSqlValues } from "./sql-values.ts";
import { readSwallowedExceptions } from "./swallowed-exceptions.ts";
import type { Module } from "./syntax.ts";
import { readSyntaxErrors } from "./syntax-errors.ts";
import { readTelemetry } from "./telemetry.ts";
import { readTestEngines } from "./test-engines.ts";
import { readTlsChecks } from "./tls-checks.ts";
import { readWeakCrypto } from "./weak-crypto.ts";

/** What one kind of knowledge takes from one file: plain data, because it crosses between threads. */
export type Extractor = (module: Module) => unknown;

/** Every extractor by the name that a worker is asked for. */
export const extractors: Readonly<Record<string, Extractor>> = {
  readApiClients,
  readBlockingCalls,
  readHealthPaths,
  readHealthRoutes,
  readHeavyWork,
  readIdentities,
  readConfiguration,
  readConnections,
  readHardcoded,
  readAnnotations,
  readImportPlaces,
  readImports,
  readCodeLoads,
  readDebugLeftovers,
  readOutboundCalls,
  readShellCommands,
  readSqlValues,
  readSwallowedExceptions,
  readTlsChecks,
  readWeakCrypto,
  readRoutes,
  readSignatureChecks,
  readSettings,
  readLearnedModels,
  readJobs,
  readLogging,
  readMetricChecks,
  readModels,
  readRevision,
  readServers,
  readSensitiveFields,
  readSyntaxErrors,
  readTestEngines,
  readSensitiveLogs,
  readTelemetry,
};
