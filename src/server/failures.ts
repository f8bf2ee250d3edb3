import { Limited, NotInstalled, NotPermitted } from "../github/failures.ts";
import { Gone, Hopeless, LaneLost, Overdue, Parked, PassingFault } from "../jobs/outcomes.ts";

/** How long the work of an installation waits that was suspended without that anybody told, before somebody asks again. */
const SUSPENDED_MS = 60_000;

/** What an error of GitHub, the network or the store means for the job that met it. */
export function outcomeOf(error: unknown): unknown {
  if (error instanceof Gone || error instanceof Parked || error instanceof PassingFault || error instanceof LaneLost)
    return error;
  if (error instanceof Limited) return new Parked(error.until, `GitHub's ${error.kind} limit`);
  if (isSuspension(error)) return new Parked(new Date(Date.now() + SUSPENDED_MS), "suspended");
  if (error instanceof NotInstalled) return new Gone(error.message);
  if (error instanceof NotPermitted) return new Hopeless(error.message);
  const { status, code } = error as { status?: unknown; code?: unknown };
  if (status === 403 && /repository was archived/i.test(String((error as Error).message)))
    return new Gone("the repository is archived and takes no writes");
  if (typeof status === "number") return status >= 500 ? new PassingFault(`GitHub answered ${status}`) : error;
  return isOfConnection(error, code) ? new PassingFault("the network or the store failed") : error;
}

/** What an error is called; its message may hold what GitHub or the database was given. */
export function nameOf(error: unknown) {
  const { name, status, code } = (error ?? {}) as { name?: string; status?: number; code?: string };
  return { error: name, status, code };
}

/** True where GitHub answers nothing because the installation is suspended. */
export function isSuspension(error: unknown): boolean {
  if (error instanceof NotInstalled) return error.isSuspended;
  const { status, message } = error as { status?: unknown; message?: unknown };
  return status === 403 && /installation has been suspended/i.test(String(message));
}

/** The kind of a failure, for metrics; undefined where work only waits for its turn. */
export function failureKindOf(error: unknown): string | undefined {
  if (error instanceof Parked) return undefined;
  if (error instanceof Limited) return `limit_${error.kind}`;
  if (isSuspension(error)) return "suspended";
  if (error instanceof NotInstalled) return "not_installed";
  if (error instanceof NotPermitted) return "not_permitted";
  if (error instanceof Gone) return "gone";
  if (error instanceof LaneLost) return "lane_lost";
  if (error instanceof Overdue) return "overdue";
  const { status, code } = error as { status?: unknown; code?: unknown };
  if (typeof status === "number") return `github_${status >= 500 ? "5xx" : "4xx"}`;
  return error instanceof PassingFault || isOfConnection(error, code) ? "connection" : "defect";
}

/** Errors of sockets and of time-outs, and PostgreSQL's of connections, shutdown and serialisation. */
function isOfConnection(error: unknown, code: unknown): boolean {
  if (typeof code === "string") return /^(E[A-Z]+|UND_ERR_\w+|08\w{3}|53\w{3}|57P\d\d|40\w{3}|55P03)$/.test(code);
  const { name, message, cause } = error as { name?: string; message?: string; cause?: unknown };
  if (name === "TimeoutError" || name === "AbortError") return true;
  if (cause !== undefined && cause !== null) return isOfConnection(cause, (cause as { code?: unknown }).code);
  return /fetch failed|terminated|Connection terminated|timeout exceeded when trying to connect/.test(message ?? "");
}
