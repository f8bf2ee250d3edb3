import { describe, expect, test } from "@jest/globals";
import { rules as catalogue } from "../../rules/index.ts";
import { findingsOf } from "../../src/engine/findings.ts";
import type { Evidence, Review } from "../../src/engine/review.ts";
import { reviewChange } from "../../src/engine/review-change.ts";
import { defaultTerms, type Terms } from "../../src/engine/terms.ts";
import { trusted } from "../../src/engine/trusted.ts";
import { advisoryAbout, advisorySource } from "../support/advisories.ts";
import { type MiniFile, miniSnapshot } from "../support/mini-snapshot.ts";
import { python } from "../support/python.ts";
import { githubToken } from "../support/secrets.ts";

const ids = [
  "security/no-sql-string-building",
  "security/no-shell-injection",
  "security/no-committed-secrets",
  "code-quality/no-debug-leftovers",
  "code-quality/outbound-calls-have-timeouts",
  "dependencies/no-known-vulnerable-dependencies",
];
const rules = catalogue.filter(({ id }) => ids.includes(id));

const advisories = advisorySource({ "jinja2@2.11.2": [advisoryAbout("jinja2", "< 2.11.3")] });

type Files = Readonly<Record<string, MiniFile>>;

const place = ({ path, line }: Pick<Evidence, "path" | "line">): string => `${path}:${line}`;

/** What a change to these files finds, finds new, and leaves out; without a base the commit by itself. */
async function told(head: Files, base: Files | null, terms: Partial<Terms> = {}, isProposed = true) {
  const [after, before] = [miniSnapshot(head), base && miniSnapshot(base)];
  const { review, comparison } = await reviewChange(
    before && isProposed ? trusted(after, before) : after,
    { isProposed, snapshot: async () => before },
    { rules, date: "2026-11-25", python, advisories, terms: async () => ({ ...defaultTerms, ...terms }) },
  );
  const of = (key: "suppressed" | "toBeSuppressed") => review.rules.flatMap((rule) => rule[key]).map(place);
  return {
    found: placesOf(review),
    added: comparison?.added.flatMap(({ evidence }) => (evidence ? [place(evidence)] : [])) ?? [],
    suppressed: of("suppressed"),
    toBeSuppressed: of("toBeSuppressed"),
  };
}

function placesOf(review: Review): readonly string[] {
  return findingsOf(review).flatMap(({ evidence }) => (evidence ? [place(evidence)] : []));
}

const sql = (comment = "", table = "orders"): string =>
  [
    "from django.db import connection",
    "",
    "def orders(request):",
    "    cursor = connection.cursor()",
    `    cursor.execute(f"SELECT * FROM ${table} WHERE name = '{request.GET['name']}'")${comment}`,
    "",
  ].join("\n");
const moved = (text: string): string => `"""Orders of the shop."""\n\n${text}`;
const NOQA = "  # noqa: S608";
const none = { found: [], added: [], suppressed: [], toBeSuppressed: [] };

describe("a comment that silences a finding", () => {
  test("holds at the commit itself, where nothing is compared, and is listed", async () => {
    expect(await told({ "shop/a.py": sql(NOQA) }, null)).toEqual({ ...none, suppressed: ["shop/a.py:5"] });
  });

  test.each<[string, string, string, Partial<Awaited<ReturnType<typeof told>>>]>([
    ["stands at the base", sql(NOQA), sql(NOQA), { suppressed: ["shop/a.py:5"] }],
    ["moves with its line", sql(NOQA), moved(sql(NOQA)), { suppressed: ["shop/a.py:7"] }],
    ["gets a reason", sql(NOQA), sql(`${NOQA} - names are checked`), { suppressed: ["shop/a.py:5"] }],
    [
      "comes with its line",
      "x = 1\n",
      sql(NOQA),
      { found: ["shop/a.py:5"], added: ["shop/a.py:5"], toBeSuppressed: ["shop/a.py:5"] },
    ],
    ["is written beside what was there", sql(), sql(NOQA), { found: ["shop/a.py:5"], toBeSuppressed: ["shop/a.py:5"] }],
    [
      "stays while a line is edited that does not block",
      sql(NOQA),
      sql(NOQA, "refunds"),
      { suppressed: ["shop/a.py:5"] },
    ],
    ["goes", sql(NOQA), sql(), { found: ["shop/a.py:5"], added: ["shop/a.py:5"] }],
    ["names other rules", sql("  # noqa: E501"), sql("  # noqa: E501"), { found: ["shop/a.py:5"] }],
  ])("that %s", async (_, base, head, expected) => {
    expect(await told({ "shop/a.py": head }, { "shop/a.py": base })).toEqual({ ...none, ...expected });
  });

  test("holds for a pushed branch as it stands there: that is merged", async () => {
    const base = { "shop/a.py": "x = 1\n" };
    const pushed = await told({ "shop/a.py": sql(NOQA) }, base, {}, false);
    expect(pushed).toEqual({ ...none, suppressed: ["shop/a.py:5"] });
  });

  test("still holds where its file has another name", async () => {
    const head = { "store/a.py": sql(NOQA) };
    expect(await told(head, { "shop/a.py": sql(NOQA) })).toEqual({ ...none, suppressed: ["store/a.py:5"] });
  });

  test("is listed behind a graver one of the same rule, and holds like it", async () => {
    const text =
      "import os\n\ndef run(request):\n    os.system(request.GET['x'])  # noqa: S605\n    os.system('ls')  # noqa: S605\n";
    const files = { "manage.py": "", "shop/a.py": text };
    expect(await told(files, files)).toEqual({ ...none, suppressed: ["shop/a.py:4", "shop/a.py:5"] });
  });

  test("silences nothing of a rule that is enforced, unless its findings may be waived", async () => {
    const enforced = { ...defaultTerms.enforced, rules: ["security/no-sql-string-building"], canBeSilenced: false };
    const files = { "shop/a.py": sql(NOQA) };
    expect(await told(files, files, { enforced })).toEqual({ ...none, found: ["shop/a.py:5"] });
    const lenient = { ...enforced, canBeSilenced: true };
    expect(await told(files, files, { enforced: lenient })).toEqual({ ...none, suppressed: ["shop/a.py:5"] });
  });
});

