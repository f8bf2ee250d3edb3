import { createHmac, randomUUID } from "node:crypto";

/** One delivery, as the App's settings page lists it. */
export interface Delivery {
  readonly guid: string;
  readonly event: string;
  readonly body: string;
  /** The App's answers, one an attempt; 0 where none came. */
  readonly statuses: number[];
}

/** Sends a delivery once, signed. */
export async function deliver(url: string, secret: string, delivery: Delivery): Promise<number> {
  const signature = createHmac("sha256", secret).update(delivery.body).digest("hex");
  const status = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "user-agent": "GitHub-Hookshot/sandbox",
      "x-github-delivery": delivery.guid,
      "x-github-event": delivery.event,
      "x-hub-signature-256": `sha256=${signature}`,
    },
    body: delivery.body,
  }).then(
    async (response) => {
      await response.arrayBuffer();
      return response.status;
    },
    () => 0,
  );
  delivery.statuses.push(status);
  return status;
}

export function deliveryOf(event: string, payload: object): Delivery {
  return { guid: randomUUID(), event, body: JSON.stringify(payload), statuses: [] };
}
