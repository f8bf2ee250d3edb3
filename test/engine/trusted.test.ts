import { describe, expect, test } from "@jest/globals";
import noCommittedSecrets from "../../rules/security/no-committed-secrets.ts";
import { reviewSnapshot } from "../../src/engine/review-snapshot.ts";
import { silences, trusted } from "../../src/engine/trusted.ts";
import { type MiniFile, miniSnapshot } from "../support/mini-snapshot.ts";
import { python } from "../support/python.ts";
import { githubToken } from "../support/secrets.ts";

type Files = Readonly<Record<string, MiniFile>>;

const leaking: Files = { "shop/api.py": `TOKEN = "${githubToken()}"\n` };
const ignored: Files = { ".gitleaksignore": "shop/api.py:github-pat:1\n" };
const vendored: Files = { ".gitattributes": "shop/** linguist-vendored\n" };

/** What the rule says of a head whose base holds these files. */
async function outcomeOf(head: Files, base: Files) {
  const snapshot = trusted(miniSnapshot(head), miniSnapshot(base));
  const rules = [{ id: "security/no-committed-secrets", rule: noCommittedSecrets }];
  const review = await reviewSnapshot(snapshot, { rules, date: "2026-11-24", python });
  return review.rules[0]?.outcome;
}

describe("a file that can silence findings", () => {
  test.each([
    [".gitattributes", true],
    ["lib/.gitattributes", true],
    [".gitleaksignore", true],
    [".secrets.baseline", true],
    ["shop/api.py", false],
    [".github/workflows/ci.yml", false],
  ])("%s: %s", (path, expected) => {
    expect(silences(path)).toBe(expected);
  });

  test("silences nothing when the change brings or edits it, and does once it is at the base", async () => {
    expect(await outcomeOf({ ...leaking, ...ignored }, {})).toBe("fail");
    expect(await outcomeOf({ ...leaking, ...vendored }, { ".gitattributes": "docs/** linguist-vendored\n" })).toBe(
      "fail",
    );
    expect(await outcomeOf({ ...leaking, ...ignored }, ignored)).toBe("pass");
  });

  test("that the change deletes still holds for it", async () => {
    expect(await outcomeOf(leaking, ignored)).toBe("pass");
  });
});

test("a head that leaves such files alone is itself", () => {
  const head = miniSnapshot({ ...leaking, ...vendored });
  expect(trusted(head, miniSnapshot(vendored))).toBe(head);
});
