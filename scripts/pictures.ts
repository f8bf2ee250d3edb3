import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { rules } from "../rules/index.ts";
import { compare } from "../src/engine/compare.ts";
import { reviewSnapshot } from "../src/engine/review-snapshot.ts";
import { assess } from "../src/policy/assess.ts";
import type { Assessment } from "../src/policy/assessment.ts";
import { defaultPolicy } from "../src/policy/policy.ts";
import { sayingOf } from "../src/policy/saying.ts";
import { createPythonReader } from "../src/python/pool.ts";
import { type CheckRunOutput, checkRunOutput } from "../src/report/check-run.ts";
import { oneLineComment, pullRequestComment } from "../src/report/comment.ts";
import { failureOutput } from "../src/report/failure.ts";
import { htmlReport } from "../src/report/html/report.ts";
import type { PublishContext } from "../src/report/publish-context.ts";
import { regimeCheckRuns } from "../src/report/regime-check.ts";
import { folderSnapshot } from "../src/snapshot/folder.ts";
import { webOf } from "../test/sandbox/page/web.ts";
import { sample } from "../test/sandbox/samples.ts";
import { startSandbox } from "../test/sandbox/sandbox.ts";
import { launchBrowser } from "../test/support/browser.ts";
import { type State, statesOf } from "./pictures/states.ts";

/**
 * Takes pictures of the check runs and the comments in each of their states, on a wide and a narrow screen,
 * closed and opened, and of HTML reports, dark and on paper as well: `npm run pictures -- INTO [FOLDER…]`.
 * A FOLDER is shown with its first finding as new.
 */
const [into, ...folders] = process.argv.slice(2);
if (!into) {
  console.error("Usage: npm run pictures -- INTO [FOLDER…]");
  process.exit(2);
}
const WIDTHS = [1280, 390];
const date = new Date().toISOString().slice(0, 10);
const python = createPythonReader({ threads: 1 });
const base = sample("orders-api");
const change = { ...base, ...sample("orders-api-change") };
const states: State[] = [...(await statesOf(python, date))];
for (const folder of folders) {
  const whole = await reviewSnapshot(await folderSnapshot(folder), { rules, date, python });
  const unchanged = { touched: new Set<string>(), removed: new Set<string>(), renames: new Map<string, string>() };
  const { added, ...comparison } = compare(whole, whole, unchanged);
  const [first, ...others] = comparison.unchanged;
  states.push({
    name: basename(folder).replace(/[^\w.-]/g, "-"),
    assessment: assess(whole, { ...comparison, added: first ? [first] : added, unchanged: others }, defaultPolicy),
    context: {},
    hasPage: true,
  });
}
await python.close();

const sandbox = await startSandbox();
sandbox.serveWeb(webOf(sandbox, "grace"));
const browser = await launchBrowser();
mkdirSync(into, { recursive: true });
for (const { name, assessment, context: more, comments, isOfPull = true, hasPage } of states) {
  const context: PublishContext = {
    headSha: "9b2e7d1".padEnd(40, "0"),
    reviewId: "rv_0f9c",
    durationMs: 3400,
    requests: 7,
    docsUrl: "https://docs.example.invalid/rules",
    filesUrl: "https://github.example.invalid/acme/orders-api/blob/9b2e7d1",
    checkUrl: "https://github.example.invalid/acme/orders-api/runs/1",
    ...(isOfPull && { baseBranch: "main" }),
    ...more,
  };
  const said = comments?.(context) ?? commentOn(assessment, context);
  const own = { name: "pyready", conclusion: assessment.conclusion, ...checkRunOutput(assessment, context) };
  const ofRegimes = regimeCheckRuns(assessment, context).map((run) => ({
    ...run,
    ...{ name: `pyready / ${run.regime}`, annotations: [], actions: [] },
  }));
  await show(name, [own, ...ofRegimes], said);
  if (hasPage) await showPage(name, htmlReport(assessment, context));
}
const failure = failureOutput("GitHub answered 502.", { reviewId: "rv_0f9c" });
await show("our-failure", [{ name: "pyready", conclusion: "action_required", ...failure }], []);
await browser.close();
await sandbox.close();

/** The comment that an assessment begins; none where it has nothing to say. */
function commentOn(assessment: Assessment, context: PublishContext): readonly string[] {
  const { form, worthANewOne } = sayingOf(assessment);
  if (!worthANewOne) return [];
  return [form === "findings" ? pullRequestComment(assessment, context) : oneLineComment(assessment, context)];
}

/** Puts it all on a pull request's page, and takes the pictures. */
async function show(
  name: string,
  runs: readonly (CheckRunOutput & { readonly name: string; readonly conclusion: string })[],
  comments: readonly string[],
): Promise<void> {
  const repository = sandbox.createRepository({ owner: "acme", name, files: base, permissions: {} });
  const pull = await sandbox.openPullRequest(repository, {
    title: `State: ${name}`,
    author: "ada",
    branch: "change",
    files: change,
  });
  for (const [index, { annotations, ...run }] of runs.entries())
    repository.checkRuns.push({
      ...{ id: index + 1, appId: sandbox.app.id, headSha: pull.headSha, externalId: "", status: "completed" },
      ...{ ...run, startedAt: "", completedAt: "", history: [] },
      annotations: annotations.map(({ path, line, level, ...words }) => ({
        ...{ path, start_line: line, end_line: line, annotation_level: level },
        ...words,
      })),
    });
  for (const comment of comments) await sandbox.comment(repository, pull.number, "pyready", comment);
  for (const width of WIDTHS) {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    await page.goto(`${sandbox.url}/acme/${name}/pull/${pull.number}`);
    await page.screenshot({ path: join(into as string, `${name}-${width}.png`), fullPage: true });
    await page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true");
    await page.screenshot({ path: join(into as string, `${name}-${width}-open.png`), fullPage: true });
    await page.close();
  }
}

/** An HTML report as it is read on screens, light and dark, and on paper. */
async function showPage(name: string, report: string): Promise<void> {
  for (const width of WIDTHS)
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      await page.setContent(report);
      const path = join(into as string, `${name}-html-${width}-${colorScheme}.png`);
      await page.screenshot({ path, fullPage: true });
      await page.close();
    }
  const page = await browser.newPage();
  await page.setContent(report);
  await page.pdf({ path: join(into as string, `${name}-html.pdf`), format: "A4", printBackground: true });
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 760, height: 1000 });
  await page.screenshot({ path: join(into as string, `${name}-html-print.png`), fullPage: true });
  await page.close();
}
