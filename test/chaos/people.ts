import type { Sandbox } from "../sandbox/sandbox.ts";
import type { Comment, PullRequest, Repository } from "../sandbox/state.ts";
import { CONTENTS, type Contents } from "./contents.ts";
import type { Random } from "./random.ts";

/** A repository that people work on. */
export interface Project {
  readonly repository: Repository;
  /** A word that stands in its files and nowhere else. */
  readonly mark: string;
}

/** A comment with a command, or a button that was pressed. */
export interface Asked {
  readonly repository: Repository;
  readonly sha: string;
  /** The comment, where it was one. */
  readonly comment: Comment | null;
}

export interface Habits {
  readonly tenants: number;
  readonly projectsEach: number;
  /** Heads that one pull request or branch may have, so that no review waits for its pace. */
  readonly heads: number;
}

/** Blockers that wait for their comment at a time. */
const PROVOCATIONS = 6;
const WRITER = "grace";
const AUTHOR = "ada";
const KINDS = Object.keys(CONTENTS) as Contents[];

/** The people of some organisations, who work as the seed says, and what was in every commit of theirs. */
export class People {
  readonly sandbox: Sandbox;
  readonly random: Random;
  readonly projects: Project[] = [];
  /** What each commit holds. */
  readonly contents = new Map<string, Contents>();
  asked: Asked[] = [];
  /** The newest push to each default branch, by the repository's id. */
  readonly pushedMains = new Map<number, string>();
  /** Pull requests that were open when the App came, and how often they had been touched until then. */
  readonly foundOpen = new Map<PullRequest, number>();
  /** Merge groups that are not dissolved. */
  groups: { readonly repository: Repository; readonly sha: string }[] = [];
  readonly #habits: Habits;
  readonly #heads = new Map<string, number>();
  readonly #deeds = new Set<Promise<unknown>>();
  #count = 0;

  constructor(sandbox: Sandbox, random: Random, habits: Habits) {
    this.sandbox = sandbox;
    this.random = random;
    this.#habits = habits;
  }

  /** Makes the repositories and installs the App on them. */
  async begin(): Promise<void> {
    for (let tenant = 1; tenant <= this.#habits.tenants; tenant++) {
      const owner = `org-${tenant}`;
      const projects = Array.from({ length: this.#habits.projectsEach }, () => this.#newProject(owner));
      await this.sandbox.install(projects.map(({ repository }) => repository));
    }
  }

  #newProject(owner: string): Project {
    const mark = `mark${String(++this.#count).padStart(4, "0")}of${owner.replace("-", "")}`;
    const permissions = { [WRITER]: "write", stranger: "read" } as const;
    const files = this.#files("sound", mark);
    const repository = this.sandbox.createRepository({ owner, name: `shop-${this.#count}`, files, permissions });
    this.contents.set(repository.branches.get("main") ?? "", "sound");
    const project = { repository, mark };
    this.projects.push(project);
    return project;
  }

  /** Files of this kind, never twice the same. */
  #files(contents: Contents, mark: string) {
    return { ...CONTENTS[contents], [`notes/${mark}.txt`]: `${mark}, version ${++this.#count}\n` };
  }

  /** Does it without waiting for what comes of it: deliveries may hang. */
  do(deed: Promise<unknown>): void {
    this.#deeds.add(deed);
    const done = (): void => void this.#deeds.delete(deed);
    deed.then(done, done);
  }

