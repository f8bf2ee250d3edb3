import { cannotJudge, cannotRepair, defineRule, type Edit, fail, partial, pass, skip } from "../../src/rule.ts";

/** What is left of the value: any text switches it on; a file that the image starts has it on. */
const VALUES = { text: 0.5, program: 0.3 } as const;

export default defineRule({
  title: "Production cannot start in debug mode",
  severity: "critical",
  why: "A debug page shows settings and source to anyone who meets an error, and Werkzeug's debugger runs what they type.",
  fix: 'Make off the default: `DEBUG = os.environ.get("DJANGO_DEBUG", "") == "1"`; let only developers switch it on.',
  references: [
    "https://docs.djangoproject.com/en/stable/ref/settings/#debug",
    "https://flask.palletsprojects.com/en/stable/debugging/",
    "https://fastapi.tiangolo.com/reference/fastapi/#fastapi.FastAPI.debug",
  ],
  peers: ["django security.W018", "ruff S201", "bandit B201"],
  appliesTo: ["web-service", "worker", "serverless", "ml", "data-pipeline"],
  needs: ["debugModes"],
  check({ debugModes: { switches, hasApplication, undecided, unread } }) {
    const on = switches.filter(({ state }) => state === "on");
    const placed = (found: typeof switches) => found.map(({ path, line, says }) => ({ path, line, found: says }));
    if (on.length > 0) return fail(placed(on));
    const inPart = switches.filter(({ state }) => state === "text" || state === "program");
    const open = switches.find(({ state }) => state === "unknown");
    if (open) cannotJudge(`${open.path}:${open.line}: ${open.says}`);
    if (undecided !== undefined) cannotJudge(undecided);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (inPart.length > 0)
      return partial(Math.min(...inPart.map(({ state }) => VALUES[state as keyof typeof VALUES])), placed(inPart));
    return hasApplication ? pass() : skip("it has no application of Django, Flask or Starlette");
  },
  message: ({ found }) => `${found}.`,
  repairNeeds: ["importPlaces"],
  repair({ debugModes: { switches }, importPlaces }) {
    const edits = switches.flatMap(({ path, line, state, off }): readonly Edit[] => {
      if (off === undefined || (state !== "on" && state !== "program")) return [];
      const imports = off.needs ? importPlaces.importing(path, off.needs, line) : [];
      return imports ? [...imports, { kind: "replace", path, line, piece: off.piece, by: off.by }] : [];
    });
    if (edits.length === 0) cannotRepair("what switches debug mode on is more than one word in one place");
    return edits;
  },
  examples: {
    passes: {
      "manage.py": 'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
      "shop/settings.py":
        'import os\n\nDEBUG = os.environ.get("DJANGO_DEBUG", "") == "1"\nINSTALLED_APPS = ["shop.cart"]\n',
      "requirements.txt": "django\n",
    },
    fails: {
      "manage.py": 'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
      "shop/settings.py": 'DEBUG = True\nINSTALLED_APPS = ["shop.cart"]\n',
      "requirements.txt": "django\n",
    },
  },
});
