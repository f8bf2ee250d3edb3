import rule from "../../../rules/security/no-sql-string-building.ts";
import { describeRule } from "../../support/describe-rule.ts";

const of = (body: string, head = "") => ({
  "shop/orders.py": `${head}\n\ndef find(cursor, name, table):\n    ${body}\n`,
});

describeRule(rule, [
  { name: "no Python at all", repo: { "README.md": "# shop" }, expect: "skip" },
  { name: "a module that cannot be read", repo: { "shop/a.py": { unreadable: "it is too large" } }, expect: "unknown" },
  {
    name: "a value by per cent, in a query of its own",
    repo: of("query = \"SELECT id FROM orders WHERE name = '%s'\" % name\n    cursor.execute(query)"),
    expect: "fail",
    evidence: ["shop/orders.py:5"],
    says: "`execute` gets a value inside its text",
  },
  {
    name: "values by format and by plus",
    repo: of(
      'cursor.execute("DELETE FROM orders WHERE name = \'{}\'".format(name))\n    cursor.execute("SELECT * FROM orders WHERE name LIKE \'%" + name + "%\'")',
    ),
    expect: "fail",
    evidence: ["shop/orders.py:4", "shop/orders.py:5"],
  },
  {
    name: "raw of Django and text of SQLAlchemy",
    repo: {
      "shop/views.py":
        'from sqlalchemy import text\n\nfrom shop.models import Order\n\n\ndef view(request, session):\n    q = request.GET["q"]\n    Order.objects.raw(f"SELECT * FROM shop_order WHERE name = \'{q}\'")\n    session.execute(text(f"SELECT * FROM orders ORDER BY {q}"))\n',
    },
    expect: "fail",
    evidence: ["shop/views.py:8", "shop/views.py:9"],
  },
  {
    name: "the value of an enumeration's member",
    repo: {
      "shop/intervals.py":
        'from enum import StrEnum\n\nfrom sqlalchemy import text\n\n\nclass Interval(StrEnum):\n    day = "day"\n\n    def sql(self):\n        return text(f"SELECT \'1 {self.value}\'::interval")\n',
    },
    expect: "pass",
  },
  {
    name: "placeholders in a list that is joined",
    repo: of(
      'marks = ", ".join(["%s"] * len(name))\n    cursor.execute(f"SELECT * FROM orders WHERE id IN ({marks})", name)',
    ),
    expect: "pass",
  },
  {
    name: "the name of a table in a constant",
    repo: of('cursor.execute(f"SELECT * FROM {ORDERS} WHERE id = %s", (name,))', 'ORDERS = "orders"'),
    expect: "pass",
  },
  {
    name: "the table of a model",
    repo: of('cursor.execute(f"TRUNCATE {Order._meta.db_table}")', "from shop.models import Order"),
    expect: "pass",
  },
  {
    name: "the table of a model that is handed in, before its columns and after a text",
    repo: of(
      "rows = name.model._meta.db_table\n    cursor.execute(f\"SELECT * FROM orders WHERE to_tsvector('simple', coalesce({rows}.name, '')) @@ to_tsquery('simple', %s)\", (name,))",
    ),
    expect: "pass",
  },
  {
    name: "a word that the connection itself gives",
    repo: of('cursor.execute(f"SELECT id FROM orders WHERE placed < {cursor.timestamp_now}")'),
    expect: "pass",
  },
  {
    name: "a name that is handed in before a column, after a closed text",
    repo: of("cursor.execute(f\"SELECT * FROM orders WHERE note = 'x' AND coalesce({table}.name, '') = %s\", (name,))"),
    expect: "pass",
  },
  {
    name: "a parameter of a type of the project's own",
    repo: {
      "shop/orders.py":
        "from shop.kinds import Kind\n\n\ndef find(cursor, kind: Kind):\n    cursor.execute(f\"SELECT * FROM orders WHERE kind = '{kind}'\")\n",
    },
    expect: "partial",
    value: 0.5,
  },
  {
    name: "names that psycopg and Django quote",
    repo: of(
      'cursor.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))\n    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")',
      "from django.db import connection\nfrom psycopg import sql",
    ),
    expect: "pass",
  },
  {
    name: "a number",
    repo: of('cursor.execute(f"SELECT * FROM orders LIMIT {int(name)}")'),
    expect: "pass",
  },
  {
    name: "the name of a table that is handed in",
    repo: of('cursor.execute(f"SELECT * FROM {table}")'),
    expect: "pass",
  },
  {
    name: "the name of a column that a request gives",
    repo: of(
      'column = request.args["sort"]\n    cursor.execute(f"SELECT * FROM orders ORDER BY {column}")',
      "from flask import request",
    ),
    expect: "fail",
    evidence: ["shop/orders.py:5"],
    says: "the name of a table or a column",
  },
  {
    name: "a number by its format, and a comment of the linter behind the text",
    repo: of(
      'cursor.execute("SELECT * FROM orders WHERE id = %d" % name)\n    cursor.execute(\n        f"SELECT * FROM orders WHERE name = \'{name}\'"  # noqa: S608\n    )',
    ),
    expect: "pass",
  },
  {
    name: "a migration",
    repo: {
      "alembic/versions/1a2b_names.py":
        "from alembic import op\n\n\ndef rename(name):\n    op.execute(f\"UPDATE orders SET name = '{name}'\")\n",
    },
    expect: "partial",
    value: 0.8,
  },
  {
    name: "a management command",
    repo: {
      "shop/management/commands/clean.py":
        "def clean(cursor, name):\n    cursor.execute(f\"DELETE FROM orders WHERE name = '{name}'\")\n",
    },
    expect: "partial",
    value: 0.5,
  },
  {
    name: "a t-string, which makes parameters of its values",
    repo: of("cursor.execute(t\"SELECT * FROM orders WHERE name = '{name}'\")"),
    expect: "pass",
  },
  {
    name: "SQL in a docstring and in a log",
    repo: of(
      '"""cursor.execute(f"SELECT {x}")"""\n    log.info(f"SELECT * FROM orders WHERE name = {name}")',
      "import logging\nlog = logging.getLogger()",
    ),
    expect: "pass",
  },
  {
    name: "execute of something that is no database",
    repo: of('client.execute(f"restart {name}")', "from shop.remote import client"),
    expect: "pass",
  },
  {
    name: "a finding that the authors silenced",
    repo: of("cursor.execute(f\"SELECT * FROM orders WHERE name = '{name}'\")  # nosec B608"),
    expect: "pass",
  },
]);
