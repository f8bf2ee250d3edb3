/** What a job reads with. */
export const READ = { contents: "read", metadata: "read", pull_requests: "read" } as const;
/** What the policy of an organisation is read with. */
export const READ_FILES = { contents: "read", metadata: "read" } as const;
/** What a job publishes with. */
export const WRITE = { checks: "write", pull_requests: "write" } as const;
/** What findings are uploaded to code scanning with, where that was granted. */
export const UPLOAD = { metadata: "read", security_events: "write" } as const;
/** What a change to files is proposed with; to workflows where that was granted as well. */
export const PROPOSE = { contents: "write", pull_requests: "write", workflows: "write" } as const;
