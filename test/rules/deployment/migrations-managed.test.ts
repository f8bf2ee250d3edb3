import rule from "../../../rules/deployment/migrations-managed.ts";
import { describeRule } from "../../support/describe-rule.ts";

const django = { "requirements.txt": "django\ngunicorn\n", "manage.py": "", "config/wsgi.py": "" };
const model = (body = "pass") =>
  `from django.db import models\n\n\nclass Order(models.Model):\n    ${body.replaceAll("\n", "\n    ")}\n`;
const step = (dependencies: string, more = "") =>
  `from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n    dependencies = [${dependencies}]\n${more}`;
const initial = { "shop/migrations/0001_initial.py": step("") };
const sqlalchemy = {
  "requirements.txt": "fastapi\nuvicorn\nsqlalchemy\n",
  "shop/models.py":
    'from shop.database import Base\n\n\nclass Order(Base):\n    __tablename__ = "orders"\n\n\nclass Part(Base):\n    __abstract__ = True\n',
};
const alembic = {
  "alembic.ini": "[alembic]\nscript_location = alembic\n",
  "alembic/env.py": "",
  "alembic/versions/a1_orders.py": revision("a1", "None"),
};

function revision(id: string, down: string, more = ""): string {
  return `revision = "${id}"\ndown_revision = ${down}\n${more}`;
}

const CREATES = "Base.metadata.create_all(bind=engine)\n";

