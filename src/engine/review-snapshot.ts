import type { AnyFact } from "../facts/fact.ts";
import { facts as allFacts, type Facts } from "../facts/index.ts";
import { createParseCache, type ParseCache } from "../facts/parse-cache.ts";
import { MAX_SOURCES, preferSources, sourcesOf } from "../facts/source/sources.ts";
import { Tree } from "../facts/tree.ts";
import type { AnyRule, CataloguedRule } from "../rule.ts";
import type { AdvisorySource } from "../snapshot/advisories.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { closureOf } from "./closure.ts";
import { keep, recall, standingOf } from "./earlier.ts";
import type { PythonReader } from "./extraction.ts";
import { namesWith } from "./fact-names.ts";
import type { View } from "./fact-values.ts";
import type { LineOf } from "./fingerprints.ts";
import { type Gathered, gather } from "./gather.ts";
import { judgeRules } from "./judge-rules.ts";
import type { JudgedRule } from "./judged-rule.ts";
import { advisoriesFor, lookedUp } from "./outside.ts";
import type { LookedAt, Review } from "./review.ts";
import { ReviewValues } from "./review-values.ts";
import { ruleSetVersion } from "./rule-set.ts";
import { MAX_COMPONENTS } from "./subjects.ts";
import { summarise } from "./summarise.ts";
import type { Compared } from "./suppress.ts";
import { defaultTerms, type Terms } from "./terms.ts";

/** What a review needs beside the repository. */
export interface ReviewOptions {
  readonly rules: readonly CataloguedRule[];
  /** ISO day from which end-of-life and expiry are counted. */
  readonly date: string;
  /** What earlier reviews of the same tenant parsed, and came to. */
  readonly cache?: ParseCache;
  readonly python: PythonReader;
  /** What the policy says of judging; asked once the files were read, as it may stand among them. */
  readonly terms?: () => Promise<Terms>;
  /** The paths that a change touches; asked only where there is more Python than is read. */
  readonly changed?: () => Promise<ReadonlySet<string>>;
  /** What is known of locked versions; absent where nobody asked. */
  readonly advisories?: AdvisorySource;
  /**
   * What the snapshot is compared with, where it is a change that nobody merged: what it silences itself is then not
   * silenced. Asked once the files were read.
   */
  readonly before?: () => Promise<Compared | null>;
  /** True where the rules' repairs will be asked for: what only they need is then read as well. */
  readonly withRepairs?: boolean;
}

/** A review with the judgements that it was made of. */
export interface JudgedSnapshot {
  readonly review: Review;
  readonly judged: readonly JudgedRule[];
}

/** Characters and folders of a path that is looked at: no checkout of a project needs more. */
const MAX_PATH = 1000;
const MAX_DEPTH = 60;

/**
 * Judges a repository at one commit: reads what the rules' facts ask for, runs the rules, scores.
 * The same tree, rule set and date give the same review, to the digit.
 * @throws when the snapshot's source fails; a file or rule that fails does not end the review.
 */
export async function reviewSnapshot(whole: Snapshot, options: ReviewOptions): Promise<Review> {
  return (await judgeSnapshot(whole, options)).review;
}

/** The same, with what each rule said of each component. */
export async function judgeSnapshot(whole: Snapshot, options: ReviewOptions): Promise<JudgedSnapshot> {
  const snapshot = withinReach(whole);
  const needed = closureOf([
    allFacts.attributes,
    allFacts.components,
    allFacts.profile,
    ...options.rules.flatMap(({ rule }) => factsOf(rule, options)),
  ]);
  const { cache = createParseCache(), python, date } = options;
  const { tree, preferred } = await treeOf(snapshot, options);
  const standing = standingOf(snapshot, tree, date, preferred);
  const earlier = recall(cache, snapshot, standing);
  const names = namesWith(options.rules);
  const read = await gather(snapshot, tree, needed, names, { cache, python, known: earlier?.wanted });
  const values = new ReviewValues(read, date, earlier);
  const advisories = await advisoriesFor(values.raw, needed, options.advisories);
  const gathered = advisories ? { ...read, advisories } : read;
  values.gathered = gathered;
  const terms = (await options.terms?.()) ?? defaultTerms;
  const lineOf = linesOf(gathered.contents);
  const before = (await options.before?.()) ?? null;
  const judgedWith = { rules: options.rules, date, lineOf, before };
  const { rules, previews, components, repository, beyond } = judgeRules(values, terms, judgedWith);
  keep(cache, gathered, standing, values.left);
  const judged = rules.map((rule) => ({ ...rule, ...originOf(rule, gathered) }));
  const review = {
    repository: snapshot.repository.name,
    commit: snapshot.commit,
    ruleSet: terms.ruleSet ?? ruleSetVersion,
    date: options.date,
    ...summarise(judged, components, lineOf, terms.waivers),
    previews,
    lookedAt: lookedAt(gathered, repository.tree, beyond),
  };
  return { review, judged };
}

