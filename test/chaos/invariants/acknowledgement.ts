import type { Attempt, Delivery } from "../../sandbox/postman.ts";
import { type Invariant, named, servedRepositories } from "./evidence.ts";

/** GitHub cuts the connection after so long. */
const GITHUBS_PATIENCE_MS = 10_000;
/** What is on its way when the store goes may still be committed. */
const ON_ITS_WAY_MS = 300;

/** Accepted means kept: nothing is acknowledged that could not be stored, and all that is gets its answer. */
export const acknowledgement: Invariant = {
  id: "I3",
  claim: "2xx only after the delivery is committed; refused at once while the store is down",
  problems(evidence) {
    const { sandbox, people, outages } = evidence;
    const accepted = sandbox.postman.attempts.filter(({ status }) => status !== null && status >= 200 && status < 300);
    const blind = accepted.filter(
      (attempt) => asksForSomething(attempt.delivery) && outages.some(({ from, to }) => wasWithin(attempt, from, to)),
    );
    const slow = accepted.filter(({ durationMs }) => durationMs > GITHUBS_PATIENCE_MS);
    const served = servedRepositories(evidence);
    const unanswered = people.asked.filter(
      ({ repository, comment }) =>
        comment !== null &&
        served.includes(repository) &&
        !comment.reactions.some(({ content }) => content === "rocket" || content === "confused"),
    );
    return [
      ...blind.map(({ delivery }) => `${delivery.event} was accepted while the store was down`),
      ...slow.map(({ delivery, durationMs }) => `${delivery.event} was accepted after ${Math.round(durationMs)} ms`),
      ...unanswered.map(
        ({ repository, comment }) => `the command in ${named(repository, comment?.number ?? 0)} got no answer`,
      ),
    ];
  },
};

/** A push to another branch than the default one asks for nothing: there is nothing that could be lost. */
function asksForSomething({ event, body }: Delivery): boolean {
  if (event !== "push") return true;
  const { ref, repository } = JSON.parse(body) as { ref: string; repository: { default_branch: string } };
  return ref === `refs/heads/${repository.default_branch}`;
}

function wasWithin({ at, durationMs }: Attempt, from: number, to: number): boolean {
  return at > from + ON_ITS_WAY_MS && at + durationMs < to;
}
