/** GitHub's HTTP status of a failed call; undefined when no answer came. */
export function statusOf(error: unknown): number | undefined {
  const status = (error as { status?: unknown }).status;
  return typeof status === "number" ? status : undefined;
}

/** True when a write may have happened although its answer says nothing of it. */
export function mayHaveHappened(error: unknown): boolean {
  const status = statusOf(error);
  return status === undefined || status >= 500;
}

/** True when GitHub will not take the write, however often it is tried: locked, full, archived, not permitted. */
export function isRefusal(error: unknown): boolean {
  const status = statusOf(error);
  return status === 403 || status === 410 || status === 422;
}
