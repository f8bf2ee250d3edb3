import type { Database } from "./database.ts";

/** What outlives its use, and what is older than the days of retention. */
const forgotten = (days: number, evidenceDays: number): readonly string[] => [
  // GitHub sends a delivery again for three days.
  "delete from pyready.deliveries where received_at < now() - interval '5 days'",
  "delete from pyready.failed_deliveries where noted_at < now() - interval '5 days'",
  "delete from pyready.heads where held_until < now() - interval '1 day'",
  // A base is judged as of today.
  "delete from pyready.base_reviews where judged_at < now() - interval '2 days'",
  "delete from pyready.paces where spent_until < now()",
  `delete from pyready.check_runs where published_at < now() - interval '${days} days'`,
  `delete from pyready.regime_runs where written_at < now() - interval '${days} days'`,
  `delete from pyready.evidence_packs where made_at < now() - interval '${evidenceDays} days'`,
  `delete from pyready.policies where used_at < now() - interval '${days} days'`,
  `delete from pyready.verdicts where published_at < now() - interval '${days} days'`,
  `delete from pyready.open_runs where opened_at < now() - interval '${days} days'`,
  `delete from pyready.commands where created_at < now() - interval '${days} days'`,
  `delete from pyready.recoveries where tried_at < now() - interval '${days} days'`,
  `delete from pyready.settings where read_at < now() - interval '${days} days'`,
  // What no review asks for is not kept.
  `delete from pyready.advisories where wanted_at < now() - interval '${Math.min(days, 30)} days'`,
  `delete from pyready.advisory_waits where noted_at < now() - interval '${days} days'`,
  `delete from pyready.dead where died_at < now() - interval '${days} days'`,
  // That a person deleted the comment, or paused it, is kept: it is a wish, and names nobody.
  `delete from pyready.pull_requests pull where not comment_deleted and not paused
     and not exists (select from pyready.check_runs run where run.installation_id = pull.installation_id
       and run.repository_id = pull.repository_id and run.lane = 'pull/' || pull.number)
     and not exists (select from pyready.lanes work where work.installation_id = pull.installation_id
       and work.repository_id = pull.repository_id and work.lane = 'pull/' || pull.number)`,
];

/** Forgets what is of no use any more, and what is older than a whole number of days; evidence has days of its own. */
export async function forgetOld(database: Database, days: number, evidenceDays = days): Promise<void> {
  for (const statement of forgotten(Math.trunc(days), Math.trunc(evidenceDays))) await database.query(statement);
}
