import { type ComposeFiles, composeFiles } from "./compose-files.ts";
import { userOfBase } from "./containers/base-user.ts";
import { type UserSwitch, userSwitch } from "./containers/user-switch.ts";
import { expand } from "./containers/variables.ts";
import { isFunctionImage } from "./dockerfiles/service.ts";
import { lineageOf, type Stage } from "./dockerfiles/stages.ts";
import { type Dockerfile, dockerfiles } from "./dockerfiles.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { dockerfileOf, imageBuilds } from "./image-builds.ts";
import { type Kubernetes, kubernetes } from "./kubernetes.ts";
import { startScripts } from "./start-scripts.ts";

/** Who a shipped image runs as. */
export interface ContainerUser {
  readonly path: string;
  /** Of the USER that holds, else of the final FROM. */
  readonly line: number;
  readonly runsAs: "root" | "other" | "unknown";
  /** What told it, or why it is not known. */
  readonly by: string;
  /** Where the image can leave root, if it is root's and nothing that it does is seen to need it. */
  readonly leavesRoot?: UserSwitch | undefined;
}

export interface ContainerUsers {
  readonly images: readonly ContainerUser[];
  /** True when every pod says that it does not run as root. */
  readonly podsAreNonRoot: boolean;
  readonly unread: readonly UnreadFile[];
}

