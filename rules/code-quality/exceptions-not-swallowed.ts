import { cannotJudge, defineRule, partial, skip } from "../../src/rule.ts";

/** Handlers in a thousand lines from which on nothing is left. */
const TOO_MANY = 3;

export default defineRule({
  title: "Errors are handled or reported, not hidden",
  severity: "medium",
  why: "A handler that catches everything and says nothing hides the next bug as well: what breaks then breaks silently.",
  fix: "Catch the error that is expected, log what is not, or say in a comment why nothing has to be done.",
  byHand: "what is to be done about the error is for people to say",
  references: ["https://docs.python.org/3/howto/logging.html", "https://docs.python.org/3/tutorial/errors.html"],
  peers: ["ruff E722", "ruff S110", "ruff S112", "ruff BLE001", "pylint W0702"],
  needs: ["swallowedErrors"],
  check({ swallowedErrors: { all, lines, read, unread } }) {
    if (read + unread.length === 0) return skip("nothing here is shipped");
    if (all.length === 0 && unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    const density = all.length / Math.max(1, lines / 1000);
    return partial(
      1 - density / TOO_MANY,
      all.map(({ path, line, says }) => ({ path, line, found: { says } })),
    );
  },
  message: ({ found: { says } }) => `\`${says}\` hides every error, the unexpected ones too.`,
  examples: {
    passes: {
      "shop/mail.py":
        "import logging\n\n\ndef send(message, server):\n    try:\n        server.send(message)\n    except OSError:\n        logging.exception('not sent')\n",
    },
    fails: {
      "shop/mail.py": ["a", "b", "c"]
        .map(
          (name) =>
            `def ${name}(server):\n    try:\n        server.send('${name}')\n    except Exception:\n        pass\n`,
        )
        .join("\n\n"),
    },
  },
});
