import { expect, test } from "@jest/globals";
import { htmlReport } from "../../../src/report/html/report.ts";
import { chromiumPath, launchBrowser } from "../../support/browser.ts";
import { assessmentOf, context, evidenceAt, resultOf, reviewOf } from "../../support/reviews.ts";

const word = "a_word_without_any_place_to_break_it_".repeat(5);
const path = `services/${word}/${word}.py`;
const wide = assessmentOf(
  [
    resultOf({ title: word, why: word, fix: word, evidence: [evidenceAt(path, 1, word)] }),
    resultOf({ id: "ci-cd/a", outcome: "unknown", value: null, gain: null, reason: word }),
    resultOf({
      ...{ id: "ci-cd/b", outcome: "waived", value: null, gain: null },
      waived: [{ ...evidenceAt(path, 1, word), reason: word, owner: word, expires: "2027-03-01" }],
    }),
  ],
  {
    repository: word,
    profileEvidence: [{ path, line: null, message: word }],
    components: [path, "b"].map((root) => ({ root, profile: "library", score: 1, lines: 428_367 })),
    lookedAt: { ...reviewOf().lookedAt, unreadable: [{ path, reason: word }] },
  },
);

// Without Chromium on the machine, whoever looks at the page has to see it.
(chromiumPath ? test : test.skip)("nothing leaves the page on a narrow screen, or asks for anything", async () => {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 390, height: 900 } });
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("console", (message) => asked.push(message.text()));
    await page.setContent(htmlReport(wide, context));
    await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    expect(asked).toEqual([]);
  } finally {
    await browser.close();
  }
});
