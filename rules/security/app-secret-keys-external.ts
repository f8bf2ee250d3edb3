import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

/**
 * A written fallback is one level less grave, and so is a text too short for a real key; a key that is made
 * at every start only ends sessions.
 */
const VALUES = { fallback: 0.3, short: 0.3, random: 0.8 } as const;
const SAYS = {
  written: "stands in the source: whoever reads it can sign sessions and tokens",
  short: "is a few letters that stand in the source: whoever tries them can sign sessions and tokens",
  fallback: "falls back to a text of the source where the environment has none",
  random: "is made anew at every start: sessions end with it, and processes do not share it",
} as const;

export default defineRule({
  title: "Keys that sign sessions and tokens come from the environment or a secret store",
  severity: "critical",
  why: "Who knows the key can forge any session or token, and a key in the source is known to all who ever read it.",
  fix: 'Read it without a fallback, `os.environ["SECRET_KEY"]`, name it in `.env.example`, and replace the key that was written.',
  byHand: "the key has to be replaced and set where the service runs first, or nothing starts",
  references: [
    "https://docs.djangoproject.com/en/stable/ref/settings/#secret-key",
    "https://flask.palletsprojects.com/en/stable/config/#SECRET_KEY",
    "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
  ],
  peers: ["django security.W009", "ruff S105", "ruff S106"],
  appliesTo: ["web-service", "serverless", "worker", "ml"],
  needs: ["signingKeys"],
  check({ signingKeys: { keys, undecided, unread } }) {
    const bad = keys.filter(({ source }) => source in SAYS);
    const placed = (found: typeof keys) =>
      found.map(({ path, line, name, source }) => ({
        path,
        line,
        found: { name, says: SAYS[source as keyof typeof SAYS] },
      }));
    if (bad.some(({ source }) => source === "written")) return fail(placed(bad));
    const open = keys.find(({ source }) => source === "unknown");
    if (open) cannotJudge(`${open.path}:${open.line}: where ${open.name} comes from is computed`);
    if (undecided !== undefined) cannotJudge(undecided);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (bad.length > 0)
      return partial(Math.min(...bad.map(({ source }) => VALUES[source as keyof typeof VALUES])), placed(bad));
    return keys.length > 0 ? pass() : skip("nothing here signs sessions or tokens");
  },
  message: ({ found: { name, says } }) => `${name} ${says}.`,
  examples: {
    passes: {
      "manage.py": 'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
      "shop/settings.py": 'import os\n\nSECRET_KEY = os.environ["SECRET_KEY"]\nINSTALLED_APPS = ["shop.cart"]\n',
      "requirements.txt": "django\n",
    },
    fails: {
      "manage.py": 'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
      "shop/settings.py": 'SECRET_KEY = "django-insecure-example"\nINSTALLED_APPS = ["shop.cart"]\n',
      "requirements.txt": "django\n",
    },
  },
});
