import { mayHaveHappened, statusOf } from "./write-errors.ts";

/** A file as a proposal leaves it. */
export interface ProposedFile {
  readonly path: string;
  /** Git's file mode. */
  readonly mode: string;
  readonly text: string;
}

/** A pull request that proposes something. */
export interface ProposedPull {
  readonly number: number;
  readonly state: "open" | "closed" | "merged";
  /** The login of who opened it. */
  readonly author: string;
}

/** What proposing needs of the repository that is changed; never of a fork. */
export interface Proposals {
  /** The commit that a branch stands at. */
  branch(name: string): Promise<string | undefined>;
  /** Makes a branch of one commit that changes these files of its parent. */
  makeBranch(
    name: string,
    commit: { readonly parent: string; readonly message: string; readonly files: readonly ProposedFile[] },
  ): Promise<void>;
  /** The newest pull request from a branch, whatever became of it. */
  pullRequestFrom(branch: string): Promise<ProposedPull | undefined>;
  openPullRequest(pull: {
    readonly branch: string;
    readonly into: string;
    readonly title: string;
    readonly body: string;
  }): Promise<ProposedPull>;
  /** Open pull requests of this author from branches that begin so, into a branch, on which nobody else worked. */
  untouched(from: {
    readonly series: string;
    readonly into: string;
    readonly author: string;
  }): Promise<readonly number[]>;
  /** Closes a pull request, and says why. */
  closePullRequest(number: number, why: string): Promise<void>;
}

/** A change to files that people may merge. */
export interface Proposal {
  /** Its own branch: the same change has the same name. */
  readonly branch: string;
  /** How the branches of all proposals begin that a newer one takes the place of. */
  readonly series: string;
  /** The branch that it is to be merged into, and the commit that it starts from. */
  readonly into: string;
  readonly parent: string;
  readonly files: readonly ProposedFile[];
  readonly message: string;
  readonly title: string;
  readonly body: string;
}

/**
 * Proposes a change as one commit on a branch of its own and a pull request, once: what is there by
 * that branch's name already is what comes of it, closed ones included. Older ones of its series that are still as
 * they were made are closed. Safe to repeat at any point.
 */
export async function propose(github: Proposals, proposal: Proposal): Promise<ProposedPull> {
  const pull = await proposed(github, proposal);
  if (pull.state !== "open") return pull;
  const { series, into } = proposal;
  for (const number of await github.untouched({ series, into, author: pull.author }))
    if (number < pull.number) await github.closePullRequest(number, `#${pull.number} takes its place.`);
  return pull;
}

async function proposed(github: Proposals, proposal: Proposal): Promise<ProposedPull> {
  const { branch, into, title, body } = proposal;
  const known = await github.pullRequestFrom(branch);
  if (known) return known;
  if ((await github.branch(branch)) === undefined)
    await github.makeBranch(branch, proposal).catch(async (error: unknown) => {
      if (!mayBeThere(error) || (await github.branch(branch)) === undefined) throw error;
    });
  return github.openPullRequest({ branch, into, title, body }).catch(async (error: unknown) => {
    const made = mayBeThere(error) ? await github.pullRequestFrom(branch) : undefined;
    if (!made) throw error;
    return made;
  });
}

/** The answer was lost, or GitHub says that there is such a thing. */
function mayBeThere(error: unknown): boolean {
  return mayHaveHappened(error) || statusOf(error) === 422;
}
