import { cannotJudge, defineRule, fail, offer, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "The service runs on a server that is made for production",
  severity: "high",
  why: "A development server is neither secure nor stable under load: it serves few requests at a time, shows its internals on errors, and restarts when a file changes.",
  fix: "Start it with gunicorn, uvicorn without --reload, hypercorn, granian, daphne, uWSGI or waitress in CMD, the Procfile or the manifest.",
  references: [
    "https://flask.palletsprojects.com/en/stable/deploying/",
    "https://docs.djangoproject.com/en/stable/howto/deployment/",
    "https://fastapi.tiangolo.com/deployment/manually/",
  ],
  appliesTo: ["web-service", "ml"],
  needs: ["serverStarts"],
  check({ serverStarts: { starts, adapter, unread } }) {
    const [production] = starts.filter(({ server }) => server === "production");
    if (production) return pass([placeOf(production)]);
    if (adapter) return pass([{ ...adapter, found: "An adapter for functions takes the place of a server." }]);
    // What a manifest starts decides over what the image starts on its own.
    const decisive = starts.filter(({ by }) => by !== "image");
    const [doubtful] = starts.filter(({ server }) => server === "unknown");
    const developing = starts.filter(({ server }) => server === "development");
    const wrong = decisive.length > 0 ? developing.filter(({ by }) => by !== "image") : developing;
    if (wrong.length > 0) return fail(wrong.map(placeOf));
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (doubtful) cannotJudge(`what ${doubtful.path}:${doubtful.line} starts cannot be followed to its server`);
    return skip("nothing here says how the service is started");
  },
  message: ({ found }) => found,
  repair({ serverStarts: { starts } }, places) {
    const edits = starts.flatMap(({ path, line, reload }) => {
      const isPlace = places.some((place) => place.path === path && place.line === line);
      return reload && isPlace ? [{ kind: "replace" as const, path, line, piece: reload, by: "" }] : [];
    });
    return offer(edits, "which server takes its place is for people to say");
  },
  examples: {
    passes: {
      "requirements.txt": "flask\ngunicorn\n",
      "shop/app.py": "from flask import Flask\n\napp = Flask(__name__)\n",
      Dockerfile: 'FROM python:3.14-slim\nCMD ["gunicorn", "shop.app:app"]\n',
    },
    fails: {
      "requirements.txt": "flask\n",
      "shop/app.py": "from flask import Flask\n\napp = Flask(__name__)\n",
      Dockerfile: 'FROM python:3.14-slim\nCMD ["flask", "--app", "shop.app", "run"]\n',
    },
  },
});

function placeOf({ path, line, what }: { readonly path: string; readonly line: number; readonly what: string }) {
  return { path, line, found: `It is served by ${what}.` };
}
