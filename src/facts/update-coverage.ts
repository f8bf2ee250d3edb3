import { dependencies } from "./dependencies.ts";
import { dockerfiles } from "./dockerfiles.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { folderOf } from "./tree.ts";
import type { DependabotEntry } from "./update-bots/dependabot.ts";
import type { Renovate } from "./update-bots/renovate.ts";
import { updateBots } from "./update-bots.ts";
import { workflows } from "./workflows.ts";

interface Spot {
  readonly path: string;
  readonly line: number;
}

/** How much of a repository its update bot looks after, and with what care. */
export interface UpdateCoverage {
  /** Where the bot is configured; undefined where there is none that says what it keeps. */
  readonly configured: Spot | undefined;
  /** What no entry keeps, in words. */
  readonly missing: readonly string[];
  /** What takes a release sooner than it settles. */
  readonly hasty: readonly (Spot & { readonly what: string })[];
  /** Where an update may run the code of packages. */
  readonly external: readonly Spot[];
  readonly isGrouped: boolean;
  readonly unread: readonly UnreadFile[];
}

/** Most malicious releases are found and withdrawn within these days. */
export const SETTLED_DAYS = 7;
const PYTHON_MANAGER = /^(pip|pep621|poetry|uv|setup-cfg|pixi)/;

/** What Dependabot and Renovate are told to keep, beside what there is to keep. */
export const updateCoverage = defineFact({
  spans: "repository",
  uses: { updateBots, workflows, dockerfiles, dependencies },
  combine: ({ uses }): UpdateCoverage => {
    const { dependabot, renovate, unread } = uses.updateBots;
    const entries = dependabot?.entries ?? [];
    const isKept = (ecosystem: string, manager: RegExp, folder?: string): boolean =>
      keeps(renovate, manager) ||
      entries.some((one) => one.ecosystem === ecosystem && (folder === undefined || one.looksInto(folder)));
    const images = uses.dockerfiles.files
      .filter(({ purpose, images: external }) => purpose === "production" && external.some(isFollowed))
      .map(({ path }) => folderOf(path))
      .filter((folder) => !isKept("docker", /^dockerfile$/, folder));
    const unreadImages = uses.dockerfiles.unread.filter(
      ({ path, purpose }) => purpose === "production" && !isKept("docker", /^dockerfile$/, folderOf(path)),
    );
    const manifests = uses.dependencies.manifests.filter(({ declares }) => declares);
    // Without any entry for Python nothing is automated, which is another rule's finding.
    const isForPython = (dependabot?.python.length ?? 0) > 0 && !keeps(renovate, PYTHON_MANAGER);
    const packages = [...Map.groupBy(manifests, ({ path }) => folderOf(path))]
      .filter(([, files]) => !files.some((file) => dependabot?.python.some((one) => one.keeps(file, manifests))))
      .map(([folder]) => folder);
    const hasActions = uses.workflows.files.length > 0;
    return {
      configured:
        dependabot && entries.length > 0 ? dependabot : renovate ? { path: renovate.path, line: 1 } : undefined,
      missing: [
        ...(hasActions && !isKept("github-actions", /^github-actions$/) ? ["GitHub Actions"] : []),
        ...(images.length > 0 ? [`the images of ${named(images)}`] : []),
        ...(isForPython && packages.length > 0 ? [`the Python packages of ${named(packages)}`] : []),
      ],
      hasty: [...entries.filter(isHasty).map(spotOf), ...(isHastyItself(renovate) ? [spotOf(renovate)] : [])],
      external: entries.flatMap(({ path, externalCodeLine: line }) => (line === undefined ? [] : [{ path, line }])),
      isGrouped: entries.some((one) => one.isGrouped) || renovate?.isGrouped === true || renovate?.isShared === true,
      unread: [...unread, ...unreadImages],
    };
  },
});

/** A bot cannot follow a base whose name a variable makes. */
function isFollowed({ text }: { readonly text: string }): boolean {
  return !text.includes("$");
}

function keeps(renovate: Renovate | undefined, manager: RegExp): boolean {
  return renovate !== undefined && (renovate.managers?.some((name) => manager.test(name)) ?? true);
}

/** Updates for the sake of security never wait, with either bot. */
export function isHasty({ proposesUpdates, cooldownDays }: DependabotEntry): boolean {
  return proposesUpdates && (cooldownDays ?? 0) < SETTLED_DAYS;
}

function isHastyItself(renovate: Renovate | undefined): renovate is Renovate {
  return renovate !== undefined && !renovate.isShared && (renovate.cooldownDays ?? 0) < SETTLED_DAYS;
}

function spotOf(bot: DependabotEntry | Renovate): Spot & { readonly what: string } {
  return "ecosystem" in bot
    ? { path: bot.path, line: bot.line, what: `of ${bot.ecosystem}` }
    : { path: bot.path, line: 1, what: "by Renovate" };
}

function named(folders: readonly string[]): string {
  const distinct = [...new Set(folders)].map((folder) => folder || "the root");
  return distinct.length > 3 ? `${distinct.slice(0, 3).join(", ")} and more` : distinct.join(", ");
}
