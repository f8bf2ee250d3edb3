import ignore from "ignore";
import { ci } from "./ci.ts";
import type { Purpose } from "./commands/purpose.ts";
import { dockerfiles } from "./dockerfiles.ts";
import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { ancestorsOf, folderOf, type Tree } from "./tree.ts";
import type { Step } from "./workflows/model.ts";
import { type Workflows, workflows } from "./workflows.ts";

interface Where {
  readonly path: string;
  readonly line: number;
}

interface Leak extends Where {
  readonly what: readonly string[];
  readonly says: string;
  /** The `.dockerignore` that takes them; undefined where what is built may miss one of them. */
  readonly ignoreFile: string | undefined;
}

export interface ImageChecks {
  /** Dockerfiles of images that are shipped. */
  readonly images: readonly string[];
  /** Dockerfiles of such images that could not be read. */
  readonly unreadImages: readonly UnreadFile[];
  readonly built: Where | undefined;
  readonly scanned: Where | undefined;
  /** Why an image may be built or scanned all the same. */
  readonly mayHide: string | undefined;
  /** The Dockerfile that copies its whole context, with what no `.dockerignore` keeps out. */
  readonly leak: Leak | undefined;
  readonly unread: readonly UnreadFile[];
}

const BUILDS =
  /^(docker|depot|useblacksmith)\/(build-push-action|bake-action|bake|build)@|^docker\/(build-push|bake)-action@|^(redhat-actions\/(buildah-build|podman-build)|elgohr\/publish-docker-github-action|mr-smithers-excellent\/docker-build-push|int128\/kaniko-action|aevea\/action-kaniko|whoan\/docker-build-with-cache-action|home-assistant\/builder|azure\/container-apps-deploy-action|superfly\/flyctl-actions|buildpacks\/github-actions|devcontainers\/ci)/i;
const BUILD_WORKFLOW =
  /docker\/github-builder|docker[-_]?(build|image|publish)|(build|publish)[-_](docker|image|container)/i;
const SCANS =
  /^(aquasecurity\/trivy-action|anchore\/scan-action|docker\/scout-action|snyk\/actions\/docker|azure\/container-scan|crazy-max\/ghaction-container-scan|sysdiglabs\/scan-action|lacework\/lw-scanner-action|wizcli?\/|aws-actions\/vulnerability-scan-github-action-for-amazon-inspector|alexjurkiewicz\/ecr-scan-image|jfrog\/frogbot)/i;
/** The registry scans what is pushed to it. */
const SCANS_ON_PUSH = /\bscan_on_push\s*=\s*true\b/;
const isTerraform = globs("**/*.{tf,tofu}");
/** What is defined elsewhere and, by its name, is about images. */
const MAY_HIDE =
  /^(?!.*runs inside a container).*(docker|image|container|kaniko|trivy|(^|[^a-z])scan|Cloud Build|CodeBuild)/i;
