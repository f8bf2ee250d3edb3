import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "Changes of the schema are versioned with the code",
  severity: "high",
  why: "A table that nobody can change step by step is changed by hand in production, and the next release meets a schema that it does not expect.",
  fix: "Commit the migrations (manage.py makemigrations, alembic revision --autogenerate), merge ends that lie side by side, and do not make tables when the service starts.",
  byHand: "only the framework's own command writes migrations",
  references: [
    "https://docs.djangoproject.com/en/stable/topics/migrations/",
    "https://alembic.sqlalchemy.org/en/latest/branches.html",
  ],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml"],
  needs: ["ormMigrations", "operation"],
  check({ ormMigrations: { models, problems, undecided, unread }, operation: { notRun } }) {
    if (notRun) return skip(notRun);
    if (problems.length > 0) return fail(problems.map(({ path, line, says }) => ({ path, line, found: says })));
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (undecided)
      cannotJudge(
        `nothing here makes the table of ${undecided.name} (${undecided.path}): its schema may be owned elsewhere`,
      );
    const [first] = models;
    if (!first) return skip("it has no models of a database");
    return pass([
      { path: first.path, line: first.line, found: `The tables of ${first.name} and others have migrations.` },
    ]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "requirements.txt": "django\ngunicorn\n",
      "manage.py": "",
      "shop/models.py": "from django.db import models\n\n\nclass Order(models.Model):\n    pass\n",
      "shop/migrations/0001_initial.py":
        "from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n    dependencies = []\n",
    },
    fails: {
      "requirements.txt": "django\ngunicorn\n",
      "manage.py": "",
      "shop/models.py": "from django.db import models\n\n\nclass Order(models.Model):\n    pass\n",
    },
  },
});
