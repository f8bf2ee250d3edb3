import { cannotJudge, defineRule, fail, partial, pass } from "../../src/rule.ts";

/** One level below critical, and low. */
const HIGH = 0.3;
const LOW = 0.8;

export default defineRule({
  title: "No live credential is readable in the tree",
  severity: "critical",
  why: "Whoever can read the repository can use it, and a key that was pushed is found by scanners within minutes.",
  fix: "Revoke it first, then take it out and read it from the environment or a vault; git keeps what was deleted, and the history is not scanned here.",
  byHand: "the secret has to be revoked, and where its successor is kept is for people to say",
  references: [
    "https://docs.github.com/authentication/keeping-your-account-and-data-secure/removing-sensitive-data-from-a-repository",
    "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
  ],
  peers: ["OpenSSF Best Practices no_leaked_credentials", "OSPS-BR-07.01", "gitleaks"],
  appliesTo: "any",
  scope: "repository",
  needs: ["committedSecrets"],
  check({ committedSecrets: { secrets, unread } }) {
    const graded = secrets.map((secret) => ({ ...secret, value: gradeOf(secret) }));
    const places = graded.map(({ path, line, value, kind, begins, revokeAt, mark }) => {
      const what = begins ? `${kind} (${begins}…)` : kind;
      return { path, line, found: { what, revokeAt, value }, mark };
    });
    const live = places.filter(({ found }) => found.value === 0);
    if (live.length > 0) return fail(live);
    if (places.length > 0) return partial(Math.min(...graded.map(({ value }) => value)), places);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be searched: ${unread[0].reason}`);
    return pass();
  },
  message: ({ found: { what, revokeAt, value } }) =>
    value === 0
      ? `${article(what)} is readable: revoke it (${revokeAt}).`
      : `${article(what)} stands in what looks like a test, an example or a document: make sure that it opens nothing, else revoke it (${revokeAt}).`,
  examples: {
    passes: { "shop/settings.py": 'import os\n\nDATABASE_URL = os.environ["DATABASE_URL"]\n' },
    fails: { "shop/settings.py": `DATABASE_URL = "${"postgresql://shop"}:kV7-pq2Wz9@db.eu-west.shops.io/shop"\n` },
  },
});

type Secret = Readonly<Record<"isExpired" | "isCalledSample", boolean> & Record<"shape" | "setting", string>>;

/** Tests, examples and what others wrote are one level lower; key material of theirs, and what has ended, is low. */
function gradeOf({ shape, setting, isExpired, isCalledSample }: Secret): number {
  if (isExpired) return LOW;
  if (setting === "product" && !isCalledSample) return 0;
  if (setting === "documentation" && shape === "verified") return 0;
  return shape === "key" || (setting === "sample" && isCalledSample) ? LOW : HIGH;
}

function article(what: string): string {
  return `${/^[AEIOU]/.test(what) ? "An" : "A"} ${what}`;
}
