import type { Repository, State } from "./state.ts";

/** The id of the repository that a request is about; null where it is about none or several. */
export function repositoryIn(state: State, path: string, body: Buffer): number | null {
  const [, byId, owner = "", name = ""] =
    /^(?:\/api\/v3)?\/(?:(?:repositories|codeload)\/(\d+)|repos\/([^/]+)\/([^/]+))/.exec(path) ?? [];
  if (byId) return Number(byId);
  if (owner) return state.repositoryOnceAt(decodeURIComponent(owner), decodeURIComponent(name))?.id ?? null;
  if (path !== "/api/graphql") return null;
  const asked = variablesOf(body);
  return typeof asked.owner === "string" && typeof asked.name === "string"
    ? (state.repositoryOnceAt(asked.owner, asked.name)?.id ?? null)
    : null;
}

/** Where a path of a repository's former name leads to: the same path by the repository's id. */
export function formerPath(state: State, path: string) {
  const [, owner = "", name = "", rest = ""] = /^\/repos\/([^/]+)\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  const [ownerThen, nameThen] = [decodeURIComponent(owner), decodeURIComponent(name)];
  const repository: Repository | undefined = state.repositoryOnceAt(ownerThen, nameThen);
  if (!repository || state.repository(ownerThen, nameThen)) return undefined;
  return { repository, now: `/repositories/${repository.id}${rest}` };
}

/** A path by a repository's id, as the path by its name that the description knows. */
export function pathById(state: State, path: string): string {
  const [, id, rest = ""] = /^\/repositories\/(\d+)(\/.*)?$/.exec(path) ?? [];
  const found = state.repositories.find((one) => one.id === Number(id) && !one.deleted);
  return found ? `/repos/${found.owner.login}/${found.name}${rest}` : path;
}

/** What a path holds of a template's parameters; undefined where it is another path. */
export function parametersOf(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split("/");
  const given = path.split("/");
  // A ref may hold slashes: the last parameter takes what is left.
  if (given.length < wanted.length || (given.length > wanted.length && !/^\{ref\}$/.test(wanted.at(-1) ?? "")))
    return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const isLast = index === wanted.length - 1;
    const value = decodeURIComponent(isLast ? given.slice(index).join("/") : (given[index] ?? ""));
    const name = /^\{(.+)\}$/.exec(segment)?.[1];
    if (name) parameters[name] = value;
    else if (segment !== value) return undefined;
  }
  return parameters;
}

function variablesOf(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const { variables } = JSON.parse(body.toString("utf8")) as { variables?: Record<string, unknown> | null };
    return variables ?? {};
  } catch {
    return {};
  }
}
