/** A delivery as GitHub's log of the App lists it. */
export interface LoggedDelivery {
  readonly id: number;
  readonly guid: string;
  readonly isDelivered: boolean;
  readonly event: string;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
}

/** What deliveries that failed ask for. */
export interface Missed {
  /** Installations whose open heads tell what was missed. */
  readonly look: ReadonlySet<number>;
  /** Deliveries that only their payload can tell: each is asked for again, by its newest attempt. */
  readonly redeliver: readonly number[];
}

/** What these tell of can be seen in the repository's state: one look says more than a thousand of them. */
const OF_STATE = new Set(["pull_request", "push"]);
/** What these ask for is nowhere else. */
const OF_PAYLOAD = new Set([
  "check_run",
  "check_suite",
  "installation",
  "installation_repositories",
  "issue_comment",
  "merge_group",
  "repository",
]);

/**
 * Decides what is done for deliveries that never arrived, with the fewest requests.
 * @param log newest first
 * @param accepted ids of events that arrived, whatever GitHub thinks of it
 * @param knows whether a repository's name is known here, so that it can be looked at
 */
export function missedIn(
  log: readonly LoggedDelivery[],
  accepted: ReadonlySet<string>,
  knows: (installationId: number, repositoryId: number) => boolean,
): Missed {
  const look = new Set<number>();
  const redeliver: number[] = [];
  const strangers = new Set<number>();
  for (const [guid, attempts] of Map.groupBy(log, (delivery) => delivery.guid)) {
    const [newest] = attempts;
    if (!newest || accepted.has(guid) || attempts.some(({ isDelivered }) => isDelivered)) continue;
    const { event, installationId, repositoryId } = newest;
    if (OF_PAYLOAD.has(event)) redeliver.push(newest.id);
    else if (OF_STATE.has(event) && installationId !== null && repositoryId !== null) {
      if (knows(installationId, repositoryId)) look.add(installationId);
      // The first event of a repository brings its name; one of them is enough.
      else if (!strangers.has(repositoryId)) {
        strangers.add(repositoryId);
        redeliver.push(newest.id);
      }
    }
  }
  return { look, redeliver };
}
