import type { ProbotOctokit } from "probot";

/** A delivery as the App's own log on GitHub lists it; its payload is not in the list. */
export interface LoggedDelivery {
  /** Greater than that of any delivery before it. */
  readonly id: number;
  /** The same for every attempt to deliver the same event. */
  readonly guid: string;
  readonly isDelivered: boolean;
  readonly event: string;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
}

const PER_PAGE = 100;
/** A log of more than this many pages since the last look is read at its newest end. */
const MAX_PAGES = 200;

/** Deliveries after the one with this id, newest first. */
export async function deliveriesSince(
  octokit: InstanceType<typeof ProbotOctokit>,
  last: number,
): Promise<readonly LoggedDelivery[]> {
  const found: LoggedDelivery[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { data, headers } = await octokit.rest.apps.listWebhookDeliveries({
      per_page: PER_PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { id, guid, status_code, event, installation_id, repository_id } of data) {
      if (id <= last) return found;
      found.push({
        id,
        guid,
        isDelivered: status_code >= 200 && status_code < 300,
        event,
        installationId: installation_id,
        repositoryId: repository_id,
      });
    }
    cursor = /[?&]cursor=([^&>]+)[^>]*>;\s*rel="next"/.exec(headers.link ?? "")?.[1];
    if (cursor === undefined) return found;
  }
  return found;
}
