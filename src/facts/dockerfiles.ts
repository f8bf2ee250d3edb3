import { type Purpose, purposeOf, shippedStage } from "./dockerfiles/purpose.ts";
import { readStages, type Stage, type Stages } from "./dockerfiles/stages.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { nameOf } from "./tree.ts";

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
  /\.(j2|jinja2?|tmpl|tpl|template|erb|mustache|hbs|in|dockerignore|md|rst|txt|py|sh|ya?ml|json|toml|js|ts|html|snap|lock|bak|orig)$/i;

/** True for a path that a Dockerfile goes by. */
export function isDockerfile(path: string): boolean {
  const name = nameOf(path);
  return NAME.test(name) && !OTHER.test(name);
}

/** Every Dockerfile, with its stages as the builder sees them. */
export const dockerfiles = defineFact({
  reads: (path, tree) => isDockerfile(path) && tree.isFirstParty(path),
  parse: ({ text }): Stages => readStages(text),
  combine: ({ files, unread, tree }): Dockerfiles => ({
    files: files.map(({ path, parsed, inherited }) => ({
      path,
      purpose: purposeOf(path, tree),
      ...parsed,
      shipped: parsed.stages[shippedStage(parsed.stages)] as Stage,
      inherited,
    })),
    unread: unread.map((file) => ({ ...file, purpose: purposeOf(file.path, tree) })),
  }),
});
