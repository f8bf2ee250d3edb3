import { cannotJudge, defineRule, offer, partial, skip } from "../../src/rule.ts";

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
  check({ migrations: { tool, checks, applied, mayApply, tests } }) {
    if (!tool) return skip("no tool for migrations is set up here");
    if (!applied && mayApply) cannotJudge(mayApply);
    const [check] = checks;
    const at = { path: tool.path, line: 1 };
    const checking = check
      ? { ...check, value: HALF, found: "Migrations are checked here." }
      : { ...(tests ?? at), value: 0, found: "CI does not check that migrations are complete." };
    const applying = !applied
      ? { ...at, value: 0, found: "No release step here applies the migrations." }
      : applied.isRace
        ? { ...applied, value: RACE, found: "Every copy that starts applies the migrations." }
        : { ...applied, value: HALF, found: "Migrations are applied here." };
    const value = checking.value + applying.value;
    const shown = [checking, applying].filter((half) => value === 1 || half.value < HALF);
    const places = shown.map(({ path, line, found }) => ({ path, line, found }));
    return partial(value, places);
  },
  message: ({ found }) => found,
  repairNeeds: ["missingMigrationChecks"],
  repair: ({ missingMigrationChecks }) =>
    offer(missingMigrationChecks, "what the check needs to start is for people to say"),
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