describeRule(rule, [
  {
    name: "the application of a course",
    repo: {
      "README.md": "# Orders\n\nA full course to teach you how to take orders.\n",
      "requirements.txt": "django\ngunicorn\n",
      "manage.py": "",
      "shop/models.py": "from django.db import models\n\n\nclass Order(models.Model):\n    pass\n",
    },
    expect: "skip",
    says: "it is a demonstration",
  },
  {
    name: "a library",
    repo: { "pyproject.toml": '[project]\nname = "shop"\n', "shop/models.py": model() },
    expect: "skip",
  },
  { name: "a service without models", repo: { ...django, "shop/views.py": "" }, expect: "skip" },
  {
    name: "one app of two without migrations",
    repo: { ...django, ...initial, "shop/models.py": model(), "billing/models/invoice.py": model() },
    expect: "fail",
    evidence: ["billing/models/invoice.py:4"],
    says: "billing has none",
  },
  {
    name: "abstract, proxy and unmanaged models, and those of another app",
    repo: {
      ...django,
      "shop/models.py": `${model("class Meta:\n    abstract = True")}${model("class Meta:\n    proxy = True")}${model("class Meta:\n    managed = False")}${model('class Meta:\n    app_label = "other"')}`,
    },
    expect: "skip",
  },
  {
    name: "the models of an app below its folder",
    repo: { ...django, ...initial, "shop/orders/models.py": model() },
    expect: "pass",
  },
  {
    name: "an app that no settings install",
    repo: {
      ...django,
      ...initial,
      "shop/models.py": model(),
      "old/models.py": model(),
      "config/settings.py": 'INSTALLED_APPS = ["django.contrib.auth", "shop.apps.ShopConfig"]\n',
    },
    expect: "pass",
  },
  {
    name: "migrations that settings move elsewhere",
    repo: {
      ...django,
      "shop/models.py": model(),
      "config/settings.py": 'MIGRATION_MODULES = {"shop": "db.shop"}\n',
    },
    expect: "unknown",
  },
  {
    name: "migrations that git is told to leave out",
    repo: { ...django, "shop/models.py": model(), ".gitignore": "*.pyc\nmigrations/\n" },
    expect: "fail",
    evidence: [".gitignore:2"],
  },
  {
    name: "models of a test",
    repo: { ...django, "shop/tests/models.py": model() },
    expect: "skip",
  },
  {
    name: "two migrations that follow the same one",
    repo: {
      ...django,
      "shop/models.py": model(),
      ...initial,
      "shop/migrations/0002_price.py": step('("shop", "0001_initial"), ("auth", "0001_initial")'),
      "shop/migrations/0002_total.py": step('("shop", "0001_initial")'),
    },
    expect: "fail",
    evidence: ["shop/migrations/0002_total.py:4"],
    says: "beside 0002_price.py",
  },
  {
    name: "the same, merged",
    repo: {
      ...django,
      "shop/models.py": model(),
      ...initial,
      "shop/migrations/0002_price.py": step('("shop", "0001_initial")'),
      "shop/migrations/0002_total.py": step('("shop", "0001_initial")'),
      "shop/migrations/0003_merge.py": step('("shop", "0002_price"), ("shop", "0002_total")'),
    },
    expect: "pass",
  },
  {
    name: "squashed migrations beside what they replace",
    repo: {
      ...django,
      "shop/models.py": model(),
      ...initial,
      "shop/migrations/0002_price.py": step('("shop", "0001_initial")'),
      "shop/migrations/0001_squashed_0002.py": step(
        "",
        '    replaces = [("shop", "0001_initial"), ("shop", "0002_price")]\n',
      ),
      "shop/migrations/0003_total.py": step('("shop", "0001_squashed_0002")'),
    },
    expect: "pass",
  },
  {
    name: "an app that was renamed",
    repo: {
      ...django,
      "shop/models.py": model(),
      "shop/migrations/0001_initial.py": step("", '    replaces = [("store", "0001_initial")]\n'),
      "shop/migrations/0002_price.py": step('("shop", "0001_initial")', '    replaces = [("store", "0002_price")]\n'),
    },
    expect: "pass",
  },
  {
    name: "a chain of which one was not read",
    repo: {
      ...django,
      "shop/models.py": model(),
      ...initial,
      "shop/migrations/0002_price.py": step('("shop", "0001_initial")'),
      "shop/migrations/0002_total.py": step('("shop", "0001_initial")'),
      "shop/migrations/0003_merge.py": { unreadable: "it is too large" },
    },
    expect: "unknown",
  },
  { name: "Alembic", repo: { ...sqlalchemy, ...alembic }, expect: "pass", evidence: ["shop/models.py:4"] },
  {
    name: "two heads of Alembic",
    repo: {
      ...sqlalchemy,
      ...alembic,
      "alembic/versions/b2_price.py": revision("b2", '"a1"'),
      "alembic/versions/c3_total.py": revision("c3", '"a1"'),
    },
    expect: "fail",
    evidence: ["alembic/versions/c3_total.py:1"],
  },
  {
    name: "two heads of Alembic, merged",
    repo: {
      ...sqlalchemy,
      ...alembic,
      "alembic/versions/b2_price.py": revision("b2", '"a1"'),
      "alembic/versions/c3_total.py": revision("c3", '"a1"'),
      "alembic/versions/d4_merge.py": revision("d4", '("b2", "c3")'),
    },
    expect: "pass",
  },
  {
    name: "branches with labels, which end apart",
    repo: {
      ...sqlalchemy,
      ...alembic,
      "alembic/versions/b2_price.py": revision("b2", "None", 'branch_labels = ("billing",)\n'),
    },
    expect: "pass",
  },
  {
    name: "several bases that are upgraded together",
    repo: {
      ...sqlalchemy,
      ...alembic,
      "alembic/versions/b2_price.py": revision("b2", "None"),
      Procfile: "web: alembic upgrade heads && uvicorn shop.main:app\n",
    },
    expect: "pass",
  },
  {
    name: "one history for each database, in a folder of its own",
    repo: { ...sqlalchemy, ...alembic, "alembic_log/versions/b2_log.py": revision("b2", "None") },
    expect: "pass",
  },
  {
    name: "a revision whose parent is computed",
    repo: { ...sqlalchemy, ...alembic, "alembic/versions/b2_price.py": revision("b2", "previous()") },
    expect: "pass",
  },
  {
    name: "tables that are made at every start",
    repo: { ...sqlalchemy, "shop/main.py": `from shop.models import Base\n\n${CREATES}` },
    expect: "fail",
    evidence: ["shop/main.py:3"],
    says: "no migration changes them later",
  },
  {
    name: "tables that a function makes",
    repo: { ...sqlalchemy, "shop/database.py": `def make_tables():\n    ${CREATES}` },
    expect: "fail",
    evidence: ["shop/database.py:2"],
  },
  {
    name: "tables that the start makes past the migrations",
    repo: {
      ...sqlalchemy,
      ...alembic,
      "shop/main.py":
        "from contextlib import asynccontextmanager\n\n\n@asynccontextmanager\nasync def lifespan(app):\n    async with engine.begin() as connection:\n        await connection.run_sync(Base.metadata.create_all)\n    yield\n",
    },
    expect: "fail",
    evidence: ["shop/main.py:7"],
    says: "past the migrations",
  },
  {
    name: "tables that only a command or a test makes, beside migrations",
    repo: {
      ...sqlalchemy,
      ...alembic,
      "shop/commands.py": `def reset():\n    ${CREATES}`,
      "tests/conftest.py": CREATES,
      "scripts/init_db.py": CREATES,
    },
    expect: "pass",
  },
  {
    name: "tables of SQLite alone, beside migrations",
    repo: {
      ...sqlalchemy,
      ...alembic,
      "shop/main.py": `def create_app():\n    if url.startswith("sqlite"):\n        ${CREATES}`,
    },
    expect: "pass",
  },
  { name: "a schema that is owned elsewhere", repo: sqlalchemy, expect: "unknown" },
  {
    name: "migrations in plain SQL",
    repo: { ...sqlalchemy, "db/migrations/001_orders.sql": "create table orders (id int);\n" },
    expect: "pass",
  },
  {
    name: "SQLModel without migrations",
    repo: {
      "requirements.txt": "fastapi\nuvicorn\nsqlmodel\n",
      "main.py":
        "from sqlmodel import SQLModel\n\n\nclass Order(SQLModel, table=True):\n    id: int\n\n\ndef on_startup():\n    SQLModel.metadata.create_all(engine)\n",
    },
    expect: "fail",
    evidence: ["main.py:9"],
  },
  {
    name: "Flask-SQLAlchemy with Flask-Migrate",
    repo: {
      "requirements.txt": "flask\nflask-sqlalchemy\nflask-migrate\ngunicorn\n",
      "wsgi.py": "",
      "shop/models.py": "from shop import db\n\n\nclass Order(db.Model):\n    pass\n",
      "migrations/env.py": "",
    },
    expect: "pass",
  },
  {
    name: "Tortoise that generates schemas",
    repo: {
      "requirements.txt": "fastapi\nuvicorn\ntortoise-orm\n",
      "main.py":
        "from tortoise.contrib.fastapi import register_tortoise\nfrom tortoise.models import Model\n\n\nclass Order(Model):\n    pass\n\n\nregister_tortoise(app, generate_schemas=True)\n",
    },
    expect: "fail",
    evidence: ["main.py:9"],
  },
  {
    name: "Peewee that makes its tables",
    repo: {
      "requirements.txt": "flask\npeewee\ngunicorn\n",
      "wsgi.py":
        "import peewee\n\ndb = peewee.PostgresqlDatabase(None)\n\n\nclass Order(peewee.Model):\n    pass\n\n\ndb.create_tables([Order])\n",
    },
    expect: "fail",
    evidence: ["wsgi.py:10"],
  },
]);