describe("what scanners of secrets are told to pass over", () => {
  const leak = (token: string, comment = ""): string => `TOKEN = "${token}"${comment}\n`;
  const [known, other] = [githubToken(), githubToken("gho")];
  const list = { ".gitleaksignore": "shop/a.py:github-pat:1\n" };

  test("in a list is passed over where its line moves, with the list or without", async () => {
    const base = { ...list, "shop/a.py": leak(known) };
    const expected = { ...none, suppressed: ["shop/a.py:3"] };
    expect(await told({ ...list, "shop/a.py": moved(leak(known)) }, base)).toEqual(expected);
    const listed = { ".gitleaksignore": "shop/a.py:github-pat:3\n", "shop/a.py": moved(leak(known)) };
    expect(await told(listed, base)).toEqual(expected);
  });

  test("in a list says nothing of another secret on that line", async () => {
    const base = { ...list, "shop/a.py": leak(known) };
    const change = await told({ ...list, "shop/a.py": leak(other) }, base);
    expect([change.found, change.added]).toEqual([["shop/a.py:1"], ["shop/a.py:1"]]);
  });

  test("by its path is passed over, be it new", async () => {
    const paths = { ".gitleaks.toml": "[allowlist]\npaths = ['''shop/keys/''']\n" };
    const change = await told({ ...paths, "shop/keys/a.py": leak(other) }, paths);
    expect(change).toEqual({ ...none, suppressed: ["shop/keys/a.py:1"] });
  });

  test("beside the secret is passed over where it stands at the base, and makes an old finding no new one", async () => {
    const allowed = { "shop/a.py": leak(known, "  # gitleaks:allow") };
    expect(await told(allowed, allowed)).toEqual({ ...none, suppressed: ["shop/a.py:1"] });
    const added = await told(allowed, { "shop/a.py": leak(known) });
    expect(added).toEqual({ ...none, found: ["shop/a.py:1"], toBeSuppressed: ["shop/a.py:1"] });
  });
});

describe("an advisory that osv-scanner is told to pass over", () => {
  const pinned = { "shop/a.py": "", "requirements.txt": "jinja2==2.11.2\n" };
  const passedOver = { ...pinned, "osv-scanner.toml": '[[IgnoredVulns]]\nid = "GHSA-aaaa-bbbb-cccc"\n' };

  test("is listed where the base says so, wherever the version is locked", async () => {
    expect(await told(passedOver, passedOver)).toEqual({ ...none, suppressed: ["requirements.txt:1"] });
    const moved = { ...passedOver, "requirements.txt": "# web\njinja2==2.11.2\n" };
    expect(await told(moved, passedOver)).toEqual({ ...none, suppressed: ["requirements.txt:2"] });
    expect(await told(passedOver, { ...passedOver, "requirements.txt": "" })).toEqual({
      ...none,
      suppressed: ["requirements.txt:1"],
    });
  });

  test("counts where the change alone says so", async () => {
    expect(await told(passedOver, pinned)).toEqual({ ...none, found: ["requirements.txt:1"] });
  });

  test("counts where the rule is enforced, and its findings may not be waived", async () => {
    const rules = ["dependencies/no-known-vulnerable-dependencies"];
    const enforced = { ...defaultTerms.enforced, rules, canBeSilenced: false };
    expect(await told(passedOver, passedOver, { enforced })).toEqual({ ...none, found: ["requirements.txt:1"] });
  });
});
