import type { Attempt } from "../postman.ts";
import { ApiError, type Call, found, type Route } from "./route.ts";

/** The log of the App's deliveries, newest first, and their sending again. */
export const deliveries: readonly Route[] = [
  {
    method: "GET",
    path: "/app/hook/deliveries",
    needs: "app",
    handle: (call) => {
      const size = Math.min(100, Number(call.query.get("per_page") ?? 30));
      const newestFirst = call.postman.attempts.filter(({ status }) => status !== null).reverse();
      const cursor = cursorOf(call.query.get("cursor"));
      const listed = newestFirst.filter(({ id, status }) => id <= cursor && isAskedFor(call, status));
      const next = listed[size];
      const link = `<${call.context.apiUrl}/app/hook/deliveries?per_page=${size}&cursor=v1_${next?.id}>; rel="next"`;
      return {
        status: 200,
        headers: next ? { link } : {},
        body: listed.slice(0, size).map((one) => itemOf(call, one)),
      };
    },
  },
  {
    method: "GET",
    path: "/app/hook/deliveries/{delivery_id}",
    needs: "app",
    handle: (call) => {
      const attempt = attemptOf(call);
      const { guid, event, body } = attempt.delivery;
      const headers = { "X-GitHub-Delivery": guid, "X-GitHub-Event": event };
      return {
        status: 200,
        body: {
          ...itemOf(call, attempt),
          url: call.postman.urls[0] ?? "",
          request: { headers, payload: JSON.parse(body) as object },
          response: { headers: {}, payload: null },
        },
      };
    },
  },
  {
    method: "POST",
    path: "/app/hook/deliveries/{delivery_id}/attempts",
    needs: "app",
    handle: (call) => {
      void call.postman.redeliver(attemptOf(call).delivery);
      return { status: 202, body: {} };
    },
  },
];

function attemptOf({ postman, parameters }: Call): Attempt {
  return found(postman.attempts.find(({ id, status }) => id === Number(parameters.delivery_id) && status !== null));
}

function cursorOf(cursor: string | null): number {
  if (cursor === null) return Number.POSITIVE_INFINITY;
  const id = Number(/^v1_(\d+)$/.exec(cursor)?.[1]);
  if (Number.isNaN(id)) throw new ApiError(422, "Invalid cursor");
  return id;
}

function isAskedFor({ query }: Call, status: number | null): boolean {
  const wanted = query.get("status");
  return wanted === null || (wanted === "success") === isOk(status);
}

function itemOf({ state }: Call, { id, delivery, redelivery, at, durationMs, status }: Attempt) {
  return {
    id,
    guid: delivery.guid,
    delivered_at: new Date(at + state.clockSkewMs).toISOString(),
    redelivery,
    duration: durationMs / 1000,
    status: isOk(status) ? "OK" : status === 0 ? "failed to connect to host" : "Invalid HTTP Response",
    status_code: status,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}

function isOk(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300;
}
