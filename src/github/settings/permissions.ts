/** What reading GitHub's settings takes beyond what reviews need; where one is not granted, its part is not known. */
export const settingsPermissions = {
  /** Branch protection, defaults of workflows, alerts on or off, default setup of code scanning. */
  administration: "read",
  /** Environments and their guards. */
  actions: "read",
  /** Whether secrets that were found are still open. */
  secret_scanning_alerts: "read",
  /** Commit statuses among the checks that report. */
  statuses: "read",
  /** Whether vulnerabilities that are known are still open. */
  vulnerability_alerts: "read",
} as const;
