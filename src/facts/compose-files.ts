import { type ComposePurpose, purposeByName } from "./compose/purpose.ts";
import { type ComposeService, readServices } from "./compose/read-compose.ts";
import { parseImageReference } from "./containers/image-reference.ts";
import { defineFact, globsAnyCase, type UnreadFile } from "./fact.ts";
import { parseYamlDocument } from "./formats/yaml.ts";
import { folderOf, nameOf, resolvePath } from "./tree.ts";

export interface ComposeFile {
  readonly path: string;
  /** A file without a telling name is for development when it mounts the source or only runs what the application needs. */
  readonly purpose: ComposePurpose;
  readonly services: readonly ComposeService[];
  /** True when it stands above the component. */
  readonly inherited: boolean;
}

export interface ComposeFiles {
  readonly files: readonly ComposeFile[];
  /** Repositories of the images that compose builds here under a name. */
  readonly builtImages: ReadonlySet<string>;
  readonly unread: readonly UnreadFile[];
}

const isCompose = globsAnyCase(
  "**/{docker-compose,compose}{,.*,-*,_*}.{yml,yaml}",
  "**/*.{docker-compose,compose}.{yml,yaml}",
);
const RELOADS =
  /--reload\b|\brunserver\b|\bfastapi dev\b|\bflask\b.{0,200}--debug|\bhupper\b|\bdev_server\b|\bwatch(files|medo)?\b|fsync=off/;

/** Every compose file, with its services. */
export const composeFiles = defineFact({
  reads: (path, tree) => isCompose(path) && !/(^|\/)\.github\//.test(path) && tree.isFirstParty(path),
  parse: ({ text }): readonly ComposeService[] => readServices(parseYamlDocument(text)),
  combine: ({ files, unread, repository }): ComposeFiles => ({
    files: files.map(({ path, parsed, inherited }) => ({
      path,
      purpose: purposeByName(path) ?? purposeByContent(path, parsed, nameOf(repository.name)),
      services: parsed,
      inherited,
    })),
    builtImages: new Set(
      files.flatMap(({ parsed }) =>
        parsed.flatMap(({ build, image }) => (build && image ? [repositoryOf(image.reference ?? image.text)] : [])),
      ),
    ),
    unread,
  }),
});

/** The repository of an image, without registry and tag. */
export function repositoryOf(image: string): string {
  return parseImageReference(image).repository;
}

function purposeByContent(path: string, services: readonly ComposeService[], repository: string): ComposePurpose {
  const runsApplication = services.some(
    ({ build, image }) => build || (image && parseImageReference(image.text).name === repository.toLowerCase()),
  );
  const isEdited = services.some(
    ({ build, mounts, command }) =>
      RELOADS.test(command) || (build && mounts.some((mount) => isSource(folderOf(path), mount, build.context))),
  );
  return runsApplication && !isEdited ? "production" : "development";
}

/** True for the context itself, or a folder of it other than one for data or settings. */
function isSource(folder: string, mount: string, context: string): boolean {
  const mounted = resolvePath(folder, mount);
  if (mounted !== undefined && !mount.startsWith("/") && mounted === resolvePath(folder, context)) return true;
  return (
    /^\.\//.test(mount) &&
    !/(data|conf|log|static|media|upload|backup|cert|ssl|secret|export|import|consume|initdb|init|nginx|\.\w+$)/i.test(
      mount,
    )
  );
}
