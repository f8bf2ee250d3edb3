import { randomUUID } from "node:crypto";
import { appOf, installationOf, repositoryOf } from "../representations.ts";
import type { Installation } from "../state.ts";
import { ApiError, type Call, found, page, type Route } from "./route.ts";

/** The App's own requests: who am I, which installations, tokens. */
export const apps: readonly Route[] = [
  { method: "GET", path: "/app", needs: "app", handle: ({ context }) => ({ status: 200, body: appOf(context) }) },
  {
    method: "GET",
    path: "/app/installations",
    needs: "app",
    handle: (call) => {
      const { items, headers } = page(call, "/api/v3/app/installations", [...call.state.installations.values()]);
      return { status: 200, headers, body: items.map((one) => installationOf(call.context, one)) };
    },
  },
  {
    method: "GET",
    path: "/app/installations/{installation_id}",
    needs: "app",
    handle: (call) => ({ status: 200, body: installationOf(call.context, installationOfCall(call)) }),
  },
  {
    method: "POST",
    path: "/app/installations/{installation_id}/access_tokens",
    needs: "app",
    handle: (call) => {
      const installation = installationOfCall(call);
      if (installation.suspended) throw new ApiError(403, "This installation has been suspended");
      const repositoryIds = repositoriesAsked(call, installation);
      const permissions = permissionsAsked(call, installation);
      const secret = `ghs_${randomUUID().replaceAll("-", "")}`;
      const { tokenLag, tokenLifetimeMs } = installation;
      const now = call.state.now();
      const expiresAt = now + tokenLifetimeMs;
      call.state.tokens.set(secret, {
        id: call.state.nextId(),
        installationId: installation.id,
        repositoryIds,
        permissions,
        expiresAt,
        lag: tokenLag && { until: now + tokenLag.ms, status: tokenLag.status },
        revoked: false,
      });
      return { status: 201, body: { token: secret, expires_at: call.state.timestamp(expiresAt), permissions } };
    },
  },
  {
    method: "GET",
    path: "/installation/repositories",
    needs: "token",
    handle: (call) => {
      const { installationId, repositoryIds } = found(call.token);
      if (installationId === null) throw new ApiError(403, "You must authenticate with an installation access token");
      const reachable = call.state
        .repositoriesOf(installationId)
        .filter(({ id }) => repositoryIds === null || repositoryIds.includes(id));
      const { items, headers } = page(call, "/api/v3/installation/repositories", reachable);
      const repositories = items.map((one) => repositoryOf(call.context, one));
      return {
        status: 200,
        headers,
        body: { total_count: reachable.length, repository_selection: "selected", repositories },
      };
    },
  },
];

function installationOfCall({ state, parameters }: Call): Installation {
  return found(state.installations.get(Number(parameters.installation_id)));
}

function repositoriesAsked({ state, body }: Call, { id }: Installation): readonly number[] | null {
  const held = state.repositoriesOf(id);
  const names = body.repositories as readonly string[] | undefined;
  const named = names?.map((wanted) => held.find(({ name }) => name.toLowerCase() === wanted.toLowerCase())?.id ?? 0);
  const asked = (body.repository_ids as readonly number[] | undefined) ?? named ?? null;
  if (asked?.some((one) => !held.some((repository) => repository.id === one)))
    throw new ApiError(
      422,
      "There is at least one repository that does not exist or is not accessible to the parent installation.",
    );
  return asked;
}

function permissionsAsked({ body }: Call, { permissions }: Installation): Readonly<Record<string, string>> {
  const asked = (body.permissions as Record<string, string> | undefined) ?? permissions;
  for (const [name, level] of Object.entries(asked)) {
    const granted = permissions[name];
    if (!granted || (level === "write" && granted !== "write"))
      throw new ApiError(422, "The permissions requested are not granted to this installation.");
  }
  return asked;
}
