import { createServer, type Server } from "node:http";
import type { Metrics } from "./metrics.ts";

/** Answers with the metrics, and nothing else, on a port that only the operator's network reaches. */
export function createMetricsServer(metrics: Pick<Metrics, "text" | "contentType">): Server {
  return createServer((request, response) => {
    if (request.url !== "/metrics" || request.method !== "GET") {
      response.writeHead(404).end();
      return;
    }
    metrics.text().then(
      (text) => response.writeHead(200, { "content-type": metrics.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
}
