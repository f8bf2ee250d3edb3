import type { GitObjects } from "./git-objects.ts";
import type { HiddenHead, ReadLag } from "./read-lag.ts";
import type { GithubSettings, PublishedAdvisory } from "./settings.ts";

export interface User {
  readonly id: number;
  readonly login: string;
  readonly type: "User" | "Organization" | "Bot";
}

export type Permission = "admin" | "write" | "read" | "none";

export interface Repository {
  readonly id: number;
  owner: User;
  name: string;
  isPrivate: boolean;
  /** Whoever has any token may read it, whether or not the App is installed on it. */
  readonly isReadByAll: boolean;
  archived: boolean;
  deleted: boolean;
  readonly defaultBranch: string;
  /** When somebody last pushed to it; ISO time. */
  pushedAt: string;
  readonly git: GitObjects;
  readonly branches: Map<string, string>;
  readonly tags: Map<string, string>;
  readonly permissions: Map<string, Permission>;
  readonly pulls: Map<number, PullRequest>;
  readonly checkRuns: CheckRun[];
  readonly comments: Comment[];
  readonly reviews: Review[];
  /** What was uploaded to code scanning. */
  readonly analyses: { readonly headSha: string; readonly ref: string; readonly log: unknown }[];
  /** Comments that somebody deleted, with their history. */
  readonly removedComments: Comment[];
  /** How long the heads that are made from now on stay unreadable; null where they are readable at once. */
  readLag: ReadLag | null;
  readonly hiddenHeads: Map<string, HiddenHead>;
  /** Recursive trees are cut after so many entries. */
  treeLimit: number;
  installationId: number | null;
  /** What its administrators chose. */
  readonly settings: GithubSettings;
}

/** What changes of a pull request, as it was once. */
export interface PullRequestVersion {
  readonly title: string;
  readonly headSha: string;
  readonly baseRef: string;
  readonly draft: boolean;
  readonly state: "open" | "closed";
  readonly updatedAt: string;
}

export interface PullRequest {
  readonly id: number;
  readonly number: number;
  title: string;
  readonly author: User;
  /** The branch in this repository, or in the fork. */
  readonly headRef: string;
  headSha: string;
  baseRef: string;
  draft: boolean;
  state: "open" | "closed";
  merged: boolean;
  readonly body: string | null;
  /** Its conversation is closed to everybody. */
  locked: boolean;
  /** The fork's owner, for a pull request from a fork. */
  readonly forkOwner: User | null;
  /** The fork is gone: the head has no repository any more. */
  forkDeleted: boolean;
  readonly createdAt: string;
  updatedAt: string;
  readonly approvals: User[];
  /** All that it was, oldest first; the last is what it is now. */
  readonly versions: PullRequestVersion[];
}

/** One write of a check run, as it left the run. */
export interface CheckRunWrite {
  /** Milliseconds of this machine's clock. */
  readonly at: number;
  readonly generation: number;
  readonly headSha: string;
  readonly name: string;
  readonly externalId: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly title: string | null;
  readonly annotations: number;
}

/** A finding beside a line. */
export interface CheckAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: string;
  readonly title?: string;
  readonly message: string;
}

/** A button above a check run. */
export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

export interface CheckRun {
  readonly id: number;
  readonly appId: number;
  name: string;
  headSha: string;
  externalId: string;
  status: string;
  conclusion: string | null;
  title: string | null;
  summary: string | null;
  /** Those of every write: GitHub only ever adds to them. */
  readonly annotations: CheckAnnotation[];
  actions: readonly CheckAction[];
  startedAt: string;
  completedAt: string | null;
  /** Every write of it, oldest first. */
  readonly history: CheckRunWrite[];
}

export interface Reaction {
  readonly id: number;
  readonly user: User;
  readonly content: string;
  /** What the pull request's head was when it was given. */
  readonly headSha: string | null;
}

