import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Browser } from "playwright-core";
import { chromiumPath, launchBrowser } from "../support/browser.ts";
import { startTestBed, type TestBed } from "../support/running-server.ts";
import { webOf } from "./page/web.ts";
import { sample } from "./samples.ts";
import type { PullRequest, Repository } from "./state.ts";

const inBrowser = chromiumPath ? describe : describe.skip;
if (!chromiumPath) console.warn("Skipped: the page is looked at in Chromium, which is not installed here.");

inBrowser("the pull request's page", () => {
  let bed: TestBed;
  let browser: Browser;
  let repository: Repository;
  let pull: PullRequest;
  let url: string;

  beforeAll(async () => {
    bed = await startTestBed();
    const files = sample("orders-api");
    repository = bed.sandbox.createRepository({
      owner: "acme",
      name: "orders-api",
      files,
      permissions: { grace: "write" },
    });
    await bed.sandbox.install([repository]);
    pull = await bed.sandbox.openPullRequest(repository, {
      title: "Hand orders <b>to</b> the warehouse",
      author: "ada",
      branch: "warehouse",
      files: { ...files, ...sample("orders-api-change") },
    });
    bed.sandbox.serveWeb(webOf(bed.sandbox, "grace"));
    url = `${bed.sandbox.url}/acme/orders-api/pull/${pull.number}`;
    browser = await launchBrowser();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await bed?.close();
  });

  test("shows the check run and the comment, and answers /recheck while it is open", async () => {
    const page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
    await page.goto(url);
    await page.waitForSelector(".comment .markdown table");
    expect(await page.textContent(".checks h2")).toContain("Not ready: 1 blocker");
    expect(await page.textContent("h1")).toContain("Hand orders <b>to</b> the warehouse");
    expect(await page.locator(".comment .markdown td code", { hasText: "Dockerfile:9" }).count()).toBe(1);
    await page.fill("textarea", "/recheck");
    await page.click("button:has-text('Comment')");
    await page.waitForSelector(".reaction:has-text('🚀')");
    expect(bed.sandbox.ourComments(repository, pull.number)).toHaveLength(1);
    await page.close();
  }, 60_000);

  test("runs the review again at the press of the check's button", async () => {
    const page = await browser.newPage();
    await page.goto(url);
    const [run] = bed.sandbox.checkRuns(repository, pull.headSha);
    const before = run?.externalId;
    await page.click(".checks button:has-text('Run again')");
    await bed.sandbox.waitFor("the new review", () => (run?.externalId === before ? undefined : run));
    await page.close();
  }, 60_000);

  test("leads from a finding to its line, and from the comment to the check run", async () => {
    const page = await browser.newPage();
    await page.goto(url);
    await page.click(".comment .markdown td a:has-text('Dockerfile:9')");
    expect(await page.textContent(".source :target")).toContain("WAREHOUSE_TOKEN");
    await page.goto(url);
    await page.click(".comment a:has-text('full report')");
    await page.waitForURL(/#run-\d+$/);
    expect(await page.textContent(`${new URL(page.url()).hash} h2`)).toContain("Not ready: 1 blocker");
    await page.close();
  }, 60_000);

  test("fits a narrow screen", async () => {
    const page = await browser.newPage({ viewport: { width: 400, height: 800 } });
    await page.goto(url);
    await page.waitForSelector(".comment .markdown table");
    const { width, content } = (await page.evaluate(
      "({ width: innerWidth, content: document.documentElement.scrollWidth })",
    )) as { width: number; content: number };
    expect(content).toBeLessThanOrEqual(width);
    await page.close();
  }, 60_000);
});