function factsOf(
  { needs, repairNeeds = [], facts = {} }: AnyRule,
  { withRepairs = false }: Pick<ReviewOptions, "withRepairs"> = {},
): readonly AnyFact[] {
  const names: readonly (keyof Facts)[] = withRepairs ? [...needs, ...repairNeeds] : needs;
  return [...names.map((name) => allFacts[name]), ...Object.values(facts)];
}

/** The tree, with the sources that a change touches among those that are read. */
async function treeOf(
  snapshot: Snapshot,
  { changed }: ReviewOptions,
): Promise<{ readonly tree: Tree; readonly preferred: ReadonlySet<string> }> {
  const tree = new Tree(snapshot.tree);
  if (!changed || sourcesOf(tree).shipped.length <= MAX_SOURCES) return { tree, preferred: new Set() };
  const preferred = await changed();
  preferSources(tree, preferred);
  return { tree, preferred };
}

/** The snapshot without paths that no file system takes; what is absent then proves nothing. */
function withinReach(snapshot: Snapshot): Snapshot {
  const tree = snapshot.tree.filter(({ path }) => path.length <= MAX_PATH && path.split("/").length <= MAX_DEPTH);
  return tree.length === snapshot.tree.length ? snapshot : { ...snapshot, tree, complete: false };
}

/** Where what a rule was told comes from, and, if it could not judge, which files of its facts nobody could read. */
function originOf({ rule, judged }: Pick<JudgedRule, "rule" | "judged">, { harvests }: Gathered) {
  const needed = closureOf(factsOf(rule));
  const isUnknown = judged.some(({ outcome }) => outcome === "unknown");
  const unread = isUnknown ? needed.flatMap((fact) => [...(harvests.get(fact)?.unread.keys() ?? [])]) : [];
  return { isOfToday: needed.some(({ isOfToday }) => isOfToday), unread: [...new Set(unread)].sort() };
}

/** Hands out the lines of the files whose text is held; a file is parted once. */
function linesOf(contents: Gathered["contents"]): LineOf {
  const parted = new Map<string, readonly string[]>();
  return (path, line) => {
    const content = contents.get(path);
    if (content?.kind !== "text") return undefined;
    const lines = parted.get(path) ?? content.text.split("\n");
    parted.set(path, lines);
    return lines[line - 1];
  };
}

function lookedAt(
  { snapshot, contents, harvests, advisories }: Gathered,
  tree: Tree,
  leftOut: readonly View[],
): LookedAt {
  const texts = [...contents.values()].flatMap((content) => (content.kind === "text" ? [content.text.length] : []));
  const unread = new Map([...harvests.values()].flatMap(({ unread }) => [...unread]));
  for (const { component } of leftOut) unread.set(component.root, `only ${MAX_COMPONENTS} components are judged`);
  return {
    files: snapshot.tree.length,
    read: texts.length,
    characters: texts.reduce((sum, length) => sum + length, 0),
    sources: sourcesRead(tree, contents),
    complete: snapshot.complete,
    settingsReadAt: snapshot.settings?.readAt ?? null,
    advisories: advisories ? lookedUp(advisories) : null,
    unreadable: [...unread].map(([path, reason]) => ({ path, reason })).sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

/** How much of the shipped Python was read. */
function sourcesRead(tree: Tree, contents: Gathered["contents"]): LookedAt["sources"] {
  const { shipped } = sourcesOf(tree);
  return { read: shipped.filter((path) => contents.get(path)?.kind === "text").length, of: shipped.length };
}
