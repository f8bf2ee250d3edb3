import type { Edit } from "../../edit.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import { applyEdits, type Commits, questionOf } from "./apply-edits.ts";
import type { FileChange } from "./edited-snapshot.ts";
import { EditRefused } from "./splice.ts";

/** The port to what knows the commits of tags: GitHub. */
export interface TagReader {
  /** The full commit that a tag or branch names; undefined where there is none. */
  commitOf(owner: string, repository: string, ref: string): Promise<string | undefined>;
}

/** Tags that are looked up for one repository. */
const MAX_QUESTIONS = 100;
const COMMIT = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

/** Asks for the commits that pins need; without anybody to ask there are none. */
export async function commitsFor(edits: readonly Edit[], tags: TagReader | undefined): Promise<Commits> {
  const pins = edits.filter((edit) => edit.kind === "pin");
  const questions = [...new Map(pins.map((pin) => [questionOf(pin), pin]))].slice(0, tags ? MAX_QUESTIONS : 0);
  const commits = new Map<string, string>();
  for (const [question, { owner, repository, ref }] of questions) {
    const commit = await tags?.commitOf(owner, repository, ref);
    if (commit && COMMIT.test(commit)) commits.set(question, commit);
  }
  return commits;
}

/**
 * The files that edits change, as they are before and after.
 * @throws EditRefused where one cannot be edited, or edits do not fit each other
 */
export async function changesBy(
  snapshot: Snapshot,
  edits: readonly Edit[],
  commits: Commits,
): Promise<readonly FileChange[]> {
  const byPath = Map.groupBy(edits, ({ path }) => path);
  const entries = snapshot.tree.filter(({ path }) => byPath.has(path));
  const link = entries.find(({ mode }) => !mode.startsWith("100"));
  if (link) throw new EditRefused(`${link.path} is a link`);
  const contents = await snapshot.read(entries);
  const changes = [...byPath].map(([path, ofPath]) => {
    const isThere = entries.some((entry) => entry.path === path);
    const content = contents.get(path);
    if (isThere && (content?.kind !== "text" || content.cut)) throw new EditRefused(`${path} cannot be read whole`);
    const before = content?.kind === "text" ? content.text : null;
    return { path, before, after: applyTo(path, before, ofPath, commits) };
  });
  for (const { path, before } of changes) if (before === null) assertFree(snapshot, path);
  return changes.filter(({ before, after }) => before !== after);
}

function applyTo(path: string, before: string | null, edits: readonly Edit[], commits: Commits): string {
  try {
    return applyEdits(before ?? undefined, edits, commits);
  } catch (error) {
    if (error instanceof EditRefused) throw new EditRefused(`${path}: ${error.message}`);
    throw error;
  }
}

/** A new file stands in no file, no link and no other repository, and no folder stands in its place. */
function assertFree({ tree, complete }: Snapshot, path: string): void {
  if (!complete) throw new EditRefused("the repository's tree could not be listed whole");
  const isWell = path.split("/").every((step) => step !== "" && step !== "." && step !== ".." && step !== ".git");
  const isTaken = tree.some((entry) => path.startsWith(`${entry.path}/`) || entry.path.startsWith(`${path}/`));
  if (!isWell || isTaken) throw new EditRefused(`${path} cannot be created`);
}
