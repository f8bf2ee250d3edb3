import type { GitObjects } from "./git-objects.ts";

export interface User {
  readonly id: number;
  readonly login: string;
  readonly type: "User" | "Organization" | "Bot";
}

export type Permission = "admin" | "write" | "read" | "none";

export interface Repository {
  readonly id: number;
  readonly owner: User;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly defaultBranch: string;
  readonly git: GitObjects;
  readonly branches: Map<string, string>;
  readonly permissions: Map<string, Permission>;
  readonly pulls: Map<number, PullRequest>;
  readonly checkRuns: CheckRun[];
  readonly comments: Comment[];
  installationId: number | null;
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
  /** As GitHub writes times: whole seconds. */
  updatedAt: string;
  /** The fork's owner, for a pull request from a fork. */
  readonly forkOwner: User | null;
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
  annotations: number;
  startedAt: string;
  completedAt: string | null;
}

export interface Comment {
  readonly id: number;
  readonly number: number;
  readonly author: User;
  readonly appId: number | null;
  body: string;
  readonly reactions: { readonly id: number; readonly user: User; readonly content: string }[];
  edits: number;
}

export interface Installation {
  readonly id: number;
  readonly account: User;
  permissions: Readonly<Record<string, string>>;
  suspended: boolean;
}

/** Everything that the sandbox's GitHub knows. */
export class State {
  readonly repositories: Repository[] = [];
  readonly installations = new Map<number, Installation>();
  readonly users = new Map<string, User>();
  readonly tokens = new Map<string, Token>();
  #nextId = 1000;
  #listeners: (() => void)[] = [];

  nextId(): number {
    return ++this.#nextId;
  }

  user(login: string, type: User["type"] = "User"): User {
    const known = this.users.get(login) ?? { id: this.nextId(), login, type };
    this.users.set(login, known);
    return known;
  }

  repository(owner: string, name: string): Repository | undefined {
    return this.repositories.find(
      (one) => one.owner.login.toLowerCase() === owner.toLowerCase() && one.name.toLowerCase() === name.toLowerCase(),
    );
  }

  /** Tells whoever waits that something changed. */
  changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.push(listener);
    return () => {
      this.#listeners = this.#listeners.filter((one) => one !== listener);
    };
  }
}

export interface Token {
  /** Null for a person's token, which reads every repository here. */
  readonly installationId: number | null;
  readonly repositoryIds: readonly number[] | null;
  readonly permissions: Readonly<Record<string, string>>;
}
