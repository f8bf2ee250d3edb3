import type { RepositoryInfo } from "../snapshot/snapshot.ts";
import { type Changelogs, changelog } from "./changelog.ts";
import { composeFiles } from "./compose-files.ts";
import { type Demonstration, demonstration } from "./demonstration.ts";
import { type Deployments, deployments } from "./deployments.ts";
import { dockerfiles } from "./dockerfiles.ts";
import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { kubernetes } from "./kubernetes.ts";
import { type Licence, licence } from "./licence.ts";
import { type Packages, packages } from "./packages.ts";
import { platformFiles } from "./platform-files.ts";
import { type ProfileFound, profile } from "./profile.ts";
import { repositoryInfo } from "./repository-info.ts";
import { folderOf, isAuxiliary } from "./tree.ts";

/** Who runs what the repository holds, as far as its files tell. */
export interface Operation {
  /** Why nobody runs it as a service; undefined where somebody may. */
  readonly notRun: string | undefined;
  /** Why nobody operates it from here: it is not run, or others install and run it. Undefined where somebody may. */
  readonly notOperated: string | undefined;
  /** What it runs on: machines of our own choice, or a platform that watches its machines itself. */
  readonly on: "containers" | "platform" | "unknown";
  /** Dockerfiles that may tell, where nothing else does. */
  readonly unread: readonly UnreadFile[];
}

const isPlatform = globs(
  "{Procfile,fly.toml,render.yaml,app.json,app.yaml,vercel.json,railway.json,railway.toml,nixpacks.toml,manifest.yml,.do/app.yaml,.platform.app.yaml,zappa_settings.json}",
  "**/{serverless.yml,serverless.yaml,samconfig.toml,host.json}",
);

/** Whether somebody operates it, and on what. */
export const operation = defineFact({
  spans: "repository",
  uses: {
    profile,
    dockerfiles,
    composeFiles,
    kubernetes,
    platformFiles,
    demonstration,
    licence,
    changelog,
    packages,
    deployments,
    repositoryInfo,
  },
  combine: ({ tree, uses }): Operation => {
    const images = uses.dockerfiles.files.filter(({ purpose }) => purpose === "production");
    const onContainers =
      images.length > 0 ||
      uses.kubernetes.workloads.length > 0 ||
      uses.kubernetes.charts.length > 0 ||
      uses.composeFiles.files.some(({ purpose }) => purpose === "production");
    const onPlatform =
      uses.platformFiles.files.length > 0 ||
      tree.paths.some((path) => isPlatform(path) && tree.isFirstParty(path) && !isAuxiliary(path));
    const on = onPlatform ? "platform" : onContainers ? "containers" : "unknown";
    const notRun = whyNotRun(uses, on);
    const unread = uses.dockerfiles.unread.filter(({ purpose }) => purpose === "production");
    return { notRun, notOperated: notRun ?? whyOthersRun(uses), on, unread: on === "unknown" ? unread : [] };
  },
});

function whyNotRun(
  { profile: found, demonstration: shown }: { profile: ProfileFound; demonstration: Demonstration | undefined },
  on: Operation["on"],
): string | undefined {
  if (found.isInstalled) return "it is installed from an index, and nothing here deploys it";
  if (shown) return `it is a demonstration, as ${shown.path}:${shown.line} says`;
  return found.id === "ml" && on === "unknown" ? "nothing here serves the model" : undefined;
}

/** A product: everybody may run it, its versions are handed out, and nothing here deploys it. */
function whyOthersRun(uses: {
  readonly licence: Licence;
  readonly changelog: Changelogs;
  readonly packages: Packages;
  readonly deployments: Deployments;
  readonly repositoryInfo: RepositoryInfo;
}): string | undefined {
  const { known } = uses.licence;
  const isOpen =
    known !== undefined && known.id !== "proprietary" && !/^(private|internal)$/.test(uses.repositoryInfo.visibility);
  const notes = uses.changelog.found.find(({ isEmpty }) => !isEmpty)?.path;
  const handedOut =
    notes ??
    (uses.packages.isClassified ? uses.packages.all.find(({ path }) => folderOf(path) === "")?.path : undefined);
  if (!isOpen || handedOut === undefined || uses.deployments.automated.length > 0) return undefined;
  return `others install and run it: its versions are handed out (${handedOut}) under ${known.id}, and nothing here deploys it`;
}
