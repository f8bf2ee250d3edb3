import rule from "../../../rules/security/no-cardholder-or-health-data-in-clear.ts";
import { describeRule } from "../../support/describe-rule.ts";

const shop = { "manage.py": "", "requirements.txt": "django\nstripe\n" };
const clinic = { "manage.py": "", "requirements.txt": "django\nfhirclient\n" };
const djangoModel = (...fields: readonly string[]) =>
  [
    "from django.db import models",
    "",
    "class Record(models.Model):",
    ...fields.map((field) => `    ${field}`),
    "",
  ].join("\n");
/** A number with the right check digit that no provider publishes. */
const card = ["4539", "1488", "0343", "6467"];

describeRule(rule, [
  {
    name: "nothing hints at payments or health data",
    repo: { "manage.py": "", "requirements.txt": "django\n" },
    expect: "skip",
  },
  {
    name: "a column of Django, of SQLAlchemy, and a field of pydantic",
    repo: {
      ...shop,
      "shop/models.py": djangoModel(
        "card_number = models.CharField(max_length=19)",
        "cvc = models.CharField(max_length=4)",
      ),
      "shop/tables.py":
        "import sqlalchemy as sa\nclass Card(Base):\n    cvv = sa.Column(sa.String(4))\n    pin_block: Mapped[str] = mapped_column(String)\n",
      "shop/schemas.py": "from pydantic import BaseModel\nclass Card(BaseModel):\n    cvv: str\n    number: str\n",
    },
    expect: "fail",
    evidence: ["shop/models.py:4", "shop/models.py:5", "shop/schemas.py:3", "shop/tables.py:3", "shop/tables.py:4"],
    says: "card_number is kept",
  },
  {
    name: "a field tells by itself that cards are handled",
    repo: {
      "manage.py": "",
      "requirements.txt": "django\n",
      "shop/models.py": djangoModel("card_cvv = models.TextField()"),
    },
    expect: "fail",
    evidence: ["shop/models.py:4"],
  },
  {
    name: "a card is handed to Stripe by its number",
    repo: {
      ...shop,
      "shop/pay.py": 'import stripe\nstripe.PaymentMethod.create(type="card", card={"number": form["number"]})\n',
    },
    expect: "fail",
    evidence: ["shop/pay.py:2"],
  },
  {
    name: "published test cards",
    repo: {
      ...shop,
      "shop/pay.py": 'import stripe\nstripe.Token.create(card={"number": "4242424242424242"})\n',
      "data/cards.csv": "id,card_number\n1,4242424242424242\n2,4111 1111 1111 1111\n3,378282246310005\n",
    },
    expect: "pass",
  },
  {
    name: "a number of a card among the data, in whatever groups",
    repo: { ...shop, "data/orders.csv": `id,card_number\n1,${card.join("")}\n2,${card.join(" ")}\n` },
    expect: "fail",
    evidence: ["data/orders.csv:2", "data/orders.csv:3"],
  },
  {
    name: "a long number under another name, with another check digit, or in a test",
    repo: {
      ...shop,
      "data/orders.csv": `id,order\n1,${card.join("")}\n`,
      "data/cards.csv": `id,card_number\n1,${card.join("").replace(/7$/, "8")}\n`,
      "tests/data/cards.csv": `id,card_number\n1,${card.join("")}\n`,
    },
    expect: "pass",
  },
  {
    name: "pan is a verb of maps as well",
    repo: {
      ...shop,
      "maps/models.py": djangoModel("pan = models.IntegerField()", "pin = models.CharField(max_length=4)"),
    },
    expect: "pass",
  },
  {
    name: "pan in a module about payments",
    repo: {
      ...shop,
      "shop/models.py": djangoModel("pan = models.CharField(max_length=19)", "merchant = models.TextField()"),
    },
    expect: "fail",
    evidence: ["shop/models.py:4"],
  },
  {
    name: "what encrypts, hides, or holds no text",
    repo: {
      ...shop,
      "shop/models.py": djangoModel("card_number = EncryptedCharField(max_length=19)", "cvv = models.BooleanField()"),
      "shop/schemas.py": "from pydantic import BaseModel, SecretStr\nclass Card(BaseModel):\n    cvv: SecretStr\n",
      "shop/pay.py": "def pay(card_number: str, cvv: str):\n    cvv = cvv.strip()\n",
    },
    expect: "pass",
  },
  {
    name: "a form is shown, not kept",
    repo: {
      ...shop,
      "shop/forms.py": "from django import forms\nclass CardForm(forms.Form):\n    cvv = forms.CharField()\n",
    },
    expect: "pass",
  },
  {
    name: "a social security number in clear",
    repo: { ...clinic, "clinic/models.py": djangoModel("ssn = models.CharField(max_length=11)") },
    expect: "fail",
    evidence: ["clinic/models.py:4"],
  },
  {
    name: "the same with a library that encrypts",
    repo: {
      ...clinic,
      "requirements.txt": "django\ndjango-cryptography\n",
      "clinic/models.py": djangoModel("ssn = models.CharField(max_length=11)"),
    },
    expect: "pass",
  },
  {
    name: "encryption of the database is not seen here",
    repo: { ...clinic, "clinic/models.py": djangoModel("diagnosis = models.TextField()") },
    expect: "unknown",
    says: "clinic/models.py:4",
  },
  {
    name: "a source that could not be read",
    repo: { ...shop, "shop/models.py": { unreadable: "it is not UTF-8" } },
    expect: "unknown",
  },
]);
