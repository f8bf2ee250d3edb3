import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { rules } from "../rules/index.ts";
import { compare } from "../src/engine/compare.ts";
import type { Review } from "../src/engine/review.ts";
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
import type { Snapshot } from "../src/snapshot/snapshot.ts";
import type { GitFiles } from "../test/sandbox/git-objects.ts";
import { webOf } from "../test/sandbox/page/web.ts";
import { sample } from "../test/sandbox/samples.ts";
import { startSandbox } from "../test/sandbox/sandbox.ts";
import { launchBrowser } from "../test/support/browser.ts";
import { miniSnapshot } from "../test/support/mini-snapshot.ts";
import { poor } from "../test/support/repositories.ts";

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
const review = (snapshot: Snapshot): Promise<Review> => reviewSnapshot(snapshot, { rules, date, python });
/** A sample holds text alone. */
const reviewFiles = (files: GitFiles): Promise<Review> => review(miniSnapshot(files as Record<string, string>));

const base = sample("orders-api");
const change = { ...base, ...sample("orders-api-change") };
const sound = await reviewFiles(base);
const worse = await reviewFiles(change);
const bad = await reviewFiles(poor);
const touching = {
  touched: new Set(["Dockerfile", "src/orders/warehouse.py"]),
  removed: new Set<string>(),
  renames: new Map<string, string>(),
};
const compared = (from: Review, to: Review): Assessment =>
  assess(to, compare(to, { ...from, commit: "4f1c2ab".padEnd(40, "0") }, touching), defaultPolicy);

const states: [name: string, assessment: Assessment, context: Partial<PublishContext>][] = [
  [
    "adds",
    compared(sound, worse),
    {
      isFirst: true,
      mayProposeFixes: true,
      repairable: new Set(["ci-cd/timeouts-set", "deployment/dockerignore-present"]),
    },
  ],
  ["adds-without-base", assess(worse, null, defaultPolicy), {}],
  ["fixes", compared(bad, sound), {}],
  ["debt", compared(bad, bad), {}],
  ["policy", withPolicy(compared(sound, worse)), {}],
  ["no-python", assess(await reviewFiles({ "main.go": "package main\n" }), null, defaultPolicy), {}],
];
for (const folder of folders) {
  const whole = await review(await folderSnapshot(folder));
  const { added, ...comparison } = compare(whole, whole, touching);
  const [first, ...unchanged] = comparison.unchanged;
  states.push([
    basename(folder).replace(/[^\w.-]/g, "-"),
    assess(whole, { ...comparison, added: first ? [first] : added, unchanged }, defaultPolicy),
    {},
  ]);
}
await python.close();

const sandbox = await startSandbox();
sandbox.serveWeb(webOf(sandbox, "grace"));
const browser = await launchBrowser();
mkdirSync(into, { recursive: true });
for (const [name, assessment, more] of states) {
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
  const saying = sayingOf(assessment);
  const comment =
    saying?.form === "findings" ? pullRequestComment(assessment, context) : oneLineComment(assessment, context);
  await show(name, assessment.conclusion, checkRunOutput(assessment, context), saying?.worthANewOne ? comment : "");
}
await show("our-failure", "action_required", failureOutput("GitHub answered 502.", { reviewId: "rv_0f9c" }), "");
await browser.close();
await sandbox.close();

/** A policy that has something to say, and a rule that it waives. */
function withPolicy({ review: found, ...assessment }: Assessment): Assessment {
  const waiver = { reason: "The runbook is in the wiki.", owner: "@acme/platform", expires: "2027-03-01" };
  const waived = found.rules.map((result) =>
    result.id === "documentation/runbook-present"
      ? {
          ...result,
          outcome: "waived" as const,
          value: null,
          waived: result.evidence.map((one) => ({ ...one, ...waiver })),
        }
      : result,
  );
  const path = ".github/pyready.yml";
  return {
    ...assessment,
    review: { ...found, rules: waived },
    notices: [
      { kind: "error", path, line: 7, message: "rules/ci-cd/tests-rnu is no rule; did you mean ci-cd/tests-run?" },
      { kind: "change", path, line: 12, message: "3 findings of testing/coverage-gate will be waived." },
      { kind: "unused", path, line: 31, message: "The waiver of security/tls-verified covers nothing." },
      { kind: "expiry", path, line: 20, message: "The waiver of deployment/probes ends on 2026-12-01." },
    ],
  };
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
