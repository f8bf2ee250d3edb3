import { createServer } from "node:http";
import { createNodeMiddleware, createProbot } from "probot";

/** A Probot app that takes every delivery and does nothing: what a server of this kind costs at least. */
const port = Number(process.env.PORT);
const probot = createProbot({ env: { ...process.env, LOG_LEVEL: "warn" } });
const middleware = await createNodeMiddleware(
  (app) => {
    app.onAny(() => {});
  },
  { probot, webhooksPath: "/api/github/webhooks" },
);
createServer((request, response) => {
  void middleware(request, response, () => response.writeHead(404).end());
}).listen(port, "127.0.0.1", () => console.log('{"msg":"started"}'));
