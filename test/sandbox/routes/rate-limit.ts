import type { Resource } from "../limits.ts";
import { ApiError, type Call, found, type Route } from "./route.ts";

/** What is left of an installation's requests; asking costs none. */
export const rateLimit: readonly Route[] = [
  {
    method: "GET",
    path: "/rate_limit",
    needs: "token",
    handle: (call) => {
      const core = left(call, "core");
      return { status: 200, body: { resources: { core, graphql: left(call, "graphql"), search: core }, rate: core } };
    },
  },
];

function left({ limits, token }: Call, resource: Resource) {
  const { installationId } = found(token);
  if (installationId === null) throw new ApiError(404, "Not Found");
  const headers = limits.headers(installationId, resource);
  const number = (name: string): number => Number(headers[`x-ratelimit-${name}`]);
  return { limit: number("limit"), used: number("used"), remaining: number("remaining"), reset: number("reset") };
}
