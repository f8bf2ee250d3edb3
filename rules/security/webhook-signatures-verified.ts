import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

/** A comparison that leaks by its time is far from none. */
const PLAIN = 0.5;

export default defineRule({
  title: "Events from outside are verified before they are used",
  severity: "high",
  why: "Whoever knows the address of a webhook can send it a payment or a command that never happened.",
  fix: "Verify the signature over the raw body before reading it: `stripe.Webhook.construct_event`, Slack's `SignatureVerifier`, Twilio's `RequestValidator`, or `hmac.compare_digest`.",
  byHand: "under which name the secret of the sender is given is for people to say",
  references: [
    "https://docs.stripe.com/webhooks/signature",
    "https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries",
  ],
  peers: ["OWASP API8"],
  appliesTo: ["web-service"],
  needs: ["webhooks"],
  check({ webhooks: { all, unread } }) {
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (all.length === 0) return skip("it receives no webhooks of a service that signs them");
    const placed = (sender: string, says: (provider: string) => string) =>
      all
        .filter((one) => one.sender === sender)
        .map(({ path, line, provider }) => ({ path, line, found: says(provider) }));
    const unchecked = placed(
      "unchecked",
      (provider) => `It takes events for ${provider}'s, and nothing verifies who sent them.`,
    );
    if (unchecked.length > 0) return fail(unchecked);
    const plain = placed(
      "compared-plainly",
      () => "The digest is compared with an operator: its time tells how much was right.",
    );
    if (plain.length > 0) return partial(PLAIN, plain);
    const unknown = all.find(({ sender }) => sender === "unknown");
    if (unknown) cannotJudge(`what ${unknown.path}:${unknown.line} does with an event is not seen here`);
    return pass(placed("checked", (provider) => `It verifies what ${provider} sends.`));
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "requirements.txt": "flask\ngunicorn\nstripe\n",
      "shop/payments.py":
        'import stripe\nfrom flask import Flask, request\n\napp = Flask(__name__)\n\n\n@app.post("/stripe/webhook")\ndef stripe_webhook():\n    event = stripe.Webhook.construct_event(request.data, request.headers["Stripe-Signature"], app.config["STRIPE_KEY"])\n    return event.type\n',
    },
    fails: {
      "requirements.txt": "flask\ngunicorn\nstripe\n",
      "shop/payments.py":
        'import stripe\nfrom flask import Flask, request\n\napp = Flask(__name__)\n\n\n@app.post("/stripe/webhook")\ndef stripe_webhook():\n    event = request.get_json()\n    return event["type"]\n',
    },
  },
});