const LEAKS = [
  { what: ".git", sample: ".git/config" },
  { what: ".env", sample: ".env" },
] as const;
/** What takes the version of the project from git's history while it is built. */
const READS_GIT =
  /[-_ "']scm\b|hatch-vcs|versioneer|versioningit|dunamai|dynamic-versioning|\bpbr\b|\bgit (describe|rev-parse|log)\b/;
const isBuildFile = globs("**/{pyproject.toml,setup.py,setup.cfg}");
const isVariables = globs("**/{.env,.env.*,*.env,env.example,example.env}");

/** Whether CI builds and scans the images that are shipped. */
export const imageChecks = defineFact({
  spans: "repository",
  uses: { dockerfiles, ci, workflows },
  reads: (path, tree) =>
    (path.endsWith(".dockerignore") || isTerraform(path) || isBuildFile(path)) && tree.isFirstParty(path),
  parse: ({ text }): string => text,
  combine: ({ files, unread, tree, uses }): ImageChecks => {
    const commands = uses.ci.jobs.flatMap((job) => job.commands);
    const run = (purpose: Purpose): Where | undefined => commands.find(({ purposes }) => purposes.includes(purpose));
    const hidden = uses.ci.jobs.flatMap((job) => job.unresolved).find(({ reason }) => MAY_HIDE.test(reason));
    const registry = files.find(({ path, parsed }) => isTerraform(path) && SCANS_ON_PUSH.test(parsed));
    const shipped = uses.dockerfiles.files.filter(({ purpose }) => purpose === "production");
    const unreadImages = uses.dockerfiles.unread.filter(({ purpose }) => purpose === "production");
    const ignored = new Map(files.map(({ path, parsed }) => [path, parsed]));
    const unknown = unread.filter(({ path }) => !isBuildFile(path));
    const readsGit =
      unread.length > unknown.length || files.some(({ path, parsed }) => isBuildFile(path) && READS_GIT.test(parsed));
    const leaks = shipped.flatMap(({ path, stages }) => {
      const [copy] = stages.flatMap(({ instructions }) =>
        instructions.filter(({ keyword, flags, words }) => isWholeContext(keyword, flags, words[0]?.text)),
      );
      const file = ignoreFileOf(path, ignored);
      const what = copy ? leaksAt(path, ignored.get(file ?? ""), tree) : [];
      const texts = stages.flatMap(({ instructions }) => instructions.map(({ text }) => text)).join("\n");
      const isNeeded = { ".git": readsGit || READS_GIT.test(texts), ".env": tree.has(".env") };
      const isSafe = what.every((one) => !isNeeded[one] && !texts.includes(one));
      const target = file ?? (folderOf(path) === "" ? ".dockerignore" : undefined);
      const says = `No \`.dockerignore\` keeps ${what.join(" and ")} out of it`;
      const ignoreFile = isSafe ? target : undefined;
      return what.length > 0 ? [{ path, line: copy?.line ?? 1, what, says, ignoreFile }] : [];
    });
    return {
      images: shipped.map(({ path }) => path),
      unreadImages,
      built: stepWith(uses.workflows, isBuild) ?? run("image-build"),
      scanned: stepWith(uses.workflows, isScan) ?? run("image-scan") ?? (registry && { path: registry.path, line: 1 }),
      mayHide: hidden?.reason,
      leak: unknown.length > 0 ? undefined : leaks[0],
      unread: [...uses.ci.unread, ...unreadImages],
    };
  },
});

function stepWith({ files, actions }: Workflows, wanted: (step: Step) => boolean): Where | undefined {
  const inJobs = files.flatMap(({ path, jobs }) => jobs.flatMap(({ steps }) => steps.map((step) => ({ path, step }))));
  const inActions = actions.flatMap(({ path, steps }) => steps.map((step) => ({ path, step })));
  const found = [...inJobs, ...inActions].find(({ step }) => wanted(step));
  return found && { path: found.path, line: found.step.line };
}

function isBuild({ uses }: Step): boolean {
  return BUILDS.test(uses?.text ?? "") || BUILD_WORKFLOW.test(uses?.text ?? "");
}

/** Trivy and Grype scan file systems and settings as well. */
function isScan({ uses, with: inputs }: Step): boolean {
  if (!SCANS.test(uses?.text ?? "")) return false;
  const type = inputs?.get("scan-type")?.text;
  return (type === undefined || type === "image") && !inputs?.has("path") && !inputs?.has("scan-ref");
}

function isWholeContext(
  keyword: string,
  flags: readonly { readonly name: string }[],
  source: string | undefined,
): boolean {
  return /^(COPY|ADD)$/.test(keyword) && !flags.some(({ name }) => name === "from") && /^\.\/?$/.test(source ?? "");
}

/** The `.dockerignore` that holds for a Dockerfile; the context is the Dockerfile's folder or one above it. */
function ignoreFileOf(dockerfile: string, ignored: ReadonlyMap<string, string>): string | undefined {
  const above = ancestorsOf(dockerfile).map((folder) => (folder === "" ? "" : `${folder}/`));
  const names = [`${dockerfile}.dockerignore`, ...above.map((folder) => `${folder}.dockerignore`)];
  return names.find((name) => ignored.has(name));
}

/** What a build takes along that nobody wants in an image. */
function leaksAt(dockerfile: string, text: string | undefined, tree: Tree): readonly (typeof LEAKS)[number]["what"][] {
  const patterns = ignore().add(text ?? "");
  // Git's folder is only in a context that is the root, variables only where the project keeps some in files.
  const isThere = { ".git": folderOf(dockerfile) === "", ".env": tree.paths.some(isVariables) };
  return LEAKS.filter(({ what, sample }) => isThere[what] && !patterns.ignores(sample)).map(({ what }) => what);
}
