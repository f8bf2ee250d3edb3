import type { CheckRun, PullRequest, Repository } from "../../sandbox/state.ts";
import { conclusionsOf, type Evidence, type Invariant, named, ourRuns, servedRepositories } from "./evidence.ts";

/** Every head that counts has one run, completed, with the conclusion that its contents deserve. */
export const convergence: Invariant = {
  id: "I1",
  claim: "every open head has one newest completed run, with the conclusion of a direct evaluation",
  problems: (evidence) =>
    headsThatCount(evidence).flatMap(({ repository, sha }) => {
      const runs = ourRuns(evidence, repository, sha);
      const newest = runs.at(-1);
      const expected = conclusionsOf(evidence, repository, sha);
      if (!newest) return [`${named(repository, sha)} has no run`];
      if (isRepeated(runs)) return [`${named(repository, sha)} has ${runs.length} runs`];
      if (newest.status !== "completed") return [`${named(repository, sha)} is ${newest.status}`];
      return expected.has(String(newest.conclusion))
        ? []
        : [`${named(repository, sha)} is ${newest.conclusion}, and deserves ${[...expected].join(" or ")}`];
    }),
};

/** A run is followed by another only where its annotations, which GitHub keeps, are not those of the new result. */
function isRepeated(runs: readonly CheckRun[]): boolean {
  const shown = runs.map(({ annotations }) => JSON.stringify(annotations));
  return shown.some((annotations, place) => place > 0 && annotations === shown[place - 1]);
}

/** A gate is never open because of what was not evaluated: not in the end, and at no time before. */
export const noFailOpen: Invariant = {
  id: "I8",
  claim: "success, neutral and skipped only where a whole evaluation says so",
  problems: (evidence) =>
    evidence.people.projects.flatMap(({ repository }) =>
      repository.checkRuns
        .flatMap(({ history }) => history)
        .filter(({ conclusion }) => conclusion !== null && ["success", "neutral", "skipped"].includes(conclusion))
        .filter(({ headSha, conclusion }) => !conclusionsOf(evidence, repository, headSha).has(String(conclusion)))
        .map(({ headSha, conclusion }) => `${named(repository, headSha)} was ${conclusion}, wrongly`),
    ),
};

/** No run is shown as waiting or running for ever. */
export const noOrphan: Invariant = {
  id: "I10",
  claim: "no run stays queued or in progress",
  problems: (evidence) =>
    servedRepositories(evidence).flatMap((repository) =>
      repository.checkRuns
        .filter(({ appId, status }) => appId === evidence.sandbox.app.id && status !== "completed")
        .map(({ headSha, status }) => `${named(repository, headSha)} is still ${status}`),
    ),
};

/** Open pull requests, default branches that were pushed to, and merge groups that wait. */
function headsThatCount(evidence: Evidence): readonly { readonly repository: Repository; readonly sha: string }[] {
  const served = servedRepositories(evidence);
  const pulls = served.flatMap((repository) =>
    [...repository.pulls.values()]
      .filter((pull) => pull.state === "open" && isOfConcern(evidence, pull))
      .map(({ headSha }) => ({ repository, sha: headSha })),
  );
  const groups = evidence.people.groups.filter(({ repository }) => served.includes(repository));
  const mains = served.flatMap((repository) => {
    const sha = repository.branches.get(repository.defaultBranch);
    const wasPushed = evidence.people.pushedMains.get(repository.id) === sha;
    return sha && wasPushed ? [{ repository, sha }] : [];
  });
  return [...pulls, ...mains, ...groups];
}

/** What nobody touched since the App came is left alone. */
function isOfConcern({ people }: Evidence, pull: PullRequest): boolean {
  return people.foundOpen.get(pull) !== pull.versions.length;
}
