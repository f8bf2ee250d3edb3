#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from "commander";
import { checklists } from "../rules/checklists/index.ts";
import { explainRule, listRules, ruleOf, similarRules } from "./cli/catalogue-command.ts";
import { type EvidenceOptions, makeEvidence, verifyEvidence } from "./cli/evidence-command.ts";
import { fixFolder } from "./cli/fix-command.ts";
import { type InitOptions, initPolicy } from "./cli/init-command.ts";
import { type PolicyOptions, showPolicy, simulateFloor } from "./cli/policy-command.ts";
import { FORMATS } from "./cli/render.ts";
import { type ReviewOptions, reviewTargets, type Streams } from "./cli/review-command.ts";
import { repositoriesOfOrganisation, snapshotOf } from "./cli/targets.ts";
import { testPolicy } from "./cli/test-policy-command.ts";
import { ruleSetVersion } from "./engine/rule-set.ts";
import { DOCS_URL } from "./settings.ts";
import { readSavedSnapshot } from "./snapshot/saved.ts";

/** The command line: 0 when the gate passes, 1 when it does not, 2 for wrong use or unreadable input. */
const streams: Streams = {
  out: process.stdout,
  error: process.stderr,
  color: process.stdout.isTTY === true && !process.env.NO_COLOR,
  progress: process.stderr.isTTY === true,
};

const program = new Command("pyready")
  .description("Judges how ready Python repositories are for production.")
  .version(ruleSetVersion)
  .enablePositionalOptions()
  .exitOverride()
  .configureOutput({ writeErr: (text) => streams.error.write(text.replace(/^error: /, "pyready: ")) });

withReviewOptions(program.command("review"))
  .description("review folders, or repositories on GitHub (with GITHUB_TOKEN)")
  .argument("[target...]", "a folder, or OWNER/REPO[@REF]", ["."])
  .option("--base <ref>", "judge what changed since the target left this branch, tag or commit")
  .addOption(new Option("--save <file>", "keep the snapshot, with what was read of it, for replay"))
  .action(async (targets: readonly string[], options: GivenOptions) => {
    if (options.save && targets.length > 1) fail("--save takes one target");
    const opened = targets.map((name) => ({ name, open: () => snapshotOf(name, process.env, options.base) }));
    process.exitCode = await reviewTargets(opened, optionsOf(options), streams);
  });

withReviewOptions(program.command("replay"))
  .description("judge saved snapshots again")
  .argument("<file...>", "a snapshot as JSON, gzipped or plain")
  .option("--base <file>", "judge what changed since this other snapshot")
  .action(async (files: readonly string[], options: GivenOptions) => {
    const base = async () => (options.base === undefined ? null : readSavedSnapshot(options.base));
    const open = async (name: string) => ({ head: await readSavedSnapshot(name), base: await base() });
    const opened = files.map((name) => ({ name, open: () => open(name) }));
    process.exitCode = await reviewTargets(opened, optionsOf(options), streams);
  });

const policy = withDate(program.command("policy"))
  .description("show the policy that holds for a folder, and where each value comes from")
  .enablePositionalOptions()
  .argument("[target]", "a folder, or OWNER/REPO[@REF]", ".")
  .addOption(new Option("--format <format>", "how it is written").choices(["terminal", "json"]).default("terminal"))
  .option("--organisation <file>", "the policy of the organisation, as in its .github repository")
  .action(async (name: string, options: PolicyOptions) => {
    process.exitCode = await orFail(showPolicy({ name, open: () => snapshotOf(name, process.env) }, options, streams));
  });

withDate(policy.command("simulate"))
  .description("tell which repositories would turn red under a new policy of the organisation, and by which rules")
  .argument("[target...]", "a folder, or OWNER/REPO[@REF]", [])
  .addOption(new Option("--format <format>", "how it is written").choices(["terminal", "json"]).default("terminal"))
  .requiredOption("--floor <file>", "the new policy of the organisation, with what it enforces")
  .option("--org <name>", "every repository of this organisation on GitHub (with GITHUB_TOKEN)")
  .action(async (given: readonly string[], { floor, org, ...options }: SimulateOptions) => {
    const listed = org === undefined ? [] : await orFail(repositoriesOfOrganisation(org, process.env));
    const names = [...given, ...listed];
    if (names.length === 0) fail("name targets, or an organisation by --org");
    const targets = names.map((name) => ({ name, open: () => snapshotOf(name, process.env) }));
    process.exitCode = await orFail(simulateFloor(targets, { ...options, organisation: floor }, streams));
  });

const evidence = withDate(program.command("evidence"))
  .description("write a dated pack of evidence for the controls of a regime")
  .enablePositionalOptions()
  .argument("[target]", "a folder (its last commit, where there is one), or OWNER/REPO[@REF]", ".")
  .addOption(
    new Option("--regime <id...>", "the regimes; those that the policy names when absent").choices(
      checklists.map(({ id }) => id),
    ),
  )
  .option("--output <folder>", "where packs are kept, each in a folder of its own behind the one before it")
  .action(async (name: string, { output, ...options }: Partial<EvidenceOptions> & Pick<EvidenceOptions, "date">) => {
    // Not asked for by the parser, which would ask for it to verify as well.
    if (output === undefined) fail("name the folder for packs by --output");
    process.exitCode = await orFail(makeEvidence(name, { ...options, output }, process.env, streams));
  });

