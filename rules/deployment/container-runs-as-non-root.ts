import { cannotJudge, defineRule, fail, offer, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "Containers run as a non-root user",
  severity: "high",
  why: "A process that breaks out of a root container is root on the node as well.",
  fix: "Create a user in the Dockerfile and switch to it before `CMD`: `RUN useradd --system --uid 10001 app`, then `USER 10001`.",
  references: ["https://docs.docker.com/build/building/best-practices/#user"],
  peers: ["hadolint DL3002", "kube-linter run-as-non-root", "CIS Docker 4.1"],
  scope: "repository",
  needs: ["containerUsers"],
  check({ containerUsers: { images, podsAreNonRoot, unread } }) {
    const places = images.map(({ path, line, by, runsAs }) => ({ path, line, found: { by, runsAs } }));
    if (podsAreNonRoot && images.length > 0)
      return pass(
        places.slice(0, 1).map((place) => ({ ...place, found: { by: "the pods", runsAs: "other" as const } })),
      );
    const root = places.filter(({ found }) => found.runsAs === "root");
    if (root.length > 0) return fail(root);
    const unknown = images.find(({ runsAs }) => runsAs === "unknown");
    if (unknown) cannotJudge(`${unknown.path}: ${unknown.by}`);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return places.length > 0 ? pass(places) : skip("no image is built for production");
  },
  message({ found: { by, runsAs } }) {
    if (runsAs === "other") return `It does not run as root: ${by}.`;
    return by === "no USER" ? "The final stage never leaves root." : `The final stage runs as root: ${by}.`;
  },
  repairNeeds: ["rootlessImages"],
  repair: ({ rootlessImages }) =>
    offer(rootlessImages, "what the image needs root for, or where it writes, is for people to say"),
  examples: {
    passes: { Dockerfile: 'FROM python:3.14-slim\nUSER 10001\nCMD ["python", "-m", "shop"]\n', "shop/api.py": "" },
    fails: { Dockerfile: 'FROM python:3.14-slim\nCMD ["python", "-m", "shop"]\n', "shop/api.py": "" },
  },
});
