import type { MissedRepository } from "../store/looks.ts";

/** A delivery that failed, as GitHub's log of the App lists it. */
export interface FailedDelivery {
  /** Of this attempt; greater than that of any before it. */
  readonly id: number;
  /** Of the event: the same in every attempt. */
  readonly guid: string;
  /** What the App answered; 0 where no answer came. */
  readonly status: number;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  /** ISO time. */
  readonly deliveredAt: string;
}

/** What deliveries that failed ask for. */
export interface Missed {
  /** Repositories whose state tells what was missed. */
  readonly look: readonly MissedRepository[];
  /** Events that only their payload can tell: each is asked for again, by its newest attempt. */
  readonly redeliver: readonly FailedDelivery[];
}

/** What these tell of can be seen in the repository's state: one look says more than a thousand of them. */
const OF_STATE = new Set(["pull_request", "push", "repository"]);
/** What these ask for is nowhere else; with the actions that ask for something. */
const OF_PAYLOAD: Readonly<Record<string, readonly string[]>> = {
  check_run: ["rerequested", "requested_action"],
  check_suite: ["rerequested"],
  // The list of installations, which is read beside these, tells what came, went and was suspended.
  installation: ["new_permissions_accepted"],
  installation_repositories: ["added", "removed"],
  issue_comment: ["created"],
  merge_group: ["checks_requested", "destroyed"],
};
/** The App will answer a delivery that is malformed or too large in the same way again. */
const FOR_GOOD = new Set([400, 413, 415]);
/** A delivery may be sent so long after what it tells of. */
const LATE_MS = 10 * 60_000;

/**
 * Decides what is done for deliveries that never arrived, with the fewest requests.
 * @param failed newest first
 */
export function missedIn(failed: readonly FailedDelivery[]): Missed {
  const look = new Map<string, MissedRepository>();
  for (const { event, installationId, repositoryId, deliveredAt } of failed) {
    if (!OF_STATE.has(event) || installationId === null || repositoryId === null) continue;
    const since = new Date(Date.parse(deliveredAt) - LATE_MS).toISOString();
    const key = `${installationId}/${repositoryId}`;
    const known = look.get(key);
    if (!known || since < known.since) look.set(key, { installationId, repositoryId, since });
  }
  const newest = [...Map.groupBy(failed, ({ guid }) => guid).values()].flatMap(([last]) => last ?? []);
  const redeliver = newest.filter(
    ({ event, action, status }) => OF_PAYLOAD[event]?.includes(action ?? "") && !FOR_GOOD.has(status),
  );
  return { look: [...look.values()], redeliver };
}
