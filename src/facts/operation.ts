import { composeFiles } from "./compose-files.ts";
import { dockerfiles } from "./dockerfiles.ts";
import { defineFact, globs } from "./fact.ts";
import { kubernetes } from "./kubernetes.ts";
import { platformFiles } from "./platform-files.ts";
import { profile } from "./profile.ts";
import { isAuxiliary } from "./tree.ts";

/** Who runs what the repository holds, as far as its files tell. */
export interface Operation {
  /** Why nobody does; undefined where somebody may. */
  readonly notRun: string | undefined;
  /** What it runs on: machines of our own choice, or a platform that watches its machines itself. */
  readonly on: "containers" | "platform" | "unknown";
}

const isPlatform = globs(
  "{Procfile,fly.toml,render.yaml,app.json,app.yaml,vercel.json,railway.json,railway.toml,nixpacks.toml,manifest.yml,.do/app.yaml,.platform.app.yaml,zappa_settings.json}",
  "**/{serverless.yml,serverless.yaml,samconfig.toml,host.json}",
);

/** Whether somebody operates it, and on what. */
export const operation = defineFact({
  spans: "repository",
  uses: { profile, dockerfiles, composeFiles, kubernetes, platformFiles },
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
    if (uses.profile.isInstalled) return { notRun: "it is installed from an index, and nothing here deploys it", on };
    const isTraining = uses.profile.id === "ml" && on === "unknown";
    return { notRun: isTraining ? "nothing here serves the model" : undefined, on };
  },
});
