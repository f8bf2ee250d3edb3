import { createParseCache } from "../../facts/parse-cache.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import { editedSnapshot, type FileChange } from "./edited-snapshot.ts";
import { type Repair, type RepairOptions, type Repairs, repairsOf, type TagReader } from "./repairs.ts";

/** Rounds of repairing: a repair may wait for another, or bring what a third one mends. */
const ROUNDS = 4;

/** Repairs until a round changes nothing more; the changes of all rounds count from the files as they were. */
export async function repairAll(snapshot: Snapshot, given: RepairOptions): Promise<Repairs> {
  const cache = given.cache ?? createParseCache();
  const options = { ...given, cache, tags: given.tags && remembering(given.tags) };
  let all = await repairsOf(snapshot, options);
  for (let round = 1; round < ROUNDS; round++) {
    const next = await repairsOf(editedSnapshot(snapshot, all.changes), options, all.judged);
    if (next.changes.length === 0) break;
    all = {
      review: all.review,
      after: next.after,
      judged: next.judged,
      repairs: joinedRepairs(all.repairs, next.repairs),
      notRepaired: next.notRepaired,
      changes: joined(all.changes, next.changes),
    };
  }
  const repaired = new Set(all.repairs.map(({ ruleId }) => ruleId));
  return { ...all, notRepaired: all.notRepaired.filter(({ ruleId }) => !repaired.has(ruleId)) };
}

/** A rule that was repaired in both rounds did all of it. */
function joinedRepairs(first: readonly Repair[], second: readonly Repair[]): readonly Repair[] {
  const byRule = new Map(first.map((repair) => [repair.ruleId, repair]));
  for (const repair of second) {
    const earlier = byRule.get(repair.ruleId);
    const edits = [...(earlier?.edits ?? []), ...repair.edits];
    byRule.set(repair.ruleId, { ...repair, edits, changes: joined(earlier?.changes ?? [], repair.changes) });
  }
  return [...byRule.values()];
}

/** Asks for each tag once. */
function remembering({ commitOf }: TagReader): TagReader {
  const known = new Map<string, Promise<string | undefined>>();
  return {
    commitOf(owner, repository, ref) {
      const question = `${owner}/${repository}@${ref}`;
      const answer = known.get(question) ?? commitOf(owner, repository, ref);
      known.set(question, answer);
      return answer;
    },
  };
}

function joined(first: readonly FileChange[], second: readonly FileChange[]): readonly FileChange[] {
  const before = new Map(first.map((change) => [change.path, change]));
  for (const change of second) {
    const earlier = before.get(change.path);
    before.set(change.path, earlier ? { ...change, before: earlier.before } : change);
  }
  return [...before.values()];
}
