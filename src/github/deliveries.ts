import type { ProbotOctokit } from "probot";
import type { FailedDelivery } from "../jobs/missed-deliveries.ts";

type Client = InstanceType<typeof ProbotOctokit>;

const PER_PAGE = 100;

/**
 * Deliveries that failed, newest first, a page at a time.
 * @param after where to end: at those that were made before this time; GitHub keeps them for three days
 */
export async function* failedDeliveries(
  octokit: Client,
  after: Date | undefined,
): AsyncGenerator<readonly FailedDelivery[]> {
  let cursor: string | undefined;
  do {
    const { data, headers } = await octokit.request("GET /app/hook/deliveries", {
      per_page: PER_PAGE,
      status: "failure",
      ...(cursor === undefined ? {} : { cursor }),
    });
    const young = data.filter(({ delivered_at }) => after === undefined || Date.parse(delivered_at) >= after.getTime());
    // A server that does not know to list failures alone lists all.
    const failed = young.filter(({ status_code }) => status_code < 200 || status_code >= 300);
    if (failed.length > 0)
      yield failed.map((one) => ({
        id: Number(one.id),
        guid: one.guid,
        status: one.status_code,
        event: one.event,
        action: one.action,
        installationId: one.installation_id === null ? null : Number(one.installation_id),
        repositoryId: one.repository_id === null ? null : Number(one.repository_id),
        deliveredAt: one.delivered_at,
      }));
    if (young.length < data.length) return;
    cursor = /[?&]cursor=([^&>]+)[^>]*>;\s*rel="next"/.exec(headers.link ?? "")?.[1];
  } while (cursor !== undefined);
}

/** Asks GitHub to deliver once more; one that it does not have any more is let go. */
export async function redeliver(octokit: Client, id: number): Promise<void> {
  await octokit.rest.apps.redeliverWebhookDelivery({ delivery_id: id }).catch((error: { status?: number }) => {
    if (error.status !== 404 && error.status !== 422) throw error;
  });
}
