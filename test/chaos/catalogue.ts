/** A fault that the product must outlive, and where that is proven beside the harness. */
export interface Catalogued {
  readonly no: number;
  readonly fault: string;
  /** Tests of parts, or of one process; `bench:load` for what needs a load. */
  readonly tests: readonly string[];
  /** What of it is not proven here, and why. */
  readonly open?: string;
}

/** The fault catalogue; the harness's own cases name their numbers themselves. */
export const catalogue: readonly Catalogued[] = [
  at(1, "one delivery 2 to 50 times, at once, on several replicas", "store/lanes", "server/pull-requests"),
  at(2, "an old head's delivery again, days later", "server/converges"),
  at(3, "deliveries in the wrong order", "server/converges"),
  at(4, "deliveries lost", "server/reconcile"),
  at(5, "events that are never sent", "server/reconcile"),
  at(6, "forged, broken, slow and huge deliveries", "webhooks/door", "server/door"),
  at(7, "the webhook's secret is replaced", "webhooks/door"),
  at(8, "store down when a delivery comes", "server/postgres"),
  at(9, "store down in the midst of a review", "store/group-commit"),
  {
    ...at(10, "store hangs or is full", "store/group-commit"),
    open: "No disk is filled: a trigger answers every row as PostgreSQL does when its disk is full.",
  },
  at(11, "`kill -9` at any step", "server/kills"),
  {
    ...at(12, "SIGTERM with reviews in flight, old and new version together", "server/replicas", "store/migrations"),
    open: "Old and new side by side takes a checkout of the release before: `--before`.",
  },
  at(13, "a worker that sleeps longer than its lease", "server/replicas"),
  at(14, "a worker blocked by its input", "jobs/run-work", "facts/hostile"),
  at(15, "a clock ten minutes off, or set back", "github/app"),
  at(16, "the answer to a new run is lost", "server/converges"),
  at(17, "the answer to a new comment is lost", "server/converges"),
  at(18, "bursts of 5xx", "github/requests", "github/host-health"),
  at(19, "slow and endless answers", "github/requests"),
  at(20, "200 without an answer", "github/requests"),
  at(21, "primary limit", "github/limits", "server/limits"),
  at(22, "secondary limit, with and without Retry-After, and of GraphQL", "github/limits", "server/limits"),
  at(23, "the quota is spent by somebody else", "store/budgets", "server/limits"),
  at(24, "fresh tokens refused, cached tokens revoked", "github/tokens", "server/tokens"),
  at(25, "a token expires in the midst of a review", "github/app"),
  at(26, "a permission is not granted, or taken away", "server/tokens"),
  at(27, "suspended and unsuspended", "server/life-cycle"),
  at(28, "deleted, and installed again", "server/life-cycle"),
  at(29, "repository renamed, transferred, archived, made private, deleted", "server/life-cycle"),
  at(30, "repository taken from the selection", "server/life-cycle"),
  at(31, "force-push at each step of a review", "server/converges", "server/life-cycle"),
  at(32, "thirty pushes in a minute", "server/converges", "store/records"),
  at(33, "the base moves during a review"),
  {
    ...at(34, "a new rule set while work is queued", "store/migrations"),
    open: "One process has one rule set, so that no result is of two. What the release before judged is judged anew at the next event, not at once.",
  },
  at(35, "a head that is not readable yet, or shown as it was", "server/events", "server/converges"),
  at(36, "a tree that GitHub cuts", "snapshot/github"),
  at(37, "giant repositories", "snapshot/github", "facts/source-samples"),
  at(38, "giant pull requests", "engine/compare", "report/published"),
  at(39, "links, submodules, odd names and encodings", "snapshot/folder", "snapshot/github"),
  at(40, "hostile files", "facts/hostile"),
  at(41, "output over GitHub's limits", "report/published"),
  at(42, "GitHub refuses the update of a run", "server/converges"),
  at(43, "comments deleted and edited, conversations locked and full", "server/pull-requests", "server/converges"),
  at(44, "forks, and forks that are gone", "server/events", "server/life-cycle"),
  at(45, "`/recheck` by strangers and bots", "server/commands"),
  at(46, "merge groups that come and go", "server/converges"),
  at(47, "a re-run while the head is reviewed", "server/converges"),
  at(48, "10,000 deliveries after an outage", "bench:load", "server/reconcile"),
  at(49, "one tenant's storm", "bench:load", "store/lanes"),
  at(50, "replicas added and removed, one cut off the store"),
  {
    ...at(51, "no way to GitHub", "server/network", "github/requests"),
    open: "Requests go by HTTP/1.1: HTTP/2's GOAWAY cannot come.",
  },
  at(52, "GitHub's maintenance", "server/limits"),
  at(53, "work that fails whatever is tried", "jobs/run-work", "server/converges"),
  at(54, "migration of a store that is in use", "store/migrations"),
  at(55, "nobody reads the log", "server/log"),
  at(56, "another App on the same repository", "github/repository-client"),
];

function at(no: number, fault: string, ...tests: readonly string[]): Catalogued {
  return { no, fault, tests };
}