evidence
  .command("verify")
  .description("check that packs are as they were made, and that none is missing between them")
  .argument("<folder>", "where packs are kept")
  .option("--expect <digest>", "the digest of a newest pack, as it was noted elsewhere")
  .action(async (folder: string, options: { readonly expect?: string }) => {
    process.exitCode = await orFail(verifyEvidence(folder, options, streams));
  });

withDate(program.command("fix"))
  .description("repair what can be repaired for sure, in a folder")
  .argument("[path]", "the folder", ".")
  .option("--rule <id...>", "repair what these rules find, and nothing else")
  .option("--dry-run", "print a patch instead, and change nothing")
  .action(async (path: string, options: { rule?: readonly string[]; dryRun?: boolean; date: string }) => {
    for (const id of options.rule ?? []) assertRule(id);
    const only = options.rule?.map((id) => ruleOf(id)?.id ?? id);
    const fixing = { only, date: options.date, dryRun: options.dryRun === true, environment: process.env };
    process.exitCode = await fixFolder(path, fixing, streams);
  });

withDate(program.command("init"))
  .description("write a commented .github/pyready.yml for what is found in a folder")
  .argument("[folder]", "the repository's folder", ".")
  .option("--dry-run", "print it instead")
  .action(async (folder: string, options: InitOptions) => {
    process.exitCode = await orFail(initPolicy(folder, options, streams));
  });

withDate(program.command("test-policy"))
  .description("check the policy of a folder, and run the tests of its own rules")
  .argument("[folder]", "the repository's folder", ".")
  .action(async (folder: string, options: { readonly date: string }) => {
    process.exitCode = await orFail(testPolicy(folder, options, streams));
  });

program
  .command("rules")
  .description("list the rules")
  .action(() => streams.out.write(listRules(streams.color)));

program
  .command("explain")
  .description("say why a rule matters and how to fix what it finds")
  .argument("<rule>", "a rule's id, as category/claim")
  .action((id: string) => {
    assertRule(id);
    streams.out.write(explainRule(id, streams.color) ?? "");
  });

try {
  await program.parseAsync();
} catch (error) {
  const { code, exitCode } = error as { code?: string; exitCode?: number };
  if (!code?.startsWith("commander.")) throw error;
  process.exitCode = exitCode === 0 ? 0 : 2;
}

interface SimulateOptions extends PolicyOptions {
  readonly floor: string;
  readonly org?: string;
}

interface GivenOptions {
  readonly format: ReviewOptions["format"];
  readonly output?: string;
  readonly minScore?: number;
  readonly date: string;
  readonly save?: string;
  readonly repairs?: boolean;
  readonly base?: string;
}

function optionsOf({ format, output, minScore, date, save, repairs }: GivenOptions): ReviewOptions {
  // Who opens a page wants to see what to do; who reads a hundred reports by a program says so.
  const tried = repairs ?? format === "html";
  return { format, output, minScore, date, save, repairs: tried, docsUrl: process.env.PYREADY_DOCS_URL || DOCS_URL };
}

function withReviewOptions(command: Command): Command {
  return withDate(command)
    .addOption(new Option("--format <format>", "how the report is written").choices(FORMATS).default("terminal"))
    .option("--output <file>", "write the report to a file, or a file each into a folder")
    .option("--min-score <n>", "do not pass below this score", scoreOf)
    .option("--repairs", "try what `pyready fix` would change, and mark it; the HTML report always does");
}

function withDate(command: Command): Command {
  const today = new Date().toISOString().slice(0, 10);
  return command.option("--date <day>", "count end-of-life and expiry from this ISO day", dayOf, today);
}

/** What went wrong for a person who named it is one line. */
function orFail<Value>(wanted: Promise<Value>): Promise<Value> {
  return wanted.catch((error: Error) => fail(error.message.split("\n", 1)[0] ?? ""));
}

function assertRule(id: string): void {
  if (ruleOf(id)) return;
  const similar = similarRules(id);
  fail(`there is no rule ${JSON.stringify(id)}${similar.length ? `; there is ${similar.join(", ")}` : ""}`);
}

function scoreOf(given: string): number {
  const score = Number(given);
  if (given.trim() === "" || !(score >= 0 && score <= 100))
    throw new InvalidArgumentError("It is a number from 0 to 100.");
  return score;
}

function dayOf(given: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(given) || Number.isNaN(Date.parse(given)))
    throw new InvalidArgumentError("It is a day, as 2026-11-22.");
  return given;
}

function fail(reason: string): never {
  streams.error.write(`pyready: ${reason}\n`);
  process.exit(2);
}
