import { dependencies } from "./dependencies.ts";
import { defineFact } from "./fact.ts";
import { imports } from "./imports.ts";
import { type Declaration, normalised } from "./manifests/declaration.ts";

export interface ExactRequirements {
  /** A file for production that a resolver made, or that is held to hashes. */
  readonly compiled: string | undefined;
  /** The names that requirements for production hold at one version, where no line of those files is open. */
  readonly exact:
    | { readonly path: string; readonly paths: ReadonlySet<string>; readonly names: ReadonlySet<string> }
    | undefined;
  /** A name among them without the one that every version of it needs: then the list is not deep. */
  readonly gap: { readonly name: string; readonly needs: string } | undefined;
  /** What is needed directly: as other manifests state it, else as the sources import it; undefined where neither tells. */
  readonly direct: ReadonlySet<string> | undefined;
}

/** What every version of a well-known distribution brings along. */
const ALWAYS_NEEDS: Readonly<Record<string, string>> = {
  aiohttp: "multidict",
  alembic: "sqlalchemy",
  boto3: "botocore",
  celery: "kombu",
  django: "sqlparse",
  fastapi: "starlette",
  flask: "werkzeug",
  "flask-sqlalchemy": "sqlalchemy",
  jinja2: "markupsafe",
  pandas: "numpy",
  requests: "urllib3",
  "scikit-learn": "scipy",
  uvicorn: "h11",
};

/** How far requirements files fix the versions that are deployed. */
export const exactRequirements = defineFact({
  uses: { dependencies, imports },
  combine: ({ uses: { dependencies: declared, imports: imported } }): ExactRequirements => {
    const shipped = declared.manifests
      .map((file) => ({ ...file, declarations: file.declarations.filter(({ group }) => group === "runtime") }))
      .filter(({ declarations }) => declarations.length > 0);
    const lists = shipped.filter(({ kind, path }) => kind === "requirements" && !path.endsWith(".in"));
    const exact = lists.filter(isExact);
    const isOfExact = new Set<Named>(exact);
    const stated = namesOf(shipped.filter((file) => !isOfExact.has(file)));
    const held = namesOf(exact);
    // A file of ranges that is all there is, is no list of versions.
    const isHeld = exact.length > 0 && lists.every((file) => isOfExact.has(file) || isSourceOf(file, held));
    const names = namesOf([...exact, ...declared.constraints]);
    const gap = Object.entries(ALWAYS_NEEDS).find(([name, needs]) => names.has(name) && !names.has(needs));
    return {
      compiled: lists.find(({ isCompiled }) => isCompiled)?.path,
      exact: isHeld ? { path: exact[0]?.path ?? "", paths: new Set(exact.map(({ path }) => path)), names } : undefined,
      gap: gap && { name: gap[0], needs: gap[1] },
      direct: stated.size > 0 ? stated : imported.complete ? importedNames(imported.thirdParty) : undefined,
    };
  },
});

type Named = { readonly declarations: readonly { readonly name: string }[] };

function namesOf(files: readonly Named[]): Set<string> {
  return new Set(files.flatMap(({ declarations }) => declarations.map(({ name }) => name)));
}

function isExact({ declarations }: { readonly declarations: readonly Declaration[] }): boolean {
  return declarations.every(({ pinned }) => pinned !== undefined);
}

/** True where every name comes back with a version in the exact files: it states what they hold. */
function isSourceOf({ declarations }: Named, held: ReadonlySet<string>): boolean {
  return declarations.every(({ name }) => held.has(name));
}

function importedNames(all: readonly { readonly module: string }[]): Set<string> | undefined {
  return all.length > 0 ? new Set(all.map(({ module }) => normalised(module))) : undefined;
}
