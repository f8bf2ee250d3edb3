import type { Limits } from "../limits.ts";
import type { Postman } from "../postman.ts";
import type { Representations } from "../representations.ts";
import type { Repository, State, Token, User } from "../state.ts";

/** What a handler sees of a request. */
export interface Call {
  readonly state: State;
  readonly limits: Limits;
  readonly postman: Postman;
  readonly context: Representations;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The installation's token; undefined for the App's own requests. */
  readonly token: Token | undefined;
  /** The App's own user, who writes comments. */
  readonly bot: User;
  /** Address of the sandbox, for links. */
  readonly url: string;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  /** Plain text instead of JSON. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Route {
  readonly method: string;
  /** As GitHub's description writes it: `/repos/{owner}/{repo}/git/trees/{tree_sha}`. */
  readonly path: string;
  /** Who may call it: the App itself, or an installation with this permission. */
  readonly needs:
    | "app"
    | { readonly permission: string; readonly level: "read" | "write"; readonly alternative?: string }
    | "token";
  handle(call: Call): Reply;
}

/** Ends a request with GitHub's words for an error. */
export class ApiError extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

export function found<Value>(value: Value | undefined | null): Value {
  if (value === undefined || value === null) throw new ApiError(404, "Not Found");
  return value;
}

/** The repository that a path names; 404 for what the token cannot see, as GitHub does. */
export function repositoryOfCall({ state, parameters, token }: Call): Repository {
  const repository = found(state.repository(parameters.owner ?? "", parameters.repo ?? ""));
  return found(token && isVisible(repository, token) ? repository : undefined);
}

/** The repository that a path names, to read what everybody may: what is public needs no installation. */
export function readableRepositoryOfCall(call: Call): Repository {
  const named = call.state.repository(call.parameters.owner ?? "", call.parameters.repo ?? "");
  return named && !named.isPrivate && call.token ? named : repositoryOfCall(call);
}

/** The repository that a path names, to write into it. */
export function writableRepositoryOfCall(call: Call): Repository {
  const repository = repositoryOfCall(call);
  if (repository.archived) throw new ApiError(403, "Repository was archived so is read-only.");
  return repository;
}

export function isVisible({ id, installationId, isReadByAll }: Repository, token: Token): boolean {
  if (isReadByAll) return true;
  if (token.installationId !== null && token.installationId !== installationId) return false;
  return token.repositoryIds === null || token.repositoryIds.includes(id);
}

/** One page of a list, with the links to the others. */
export function page<Item>(
  { query, url }: Call,
  path: string,
  items: readonly Item[],
): { readonly items: readonly Item[]; readonly headers: Record<string, string> } {
  const size = Math.min(100, Number(query.get("per_page") ?? 30));
  const number = Number(query.get("page") ?? 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = (to: number, rel: string): string => `<${url}${path}?per_page=${size}&page=${to}>; rel="${rel}"`;
  const links = number < last ? [link(number + 1, "next"), link(last, "last")] : [];
  return {
    items: items.slice((number - 1) * size, number * size),
    headers: links.length ? { link: links.join(", ") } : {},
  };
}
