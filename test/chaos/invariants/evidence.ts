import type { Sandbox } from "../../sandbox/sandbox.ts";
import type { CheckRun, Repository } from "../../sandbox/state.ts";
import type { Cluster } from "../cluster.ts";
import type { Expectations, Expected } from "../contents.ts";
import type { People } from "../people.ts";

/** All that is looked at when faults have ended and everything should be well. */
export interface Evidence {
  readonly sandbox: Sandbox;
  readonly people: People;
  readonly cluster: Cluster;
  readonly expectations: Expectations;
  /** Times, in milliseconds, in which the store could not be reached by anybody. */
  readonly outages: readonly { readonly from: number; readonly to: number }[];
  /** When processes that had slept woke up: what they were about to send they send then. */
  readonly wakings: readonly number[];
  /** What the processes' metrics said in the end. */
  readonly metrics: string;
}

/** A promise of the product. */
export interface Invariant {
  readonly id: string;
  readonly claim: string;
  /** What breaks it, a sentence each; nothing where it holds. */
  problems(evidence: Evidence): Promise<readonly string[]> | readonly string[];
}

const CHECK_NAME = "pyready";

/** What must come of a head, by what it is known to hold. */
function expectedOf({ people, expectations }: Evidence, sha: string): Expected | undefined {
  const contents = people.contents.get(sha);
  return contents && expectations[contents];
}

/**
 * The conclusions that a head may have: it is judged by what it changes, so that a blocker of its base is
 * none of its own. What is pushed to the default branch is compared with what was judged there before,
 * whichever of the earlier heads that was.
 */
export function conclusionsOf(evidence: Evidence, { git, branches }: Repository, sha: string): ReadonlySet<string> {
  const { contents } = evidence.people;
  const expected = expectedOf(evidence, sha)?.conclusion;
  if (expected === undefined) return new Set();
  if (expected !== "failure") return new Set([expected]);
  const main = branches.get("main") ?? "";
  const base = git.mergeBase(main, sha);
  const bases = base === sha ? git.history(sha).slice(1) : base === undefined ? [] : [base];
  const brings = bases.map((one) => contents.get(one) !== contents.get(sha));
  return new Set(brings.length > 0 ? brings.map((isNew) => (isNew ? expected : "success")) : [expected]);
}

/** Whether a pull request with this head is worth a comment: where it is not of the kind that its base is. */
export function isWorthSaying({ people: { contents } }: Evidence, { git, branches }: Repository, sha: string): boolean {
  const own = contents.get(sha);
  const base = contents.get(git.mergeBase(branches.get("main") ?? "", sha) ?? "");
  return own !== undefined && own !== "other" && own !== base;
}

/** Our runs on a head, oldest first. */
export function ourRuns(
  { sandbox }: Pick<Evidence, "sandbox">,
  repository: Repository,
  sha: string,
): readonly CheckRun[] {
  return sandbox
    .checkRuns(repository, sha)
    .filter(({ appId, name }) => appId === sandbox.app.id && name === CHECK_NAME);
}

/** Repositories where the App is installed and may write. */
export function servedRepositories({ people, sandbox }: Pick<Evidence, "people" | "sandbox">): readonly Repository[] {
  return people.projects
    .map(({ repository }) => repository)
    .filter(({ installationId, deleted, archived }) => {
      const installation = installationId === null ? undefined : sandbox.state.installations.get(installationId);
      return installation !== undefined && !installation.suspended && !deleted && !archived;
    });
}

/** A pull request as problems name it. */
export function named({ owner, name }: Repository, what: string | number): string {
  return `${owner.login}/${name} ${typeof what === "number" ? `#${what}` : what.slice(0, 7)}`;
}
