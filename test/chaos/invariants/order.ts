import type { CheckRunWrite, Repository } from "../../sandbox/state.ts";
import type { Asked } from "../people.ts";
import { type Evidence, type Invariant, isWorthSaying, named, ourRuns } from "./evidence.ts";

const STICKY = "<!-- pyready:sticky:";

/** What was published is never replaced by what is older. */
export const fence: Invariant = {
  id: "I2",
  claim: "no result after a newer one: neither on a head, nor of an old head after a newer head's",
  problems: (evidence) =>
    evidence.people.projects.flatMap(({ repository }) => [
      ...returningReviews(evidence, repository),
      ...lateHeads(evidence, repository),
    ]),
};

/** Events that are repeated, or that tell the same, cost no second evaluation. */
export const idempotence: Invariant = {
  id: "I4",
  claim: "copies of a delivery, and events that tell the same, make one result",
  problems: (evidence) =>
    evidence.people.projects.flatMap(({ repository }) =>
      [...new Set(repository.checkRuns.map(({ headSha }) => headSha))].flatMap((sha) => {
        const verdicts = verdictsOn(evidence, repository, sha);
        const reviews = new Set(verdicts.map(({ externalId }) => externalId)).size;
        const reasons = reasonsFor(evidence, repository, sha);
        // What a process published and did not live to note is published again by whoever comes next.
        const unnoted = evidence.cluster.everyone.reduce((sum, { kills }) => sum + kills, 0);
        return reviews > reasons + unnoted
          ? [`${named(repository, sha)} was judged ${reviews} times, for ${reasons} reasons`]
          : [];
      }),
    ),
};

/** There is one comment where there is something to say, and none where there never was. */
export const oneVoice: Invariant = {
  id: "I5",
  claim: "at most one comment a pull request, none where there is nothing to say; no annotation twice on a run",
  problems: (evidence) =>
    evidence.people.projects.flatMap(({ repository }) => [
      ...repeatedAnnotations(evidence, repository),
      ...[...repository.pulls.values()].flatMap((pull) => {
        const ours = [...repository.comments, ...repository.removedComments].filter(
          ({ number, appId, history }) =>
            number === pull.number && appId === evidence.sandbox.app.id && history[0]?.body.includes(STICKY),
        );
        const standing = ours.filter((comment) => repository.comments.includes(comment));
        const wasWorthIt = pull.versions.some(({ headSha }) => isWorthSaying(evidence, repository, headSha));
        if (standing.length > 1) return [`${named(repository, pull.number)} has ${standing.length} comments`];
        return ours.length > 0 && !wasWorthIt ? [`${named(repository, pull.number)} has a comment for nothing`] : [];
      }),
    ]),
};

/** GitHub adds annotations with every write that holds some, and takes none away. */
function repeatedAnnotations({ sandbox }: Evidence, { checkRuns, ...repository }: Repository): readonly string[] {
  return checkRuns
    .filter(({ appId }) => appId === sandbox.app.id)
    .filter(({ annotations }) => new Set(annotations.map((one) => JSON.stringify(one))).size < annotations.length)
    .map(({ headSha }) => `a run on ${headSha} of ${repository.name} has an annotation twice`);
}

/** A review's result that appears again after another's took its place. */
function returningReviews(evidence: Evidence, repository: Repository): readonly string[] {
  return [...new Set(repository.checkRuns.map(({ headSha }) => headSha))].flatMap((sha) => {
    const order = verdictsOn(evidence, repository, sha)
      .map(({ externalId }) => externalId)
      .filter((id, index, all) => id !== all[index - 1]);
    return order.length > new Set(order).size ? [`${named(repository, sha)} went back to an older result`] : [];
  });
}

/** A result on a head that its pull request had left, after one on a head that came later. */
function lateHeads(evidence: Evidence, repository: Repository): readonly string[] {
  return [...repository.pulls.values()].flatMap((pull) => {
    const heads = [...new Set(pull.versions.map(({ headSha }) => headSha))];
    const firsts = heads.map((sha) => verdictsOn(evidence, repository, sha)[0]?.at);
    return heads.flatMap((sha, index) => {
      const newerSince = Math.min(...firsts.slice(index + 1).map((at) => at ?? Number.POSITIVE_INFINITY));
      const wasAskedFor = evidence.people.asked.some((asked) => asked.repository === repository && asked.sha === sha);
      const late = verdictsOn(evidence, repository, sha).some(({ at }) => at > newerSince);
      return late && !wasAskedFor ? [`${named(repository, sha)} was judged after a newer head`] : [];
    });
  });
}

/** What may make one head be judged: every pull request, branch and group that it is the head of, and who asked. */
function reasonsFor({ people }: Evidence, repository: Repository, sha: string): number {
  const asked = people.asked.filter((one) => one.repository === repository && headsOf(one).includes(sha)).length;
  const pulls = [...repository.pulls.values()].filter(({ versions }) =>
    versions.some(({ headSha }) => headSha === sha),
  );
  const isMain = people.pushedMains.get(repository.id) === sha || pulls.length === 0;
  // A pull request that is closed and opened again, or becomes ready, may be judged anew.
  const changes = pulls.reduce(
    (sum, { versions }) => sum + versions.filter(({ headSha }) => headSha === sha).length,
    0,
  );
  return asked + changes + (isMain ? 1 : 0);
}

/** What a command may have been for: the head that it was given on, and those that came before it was answered. */
function headsOf({ repository, sha, comment }: Asked): readonly string[] {
  const answer = comment?.reactions.find(({ content }) => content === "rocket" || content === "confused");
  const pull = repository.pulls.get(comment?.number ?? 0);
  if (!pull || !answer) return [sha];
  const heads = [...new Set(pull.versions.map(({ headSha }) => headSha))];
  return [sha, ...heads.slice(heads.indexOf(sha) + 1, heads.indexOf(answer.headSha ?? sha) + 1)];
}

/** Every writing of a result on a head, in order; an overtaken run that was ended is none. */
function verdictsOn(evidence: Evidence, repository: Repository, sha: string): readonly CheckRunWrite[] {
  return ourRuns(evidence, repository, sha)
    .flatMap(({ history }) => history)
    .filter(({ status, conclusion }) => status === "completed" && conclusion !== "cancelled")
    .sort((a, b) => a.at - b.at);
}