  /** Resolves when everything that was begun is done. */
  async rest(): Promise<void> {
    while (this.#deeds.size > 0) await Promise.allSettled(this.#deeds);
    await this.sandbox.postman.idle();
  }

  /** The open pull requests of all repositories where the App may work. */
  openPulls(): readonly { readonly project: Project; readonly pull: PullRequest }[] {
    return this.projects
      .filter(({ repository }) => repository.installationId !== null && !repository.deleted && !repository.archived)
      .flatMap((project) => [...project.repository.pulls.values()].map((pull) => ({ project, pull })))
      .filter(({ pull }) => pull.state === "open");
  }

  /**
   * Nobody answers what was asked of a repository that takes no writes, and no merge queue waits there; its heads
   * are looked at afterwards.
   */
  awaitNoAnswer(repository: Repository): void {
    this.asked = this.asked.map((one) => (one.repository === repository ? { ...one, comment: null } : one));
    this.groups = this.groups.filter((group) => group.repository !== repository);
  }

  /** The App comes anew: what was open is left alone until its next event, and what was asked is forgotten. */
  beginAnew(repositories: readonly Repository[]): void {
    for (const pull of repositories.flatMap(({ pulls }) => [...pulls.values()]))
      this.foundOpen.set(pull, pull.versions.length);
    for (const repository of repositories) this.pushedMains.delete(repository.id);
    this.asked = this.asked.filter(({ repository }) => !repositories.includes(repository));
    this.groups = this.groups.filter(({ repository }) => !repositories.includes(repository));
  }

  /** Somebody does something. */
  act(): void {
    const { random } = this;
    const open = random.maybe(this.openPulls());
    const roll = random.between(1, 100);
    if (!open || roll <= 25) this.open(random.pick(this.projects));
    else if (roll <= 50) this.push(open.project, open.pull, random.chance(0.4));
    else if (roll <= 58) this.pushToMain(open.project);
    else if (roll <= 70) this.recheck(open.project, open.pull);
    else if (roll <= 78) this.rerun(open.project, open.pull);
    else if (roll <= 86) this.do(this.sandbox.closePullRequest(open.project.repository, open.pull));
    else if (roll <= 90) this.reopen(open.project);
    else if (roll <= 96) this.group(open.project);
    else this.dissolve();
  }

  /** Somebody brings a blocker, mends one that was commented on, or asks: whatever we write is written then. */
  provoke(): void {
    const { random, contents, sandbox } = this;
    const fresh = this.openPulls().filter(
      ({ pull }) => contents.get(pull.headSha) === "blocked" && pull.versions.length < this.#habits.heads,
    );
    const mendable = fresh.filter(
      ({ project, pull }) => sandbox.ourComments(project.repository, pull.number).length > 0,
    );
    const open = random.maybe(mendable);
    if (open && random.chance(0.4)) this.recheck(open.project, open.pull);
    else if (open) this.push(open.project, open.pull, false, true, "sound");
    else if (fresh.length < PROVOCATIONS) this.open(random.pick(this.projects), false, "blocked");
  }

  open(project: Project, fork = this.random.chance(0.2), kind = this.random.pick(KINDS)): void {
    const { repository, mark } = project;
    const branch = `change-${++this.#count}`;
    const change = { title: `Change ${this.#count}`, author: AUTHOR, branch, files: this.#files(kind, mark) };
    this.do(this.sandbox.openPullRequest(repository, { ...change, ...(fork && { fork: AUTHOR }) }));
    this.#note(repository, kind);
  }

  /** Puts another head on a pull request, unless it had so many that its reviews would be paced. */
  push(
    { repository, mark }: Project,
    pull: PullRequest,
    isForced = false,
    isPaced = true,
    kind = this.random.pick(KINDS),
  ): void {
    if (isPaced && pull.versions.length >= this.#habits.heads) return;
    const files = this.#files(kind, mark);
    const { sandbox } = this;
    if (pull.forkOwner) this.do(sandbox.pushToFork(repository, pull, files));
    else if (isForced) this.do(sandbox.forcePush(repository, pull.headRef, files));
    else this.do(sandbox.push(repository, pull.headRef, files));
    this.contents.set(pull.headSha, kind);
  }

  /** Pushes to the default branch, unless it had so many pushes that its reviews would be paced. */
  pushToMain({ repository, mark }: Project, isPaced = true): void {
    const pushes = this.#heads.get(repository.name) ?? 0;
    if (isPaced && pushes >= this.#habits.heads) return;
    this.#heads.set(repository.name, pushes + 1);
    const kind = this.random.pick(KINDS);
    this.do(this.sandbox.push(repository, "main", this.#files(kind, mark)));
    const sha = repository.branches.get("main") ?? "";
    this.contents.set(sha, kind);
    this.pushedMains.set(repository.id, sha);
  }

  recheck({ repository }: Project, pull: PullRequest, login = this.random.pick([WRITER, AUTHOR])): void {
    const before = repository.comments.length;
    this.do(this.sandbox.comment(repository, pull.number, login, "/recheck"));
    // Nobody hears of what is said while the App is suspended.
    const { suspended } = this.sandbox.state.installations.get(repository.installationId ?? 0) ?? { suspended: true };
    const comment = suspended ? null : (repository.comments[before] ?? null);
    this.asked.push({ repository, sha: pull.headSha, comment });
  }

  rerun({ repository }: Project, { headSha }: PullRequest): void {
    const run = this.sandbox.checkRuns(repository, headSha).at(-1);
    if (!run) return;
    this.asked.push({ repository, sha: headSha, comment: null });
    this.do(this.sandbox.rerun(repository, run));
  }

  reopen({ repository }: Project): void {
    const closed = this.random.maybe([...repository.pulls.values()].filter(({ state }) => state === "closed"));
    if (closed) this.do(this.sandbox.reopen(repository, closed));
  }

  /** The merge queue builds a group. */
  group({ repository, mark }: Project): void {
    const kind = this.random.pick(KINDS);
    const known = this.contents;
    const deed = this.sandbox.requestMergeGroup(repository, this.#files(kind, mark)).then((sha) => {
      known.set(sha, kind);
      this.groups.push({ repository, sha });
    });
    this.do(deed);
  }

  /** The merge queue dissolves a group. */
  dissolve(): void {
    const [group] = this.groups.splice(0, 1);
    if (group) this.do(this.sandbox.destroyMergeGroup(group.repository, group.sha));
  }

  #note(repository: Repository, kind: Contents): void {
    const newest = [...repository.pulls.values()].at(-1);
    if (newest) this.contents.set(newest.headSha, kind);
  }
}
