import { cannotJudge, defineRule, failIfAny, skip } from "../../src/rule.ts";

/** Libraries whose fields encrypt what they keep. */
const ENCRYPTS =
  /^(django-cryptography(-5|-django5)?|django-encrypted-model-fields|django-fernet-(encrypted-)?fields|django-searchable-encrypted-fields|django-pgcrypto(-fields)?|django-field-encryption|sqlalchemy-utils|pymongo-encryption|pymongocrypt)$/;

export default defineRule({
  title: "Data of cards and of patients is not kept in clear",
  severity: "high",
  why: "Card verification codes may never be stored, and a number that stands in clear is lost with the first copy of the database.",
  fix: "Keep the payment provider's token instead of the card; encrypt identifiers in the field, and take live data out of fixtures.",
  byHand: "what is stored in its place, and what becomes of the data that is there, is for people to say",
  references: [
    "https://www.pcisecuritystandards.org/document_library/",
    "https://docs.stripe.com/security/guide",
    "https://www.ecfr.gov/current/title-45/section-164.312",
  ],
  peers: ["PCI DSS 3.3.1", "PCI DSS 3.5.1", "PCI DSS 6.5.5", "HIPAA 164.312(a)(2)(iv)"],
  needs: ["regulatedSignals", "complianceScope", "sensitiveFields", "cardNumbers", "dependencies"],
  check({ regulatedSignals, complianceScope, sensitiveFields: { fields, unread }, cardNumbers, dependencies }) {
    const declared = complianceScope.declaration?.regimes.length ?? 0;
    const isRegulated = regulatedSignals.signals.length + declared + fields.length > 0;
    if (!isRegulated && unread.length === 0) return skip("nothing hints at payments or health data");
    const encrypts = dependencies.manifests
      .flatMap(({ declarations }) => declarations)
      .some(({ name }) => ENCRYPTS.test(name));
    const inClear = fields.filter(({ about }) => about === "card" || (about === "identifier" && !encrypts));
    const places = [
      ...inClear.map(({ path, line, name }) => ({ path, line, found: `${name} is kept or handed on in clear.` })),
      ...(isRegulated ? cardNumbers : []).map((place) => ({
        ...place,
        found: "A number that can be a card's stands here; it is none of those published for tests.",
      })),
    ];
    const health = fields.find(({ about }) => about === "health");
    if (places.length === 0 && health && !encrypts)
      cannotJudge(
        `${health.path}:${health.line} keeps ${health.name}; whether the database encrypts it cannot be seen here`,
      );
    if (places.length === 0 && unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return failIfAny(places);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "requirements.txt": "django\nstripe\n",
      "shop/models.py":
        "from django.db import models\n\n\nclass Payment(models.Model):\n    payment_method_id = models.CharField(max_length=64)\n",
    },
    fails: {
      "requirements.txt": "django\nstripe\n",
      "shop/models.py":
        "from django.db import models\n\n\nclass Card(models.Model):\n    cvv = models.CharField(max_length=4)\n",
    },
  },
});
