import { cannotJudge, cannotRepair, defineRule, type Edit, fail, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "Passwords, tokens and signatures use algorithms that hold",
  severity: "medium",
  why: "Fast hashes are guessed by the billion, `random` can be predicted, and an unchecked signature proves nothing.",
  fix: "Hash passwords with Argon2 or scrypt, make tokens with `secrets`, sign with HMAC-SHA-256; say `usedforsecurity=False` where a hash only names something.",
  references: [
    "https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html",
    "https://docs.python.org/3/library/secrets.html",
  ],
  peers: ["ruff S304", "ruff S305", "ruff S311", "ruff S324", "ruff S505", "bandit B303", "bandit B304", "bandit B505"],
  needs: ["weakCrypto"],
  check({ weakCrypto: { all, read, unread } }) {
    if (read + unread.length === 0) return skip("nothing here is shipped");
    const places = all.map(({ path, line, says, advice }) => ({ path, line, found: { says, advice } }));
    if (places.length > 0) return fail(places);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return pass();
  },
  message: ({ found: { says, advice } }) => `${says}. ${advice}.`,
  repair({ weakCrypto: { all } }) {
    const edits = all.flatMap(({ path, mend }): readonly Edit[] => (mend ? [{ kind: "replace", path, ...mend }] : []));
    if (edits.length === 0) cannotRepair("what was made the weak way has to be read on, and only people know how long");
    return edits;
  },
  examples: {
    passes: { "shop/reset.py": "import secrets\n\n\ndef reset_token():\n    return secrets.token_urlsafe(32)\n" },
    fails: {
      "shop/reset.py":
        'import random\n\n\ndef reset_token():\n    return "".join(random.choice("0123456789abcdef") for _ in range(32))\n',
    },
  },
});
