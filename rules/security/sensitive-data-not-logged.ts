import { cannotJudge, defineRule, fail, pass } from "../../src/rule.ts";

const SAYS = {
  value: (what: string) => `The value of \`${what}\` is written to the log.`,
  request: (what: string) => `\`${what}\` is logged whole, with the credentials and personal data in it.`,
  "personal-data": (what: string) =>
    `\`${what}=True\` sends users' addresses, cookies and identities with every event.`,
  queries: (what: string) => `\`${what}=True\` logs every query with its parameters.`,
};

export default defineRule({
  title: "Logs and traces do not leak secrets or personal data",
  severity: "high",
  why: "Logs are copied to more places, kept longer and read by more people than the data that they are about: a password in one is a password for all of them.",
  fix: "Log an identifier instead of the value, leave `send_default_pii` and `echo` off in production, and put a filter that redacts known names on the handlers.",
  byHand: "what is to be left of the line is for people to say",
  references: [
    "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html#data-to-exclude",
    "https://cwe.mitre.org/data/definitions/532.html",
  ],
  peers: ["CodeQL py/clear-text-logging-sensitive-data", "OWASP Logging", "PCI DSS 3.4.1"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml"],
  needs: ["sensitiveLogs"],
  check({ sensitiveLogs: { leaks, redacted, unread } }) {
    const open = leaks.filter(({ kind }) => redacted === undefined || (kind !== "value" && kind !== "request"));
    if (open.length > 0)
      return fail(open.map(({ path, line, kind, what }) => ({ path, line, found: SAYS[kind](what) })));
    if (redacted && leaks.length > 0) return pass([{ ...redacted, found: "What is logged passes here first." }]);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return pass();
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "requirements.txt": "flask\ngunicorn\n",
      "shop/login.py":
        'import logging\n\nlogger = logging.getLogger(__name__)\n\n\ndef login(user, password):\n    logger.info("login of %s", user.id)\n',
    },
    fails: {
      "requirements.txt": "flask\ngunicorn\n",
      "shop/login.py":
        'import logging\n\nlogger = logging.getLogger(__name__)\n\n\ndef login(user, password):\n    logger.info(f"login of {user} with {password}")\n',
    },
  },
});
