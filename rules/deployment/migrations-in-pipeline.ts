import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

/** What each part is worth. */
const HALF = 0.5;
/** What applying them is worth where several copies start at once, and race. */
const RACE = 0.3 * HALF;

export default defineRule({
  title: "Migrations are checked in CI and applied as a release step",
  severity: "medium",
  why: "A model without its migration breaks on the first query in production, and a migration that every copy starts for itself runs twice at once.",
  fix: "Run manage.py makemigrations --check (or alembic check) in CI, and migrate in a release phase, a Job or a deploy step before the new version serves.",
  references: [
    "https://docs.djangoproject.com/en/stable/ref/django-admin/#cmdoption-makemigrations-check",
    "https://12factor.net/admin-processes",
  ],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml"],
  scope: "repository",
  needs: ["migrations"],
  check({ migrations: { tool, checks, applied, isReplicated, ownStart, tests, unread } }) {
    if (!tool) return skip("no tool for migrations is set up here");
    const [release] = applied.filter(({ when }) => when === "release");
    const [start] = applied;
    const isRace = !release && start !== undefined && isReplicated;
    if (!start && unread[0])
      cannotJudge(`${unread[0].path} may apply them, and could not be read: ${unread[0].reason}`);
    // Alembic is a library as well; a program that starts the service may call either.
    if (!start && (tool.name !== "Django" || ownStart))
      cannotJudge(`no command here applies the migrations of ${tool.name}, and the program itself may`);
    const unchecked = {
      ...(tests ?? { path: tool.path, line: 1 }),
      found: "CI does not check that migrations are complete.",
    };
    const unapplied = { path: tool.path, line: 1, found: "no release step here applies the migrations." };
    const missing = [
      ...(checks.length > 0 ? [] : [unchecked]),
      ...(isRace ? [{ ...start, found: "every copy that starts applies the migrations." }] : []),
      ...(start ? [] : [unapplied]),
    ].map(({ path, line, found }) => ({ path, line, found }));
    if (missing.length === 0) {
      const [check] = checks;
      return pass([
        { path: check?.path, line: check?.line, found: "migrations are checked here." },
        { path: (release ?? start)?.path, line: (release ?? start)?.line, found: "migrations are applied here." },
      ]);
    }
    const value = (checks.length > 0 ? HALF : 0) + (isRace ? RACE : start ? HALF : 0);
    return value === 0 ? fail(missing) : partial(value, missing);
  },
  message: ({ found }) => found.charAt(0).toUpperCase() + found.slice(1),
  examples: {
    passes: {
      "manage.py": "",
      "shop/migrations/0001_initial.py": "",
      "requirements.txt": "django\n",
      Procfile: "release: python manage.py migrate\nweb: gunicorn shop.wsgi\n",
      ".github/workflows/ci.yml":
        "on: pull_request\njobs:\n  test:\n    steps:\n      - uses: actions/checkout@v6\n      - run: python manage.py makemigrations --check\n      - run: pytest\n",
    },
    fails: {
      "manage.py": "",
      "shop/migrations/0001_initial.py": "",
      "requirements.txt": "django\n",
      Procfile: "web: gunicorn shop.wsgi\n",
      ".github/workflows/ci.yml":
        "on: pull_request\njobs:\n  test:\n    steps:\n      - uses: actions/checkout@v6\n      - run: pytest\n",
    },
  },
});