export interface Comment {
  readonly id: number;
  readonly number: number;
  readonly author: User;
  readonly appId: number | null;
  body: string;
  readonly reactions: Reaction[];
  edits: number;
  /** Every body that it had, oldest first. */
  readonly history: { readonly at: number; readonly generation: number; readonly body: string }[];
}

/** What was said of a pull request's lines, all at once. */
export interface Review {
  readonly id: number;
  readonly number: number;
  readonly author: User;
  readonly body: string;
  readonly commitId: string;
  readonly comments: readonly ReviewComment[];
}

/** As GitHub takes it. */
export interface ReviewComment {
  readonly path: string;
  readonly body: string;
  readonly line: number;
  readonly start_line?: number;
}

export interface Installation {
  readonly id: number;
  readonly account: User;
  readonly createdAt: string;
  permissions: Readonly<Record<string, string>>;
  suspended: boolean;
  tokenLifetimeMs: number;
  /** For so long a new token is refused, with this status. */
  tokenLag: { readonly ms: number; readonly status: 401 | 403 } | null;
}

export interface Token {
  readonly id: number;
  /** Null for a person's token, which reads every repository here. */
  readonly installationId: number | null;
  readonly repositoryIds: readonly number[] | null;
  readonly permissions: Readonly<Record<string, string>>;
  /** By the sandbox's clock. */
  readonly expiresAt: number;
  readonly lag: { readonly until: number; readonly status: 401 | 403 } | null;
  revoked: boolean;
}

/** Everything that the sandbox's GitHub knows. */
export class State {
  readonly repositories: Repository[] = [];
  readonly installations = new Map<number, Installation>();
  readonly users = new Map<string, User>();
  readonly tokens = new Map<string, Token>();
  /** The database of advisories, which is everybody's. */
  readonly advisories: PublishedAdvisory[] = [];
  /** How far the sandbox's clock is ahead of this machine's. */
  clockSkewMs = 0;
  /** The comments that a conversation holds at most. */
  commentCap = 2500;
  /** Counts changes: what came later has the greater number. */
  generation = 0;
  readonly #byName = new Map<string, Repository>();
  #nextId = 1000;
  #listeners: (() => void)[] = [];

  nextId(): number {
    return ++this.#nextId;
  }

  /** Milliseconds, by the sandbox's clock. */
  now(): number {
    return Date.now() + this.clockSkewMs;
  }

  /** The time as GitHub writes it, to the second. */
  timestamp(at = this.now()): string {
    return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
  }

  user(login: string, type: User["type"] = "User"): User {
    const known = this.users.get(login) ?? { id: this.nextId(), login, type };
    this.users.set(login, known);
    return known;
  }

  addRepository(repository: Repository): void {
    this.repositories.push(repository);
    this.#byName.set(keyOf(repository.owner.login, repository.name), repository);
  }

  /** Gives it another name or owner; the old path leads to it until another repository takes it. */
  moveRepository(repository: Repository, owner: User, name: string): void {
    repository.owner = owner;
    repository.name = name;
    this.#byName.set(keyOf(owner.login, name), repository);
  }

  /** The repository that has this name now. */
  repository(owner: string, name: string): Repository | undefined {
    const found = this.repositoryOnceAt(owner, name);
    return found && keyOf(found.owner.login, found.name) === keyOf(owner, name) ? found : undefined;
  }

  /** The repository that has this name, or had it. */
  repositoryOnceAt(owner: string, name: string): Repository | undefined {
    const found = this.#byName.get(keyOf(owner, name));
    return found?.deleted ? undefined : found;
  }

  repositoriesOf(installationId: number): readonly Repository[] {
    return this.repositories.filter((one) => one.installationId === installationId && !one.deleted);
  }

  /** Tells whoever waits that something changed. */
  changed(): void {
    this.generation++;
    for (const listener of [...this.#listeners]) listener();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.push(listener);
    return () => {
      this.#listeners = this.#listeners.filter((one) => one !== listener);
    };
  }
}

function keyOf(owner: string, name: string): string {
  return `${owner}/${name}`.toLowerCase();
}