const ROOT = /^(root|0+)(:.*)?$/i;
/** Bases whose entry point drops privileges by itself; whether this image keeps it cannot be seen. */
const MAY_DROP = /s6-overlay|\bS6_[A-Z]|linuxserver|baseimage|phusion/i;
const DROPS =
  /\b(gosu|su-exec|setpriv|s6-setuidgid|s6-overlay|runuser|chpst|setuidgid)\b|\bsu\s+(-|\w+\s+-c)|\bsudo\s+-u\b|--uid[= ](?!0\b|root\b)\w+|\/init\b|^[ \t]*(uid|user)[ \t]*=[ \t]*["']?(?!0\b|root\b)\w+/m;
/** Programs that drop root, as an image installs them. */
const DROPPERS = /\b(gosu|su-exec|setpriv|s6|runuser|chpst)\b/;
const NEEDS_ROOT =
  /(?<!sudo )\b((apt-get|apt|apk|yum|dnf|microdnf|zypper)\b[^&|;\n]{0,200}\b(install|add|update|upgrade)|useradd|adduser|groupadd|addgroup|update-ca-certificates|ldconfig|locale-gen)\b|\/root\/\S|>>? *\/(etc|usr)\/|\b(mv|cp|ln)\b[^&|;\n]{0,200} \/(usr|etc|bin)\//;

type Verdict = Pick<ContainerUser, "runsAs" | "by">;

/** As which user the shipped images run. */
export const containerUsers = defineFact({
  spans: "repository",
  uses: { composeFiles, dockerfiles, imageBuilds, kubernetes, startScripts },
  combine: ({ uses }): ContainerUsers => {
    const pods = uses.kubernetes.workloads.flatMap(({ containers }) => containers);
    const builds = Map.groupBy(uses.imageBuilds, ({ path }) => path);
    const charts = uses.kubernetes.charts.filter(({ workloads }) => workloads.length > 0);
    return {
      images: uses.dockerfiles.files
        .filter(({ purpose }) => purpose === "production")
        .map((dockerfile): ContainerUser => {
          const { path, shipped } = dockerfile;
          const scripts = uses.startScripts.texts.get(path) ?? [];
          // Files that are kept belong to root, as they were made.
          const keepsFiles = keepsFilesByCompose(path, uses.composeFiles) || keepsFilesInPods(uses.kubernetes);
          const given = builds.get(path)?.flatMap((build) => build.arguments) ?? [];
          const verdict =
            byUser(shipped, new Map(given.map(({ name, value }) => [name, value]))) ??
            byStart(shipped, scripts) ??
            byDefault(dockerfile, uses.startScripts.unread.get(path));
          const isOpen = verdict.runsAs === "root" && !shipped.user && scripts.length === 0 && !keepsFiles;
          return {
            path,
            line: shipped.user?.line ?? shipped.base.line,
            ...verdict,
            leavesRoot: isOpen ? userSwitch(dockerfile) : undefined,
          };
        }),
      podsAreNonRoot:
        pods.length + charts.length > 0 && [...pods, ...charts].every(({ isNonRoot }) => isNonRoot === true),
      unread: uses.dockerfiles.unread.filter(({ purpose }) => purpose === "production"),
    };
  },
});

/** A user other than root, whom USER names. */
function byUser(shipped: Stage, given: ReadonlyMap<string, string | undefined>): Verdict | undefined {
  if (isFunctionImage(shipped)) return { runsAs: "other", by: "the platform runs functions as a user of its own" };
  const { user, variables } = shipped;
  if (!user) return undefined;
  const name = user.value ?? expand(user.text, new Map([...variables, ...given]));
  if (name !== undefined) return ROOT.test(name.trim()) ? undefined : { runsAs: "other", by: `USER ${name}` };
  // A user that the image adds cannot be root, whatever its name.
  const adds = commandsOf([shipped]).some(
    (command) => /\b(useradd|adduser)\b/.test(command) && command.includes(user.text.split(":")[0] as string),
  );
  return adds ? { runsAs: "other", by: `USER ${user.text}` } : { runsAs: "unknown", by: "the user is computed" };
}

/** The entry point, or the script that it runs, changes the user. */
function byStart({ entrypoint, command }: Stage, scripts: readonly string[]): Verdict | undefined {
  const start = `${entrypoint?.text ?? ""} ${command?.text ?? ""}`;
  const code = scripts.map((script) => script.replace(/^[ \t]*#.*$/gm, ""));
  return [start, ...code].some((text) => DROPS.test(text))
    ? { runsAs: "other", by: "the entry point drops root" }
    : undefined;
}

/** What holds where nothing changes it: USER root, else the base's user. */
function byDefault({ shipped, stages }: Dockerfile, unreadScript: UnreadFile | undefined): Verdict {
  const { user, origin } = shipped;
  const base = origin.kind === "image" ? origin.reference : "";
  const commands = commandsOf(lineageOf(shipped, stages));
  if (MAY_DROP.test(base) || commands.some((command) => MAY_DROP.test(command)))
    return { runsAs: "unknown", by: "its base has an init system that can drop root" };
  // An entry point can drop root only with a program that the image has.
  if (unreadScript && commands.some((command) => DROPPERS.test(command)))
    return {
      runsAs: "unknown",
      by: `its entry point ${unreadScript.path} could not be read: ${unreadScript.reason}`,
    };
  if (user) return { runsAs: "root", by: `USER ${user.value}` };
  const ofBase = userOfBase(base);
  if (ofBase === "other") return { runsAs: "other", by: `the base ${base}` };
  // Only root can install system packages and add users.
  if (ofBase === "root" || origin.kind === "scratch" || commands.some((command) => NEEDS_ROOT.test(command)))
    return { runsAs: "root", by: "no USER" };
  if (origin.kind === "computed") return { runsAs: "unknown", by: "the base image is computed" };
  return { runsAs: "unknown", by: `no USER, and which user the base ${base} has is not known` };
}

function keepsFilesByCompose(dockerfile: string, { files }: ComposeFiles): boolean {
  return files.some(({ path, purpose, services }) =>
    services.some(
      ({ build, hasVolumes }) =>
        hasVolumes && purpose === "production" && build && dockerfileOf(path, build) === dockerfile,
    ),
  );
}

function keepsFilesInPods({ workloads, charts }: Kubernetes): boolean {
  const isKept = (volume: DataNode): boolean => volume.has("persistentVolumeClaim") || volume.has("hostPath");
  return (
    charts.length > 0 ||
    workloads.some(
      ({ spec }) =>
        spec.has("volumeClaimTemplates") || (spec.get("template", "spec", "volumes")?.items ?? []).some(isKept),
    )
  );
}

/** What the stages run while they are built. */
function commandsOf(stages: readonly Stage[]): readonly string[] {
  return stages.flatMap(({ instructions }) =>
    instructions.flatMap(({ keyword, text, heredocs }) => (keyword === "RUN" ? [text, ...heredocs] : [text])),
  );
}
