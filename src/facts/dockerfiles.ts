import { isForDevelopment, type Purpose, purposeByStart, purposeOf, shippedStage } from "./dockerfiles/purpose.ts";
import { readStages, type Stage, type Stages } from "./dockerfiles/stages.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { imageBuilds } from "./image-builds.ts";
import { folderOf, nameOf, type Tree } from "./tree.ts";
import { type LocalAction, workflows } from "./workflows.ts";

export interface Dockerfile extends Stages {
  readonly path: string;
  readonly purpose: Purpose;
  /** The stage whose image is run. */
  readonly shipped: Stage;
  /** True when it stands above the component. */
  readonly inherited: boolean;
}

export interface Dockerfiles {
  readonly files: readonly Dockerfile[];
  readonly unread: readonly (UnreadFile & { readonly purpose: Purpose })[];
}

const NAME = /^(dockerfile|containerfile)([._-][\w.-]*)?$|.\.(dockerfile|containerfile)$/i;
/** Templates and files that only carry the word in their name. */
const OTHER =
  /\.(j2|jinja2?|tmpl|tpl|template|erb|mustache|hbs|in|dockerignore|md|rst|txt|py|sh|ya?ml|json|toml|[cm]?[jt]sx?|css|map|html|svg|png|snap|lock|bak|orig)$/i;
const DEVCONTAINER = /devcontainers?([/:-]|$)/i;

/** True for a path that a Dockerfile goes by. */
export function isDockerfile(path: string): boolean {
  const name = nameOf(path);
  return NAME.test(name) && !OTHER.test(name);
}

/** Every Dockerfile, with its stages as the builder sees them. */
export const dockerfiles = defineFact({
  reads: (path, tree) => isDockerfile(path) && tree.isFirstParty(path),
  uses: { imageBuilds, workflows },
  parse: ({ text }): Stages => readStages(text),
  combine: ({ files, unread, tree, uses }): Dockerfiles => {
    const shipping = Map.groupBy(
      uses.imageBuilds.filter(({ isShipped }) => isShipped),
      ({ path }) => path,
    );
    const actions = new Map(uses.workflows.actions.map((action) => [action.path, action]));
    const purposeAt = (path: string): Purpose =>
      isOfAction(path, actions, tree) ? "ci" : purposeOf(path, shipping.has(path));
    return {
      files: files.map(({ path, parsed, inherited }) => {
        const targets = new Set(shipping.get(path)?.map(({ target }) => target));
        const target = targets.size === 1 ? [...targets][0] : undefined;
        const shipped = parsed.stages[shippedStage(parsed.stages, target)] as Stage;
        const isShipped = shipping.has(path);
        const purpose = purposeByStages(parsed, shipped) ?? (isShipped ? undefined : purposeByStart(shipped, parsed));
        return { path, purpose: purpose ?? purposeAt(path), ...parsed, shipped, inherited };
      }),
      unread: unread.map((file) => ({ ...file, purpose: purposeAt(file.path) })),
    };
  },
});

function purposeByStages({ stages }: Stages, { origin }: Stage): Purpose | undefined {
  if (origin.kind === "image" && DEVCONTAINER.test(origin.reference)) return "devcontainer";
  return isForDevelopment(stages) ? "development" : undefined;
}

/** An action of GitHub has to run as root: its workspace belongs to root. */
function isOfAction(path: string, actions: ReadonlyMap<string, LocalAction>, tree: Tree): boolean {
  const folder = folderOf(path);
  const names = ["action.yml", "action.yaml"].map((name) => (folder === "" ? name : `${folder}/${name}`));
  return names.some((name) => {
    const action = actions.get(name);
    return action ? action.using === "docker" : tree.has(name);
  });
}
