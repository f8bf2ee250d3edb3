import { randomUUID } from "node:crypto";
import { appOf, userOf } from "../representations.ts";
import type { Installation } from "../state.ts";
import { ApiError, type Call, found, type Route } from "./route.ts";

const HOUR_MS = 3_600_000;

/** The App's own requests: who am I, which installations, tokens. */
export const apps: readonly Route[] = [
  { method: "GET", path: "/app", needs: "app", handle: ({ context }) => ({ status: 200, body: appOf(context) }) },
  {
    method: "GET",
    path: "/app/installations/{installation_id}",
    needs: "app",
    handle: (call) => ({ status: 200, body: installationOf(call, installationOfCall(call)) }),
  },
  {
    method: "POST",
    path: "/app/installations/{installation_id}/access_tokens",
    needs: "app",
    handle: (call) => {
      const installation = installationOfCall(call);
      if (installation.suspended) throw new ApiError(403, "This installation has been suspended");
      const repositoryIds = (call.body.repository_ids as readonly number[] | undefined) ?? null;
      const asked = (call.body.permissions as Record<string, string> | undefined) ?? installation.permissions;
      for (const [name, level] of Object.entries(asked)) {
        const granted = installation.permissions[name];
        if (!granted || (level === "write" && granted !== "write")) {
          throw new ApiError(422, "The permissions requested are not granted to this installation.");
        }
      }
      const reachable = call.state.repositories.filter((repository) => repository.installationId === installation.id);
      if (repositoryIds?.some((id) => !reachable.some((repository) => repository.id === id))) {
        throw new ApiError(
          422,
          "There is at least one repository that does not exist or is not accessible to the parent installation.",
        );
      }
      const token = `ghs_${randomUUID().replaceAll("-", "")}`;
      call.state.tokens.set(token, { installationId: installation.id, repositoryIds, permissions: asked });
      return {
        status: 201,
        body: { token, expires_at: new Date(Date.now() + HOUR_MS).toISOString(), permissions: asked },
      };
    },
  },
];

function installationOfCall({ state, parameters }: Call): Installation {
  return found(state.installations.get(Number(parameters.installation_id)));
}

function installationOf({ context }: Call, { id, account, permissions }: Installation) {
  return {
    id,
    account: userOf(context, account),
    repository_selection: "all",
    access_tokens_url: `${context.apiUrl}/app/installations/${id}/access_tokens`,
    repositories_url: `${context.apiUrl}/installation/repositories`,
    html_url: context.apiUrl,
    app_id: context.app.id,
    app_slug: context.app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions,
    events: [],
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
    single_file_name: null,
    suspended_by: null,
    suspended_at: null,
  };
}
