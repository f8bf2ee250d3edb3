import { cannotJudge, cannotRepair, defineRule, type Edit, pass, shareOf, skip } from "../../src/rule.ts";

export default defineRule({
  title: "Stops and restarts do not drop work",
  severity: "low",
  why: "A shell as the first process keeps the signal to stop to itself: the service is killed after the grace period, in the middle of its work.",
  fix: 'Write CMD and ENTRYPOINT in the exec form (`["gunicorn", "shop.wsgi"]`), and let a start script end with `exec "$@"`.',
  references: [
    "https://docs.docker.com/reference/build-checks/json-args-recommended/",
    "https://12factor.net/disposability",
  ],
  peers: ["hadolint DL3025"],
  appliesTo: ["web-service", "worker", "ml", "data-pipeline"],
  scope: "repository",
  needs: ["containerStarts"],
  check({ containerStarts: { starts, unread } }) {
    const deaf = starts.filter(({ receivesSignals }) => !receivesSignals);
    const places = (deaf.length > 0 ? deaf : starts).map(({ path, line, says }) => ({ path, line, found: says }));
    if (deaf.length > 0) return shareOf(starts.length - deaf.length, starts.length, places);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return starts.length > 0 ? pass(places) : skip("no image here says how a service starts");
  },
  message: ({ found }) => found,
  repair({ containerStarts: { starts } }) {
    const deaf = starts.filter(({ receivesSignals }) => !receivesSignals);
    const edits = deaf.flatMap(({ path, line, direct }): readonly Edit[] =>
      direct ? [{ kind: "replace", path, line, ...direct }] : [],
    );
    if (edits.length === 0) cannotRepair("where a script hands over to its program is for people to say");
    return edits;
  },
  examples: {
    passes: {
      Dockerfile: 'FROM python:3.14-slim\nCMD ["gunicorn", "shop.wsgi"]\n',
      "requirements.txt": "gunicorn\ndjango\n",
      "shop/wsgi.py": "",
    },
    fails: {
      Dockerfile: "FROM python:3.14-slim\nCMD gunicorn shop.wsgi\n",
      "requirements.txt": "gunicorn\ndjango\n",
      "shop/wsgi.py": "",
    },
  },
});
