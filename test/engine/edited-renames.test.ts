import { expect, test } from "@jest/globals";
import { rules as catalogue } from "../../rules/index.ts";
import type { Finding } from "../../src/engine/comparison.ts";
import { reviewChange } from "../../src/engine/review-change.ts";
import { defaultTerms } from "../../src/engine/terms.ts";
import { miniSnapshot } from "../support/mini-snapshot.ts";
import { python } from "../support/python.ts";

const TIMEOUTS = "code-quality/outbound-calls-have-timeouts";
const rules = catalogue.filter(({ id }) => id === TIMEOUTS);
type Files = Readonly<Record<string, string>>;

const shown = ({ evidence }: Finding): string => `${evidence?.path}:${evidence?.line}`;

async function changed(base: Files, head: Files, severity: "critical" | "medium" = "medium") {
  const terms = { ...defaultTerms, rules: { [TIMEOUTS]: { off: false, severity, by: "" } } };
  const { comparison } = await reviewChange(
    miniSnapshot(head),
    { isProposed: true, snapshot: async () => miniSnapshot(base) },
    { rules, date: "2026-11-25", python, terms: async () => terms },
  );
  const { added = [], fixed = [], unchanged = [] } = comparison ?? {};
  return { added: added.map(shown), fixed: fixed.map(shown), unchanged: unchanged.map(shown) };
}

const bill = (called: string): string =>
  `import requests\n\n\ndef total(order):\n    return sum(order.prices)\n\n\ndef bill(url):\n    return requests.${called}\n`;
const other = `import requests\n\n\nclass Mailer:\n    def send(self, address):\n        return requests.get(address)\n`;

test.each<[string, Files, Files, Partial<Awaited<ReturnType<typeof changed>>>]>([
  [
    "keeps what its edited lines are found for, where that does not block",
    { "shop/bill.py": bill("get(url)") },
    { "shop/billing.py": bill("get(url, verify=True)") },
    { unchanged: ["shop/billing.py:9"] },
  ],
  [
    "is not taken for another file of its kind",
    { "shop/bill.py": bill("get(url)") },
    { "shop/mailer.py": other },
    { added: ["shop/mailer.py:6"], fixed: ["shop/bill.py:9"] },
  ],
  [
    "goes with the one that is most like it",
    { "shop/bill.py": bill("get(url)"), "shop/mailer.py": other },
    { "store/mail.py": `${other}\nRETRIES = 3\n`, "store/pay.py": bill("get(url, verify=True)") },
    { unchanged: ["store/mail.py:6", "store/pay.py:9"] },
  ],
])("a file that is renamed and edited %s", async (_, base, head, expected) => {
  expect(await changed(base, head)).toEqual({ added: [], fixed: [], unchanged: [], ...expected });
});

test("a line that blocks and is edited on the way is new all the same", async () => {
  const base = { "shop/bill.py": bill("get(url)") };
  expect(await changed(base, { "shop/billing.py": bill("get(url, verify=True)") }, "critical")).toEqual({
    added: ["shop/billing.py:9"],
    fixed: ["shop/bill.py:9"],
    unchanged: [],
  });
});
