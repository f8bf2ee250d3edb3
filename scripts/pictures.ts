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
import { checkRunOutput } from "../src/report/check-run.ts";
import { oneLineComment, pullRequestComment } from "../src/report/comment.ts";
import { failureOutput } from "../src/report/failure.ts";
import type { PublishContext } from "../src/report/publish-context.ts";
import { folderSnapshot } from "../src/snapshot/folder.ts";
import { webOf } from "../test/sandbox/page/web.ts";
import { sample } from "../test/sandbox/samples.ts";
import { startSandbox } from "../test/sandbox/sandbox.ts";
import { launchBrowser } from "../test/support/browser.ts";
import { type State, statesOf } from "./pictures/states.ts";

/**
 * Takes pictures of the check run and the comment in each of their states, on a wide and a narrow screen,
 * closed and opened: `npm run pictures -- INTO [FOLDER…]`. A FOLDER is shown with its first finding as new.
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
  });
}
await python.close();

const sandbox = await startSandbox();
sandbox.serveWeb(webOf(sandbox, "grace"));
const browser = await launchBrowser();
mkdirSync(into, { recursive: true });
for (const { name, assessment, context: more, comment } of states) {
  const context: PublishContext = {
    headSha: "9b2e7d1".padEnd(40, "0"),
    reviewId: "rv_0f9c",
    durationMs: 3400,
    requests: 7,
    docsUrl: "https://docs.example.invalid/rules",
    filesUrl: "https://github.example.invalid/acme/orders-api/blob/9b2e7d1",
    checkUrl: "https://github.example.invalid/acme/orders-api/runs/1",
    baseBranch: "main",
    ...more,
  };
  const said = comment?.(context) ?? commentOn(assessment, context);
  await show(name, assessment.conclusion, checkRunOutput(assessment, context), said);
}
await show("our-failure", "action_required", failureOutput("GitHub answered 502.", { reviewId: "rv_0f9c" }), "");
await browser.close();
await sandbox.close();

/** The comment that an assessment begins; empty where it has nothing to say. */
function commentOn(assessment: Assessment, context: PublishContext): string {
  const { form, worthANewOne } = sayingOf(assessment);
  if (!worthANewOne) return "";
  return form === "findings" ? pullRequestComment(assessment, context) : oneLineComment(assessment, context);
}

/** Puts it all on a pull request's page, and takes the pictures. */
async function show(
  name: string,
  conclusion: string,
  { title, summary, annotations, actions }: ReturnType<typeof checkRunOutput>,
  comment: string,
): Promise<void> {
  const repository = sandbox.createRepository({ owner: "acme", name, files: base, permissions: {} });
  const pull = await sandbox.openPullRequest(repository, {
    title: `State: ${name}`,
    author: "ada",
    branch: "change",
    files: change,
  });
  repository.checkRuns.push({
    ...{ id: 1, appId: sandbox.app.id, name: "pyready", headSha: pull.headSha, externalId: "", status: "completed" },
    ...{ conclusion, title, summary, actions, startedAt: "", completedAt: "", history: [] },
    annotations: annotations.map(({ path, line, level, ...words }) => ({
      ...{ path, start_line: line, end_line: line, annotation_level: level },
      ...words,
    })),
  });
  if (comment) await sandbox.comment(repository, pull.number, "pyready", comment);
  for (const width of WIDTHS) {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    await page.goto(`${sandbox.url}/acme/${name}/pull/${pull.number}`);
    await page.screenshot({ path: join(into as string, `${name}-${width}.png`), fullPage: true });
    await page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true");
    await page.screenshot({ path: join(into as string, `${name}-${width}-open.png`), fullPage: true });
    await page.close();
  }
}
