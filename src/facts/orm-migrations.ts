import { ci } from "./ci.ts";
import { dependencies } from "./dependencies.ts";
import { globs, type UnreadFile } from "./fact.ts";
import { ignoredPaths } from "./ignored-paths.ts";
import { migrations } from "./migrations.ts";
import { schemaHistory } from "./schema-history.ts";
import { type Model, readModels, type TableCreation } from "./source/models.ts";
import { isForDevelopers } from "./source/purpose.ts";
import { defineSourceFact } from "./source/source-fact.ts";
import { startCommands } from "./start-commands.ts";
import { ancestorsOf, folderOf, nameOf } from "./tree.ts";

export interface OrmMigrations {
  /** Models whose tables a migration has to make. */
  readonly models: readonly (Model & { readonly path: string })[];
  /** What is wrong with how the schema changes. */
  readonly problems: readonly { readonly path: string; readonly line: number; readonly says: string }[];
  /** A model of which nobody here can tell where its table comes from. */
  readonly undecided: (Model & { readonly path: string }) | undefined;
  readonly unread: readonly UnreadFile[];
}

/** Files by which schemas change without Python. */
const isPlainMigration = globs(
  "**/migrations/**/*.sql",
  "**/V[0-9]*__*.sql",
  "**/{atlas.hcl,sqitch.plan,flyway.conf,flyway.toml,yoyo.ini,aerich.ini,dbmate.yml,piccolo_conf.py,liquibase.properties}",
  "**/{db,database,sql}/**/*changelog*.{xml,yml,yaml,sql}",
);
const TOOL =
  /^(alembic|flask-migrate|aerich|yoyo-migrations|peewee-migrate|peewee-moves|peewee-migrations|sqlalchemy-migrate|piccolo|pyway)$/;

/** Parts of a dotted name that are looked at. */
const MAX_PARTS = 10;

/** Whether changes of the schema are kept with the code that needs them. */
export const ormMigrations = defineSourceFact({
  extract: readModels,
  uses: { ci, dependencies, ignoredPaths, migrations, schemaHistory, startCommands },
  combine: ({ files, unread, tree, uses }): OrmMigrations => {
    const shipped = files.filter(({ path }) => !isForDevelopers(path));
    const models = shipped.flatMap(({ path, parsed }) => parsed.models.map((model) => ({ path, ...model })));
    const creations = shipped.flatMap(({ path, parsed }) => parsed.creations.map((one) => ({ path, ...one })));
    const ofDjango = models.filter(({ orm }) => orm === "Django");
    const others = models.filter(({ orm }) => orm !== "Django");
    const declared = uses.dependencies.manifests.flatMap(({ declarations }) => declarations.map(({ name }) => name));
    const isManaged =
      uses.schemaHistory.folders.length > 0 ||
      (uses.migrations.tool !== undefined && uses.migrations.tool.name !== "Django") ||
      tree.paths.some(isPlainMigration) ||
      declared.some((name) => TOOL.test(name));
    const isMoved = files.some(({ parsed }) => parsed.movesMigrations);
    const apps = Map.groupBy(ofDjango, ({ path }) => appOf(path));
    const withMigrations = new Set(
      tree.python
        .filter(({ path }) => /(^|\/)migrations\/(?!__init__\.py$)[^/]+\.py$/.test(path))
        .map(({ path }) => folderOf(folderOf(path))),
    );
    const installed = namedBy(files.flatMap(({ parsed }) => parsed.installs));
    const bare = [...apps].flatMap(([app, [first]]) => {
      if (app === undefined || first === undefined || !isInstalled(app, installed)) return [];
      // A part of an app keeps its models below the app's own folder.
      const isPart = [app, ...ancestorsOf(app)].some((folder) => withMigrations.has(folder));
      return isPart ? [] : [{ app, ...first }];
    });
    const upgradesAll = [
      ...uses.ci.jobs.flatMap(({ commands }) => commands.map(({ words }) => words.join(" "))),
      ...uses.startCommands.commands.flatMap(({ texts }) => texts),
    ].some((text) => /\bupgrade\s+heads\b/.test(text));
    return {
      models,
      problems: [
        ...(isMoved
          ? []
          : bare.map(({ app, path, line, name }) => bareModel(uses.ignoredPaths, app, path, line, name))),
        ...creationProblems(others, creations, isManaged),
        ...uses.schemaHistory.extraHeads
          .filter(({ tool }) => tool === "Django" || !upgradesAll)
          .map(({ path, line, besides }) => ({
            path,
            line,
            says: `This is a second end of the migrations, beside ${besides}.`,
          })),
      ],
      undecided: (isMoved ? bare[0] : undefined) ?? (isManaged || creations.length > 0 ? undefined : others[0]),
      unread,
    };
  },
});

type Placed<T> = T & { readonly path: string };

/** The app of a module of models: `shop` of `shop/models.py` and of `shop/models/orders/lines.py`. */
function appOf(path: string): string | undefined {
  const at = `/${path}`.lastIndexOf("/models/");
  if (at >= 0) return path.slice(0, Math.max(at - 1, 0));
  return nameOf(path) === "models.py" ? folderOf(path) : undefined;
}

/** What settings name, as the ends of paths: `shop/apps/ShopConfig`, `shop/apps`, `shop`. */
function namedBy(installed: readonly string[]): ReadonlySet<string> {
  return new Set(
    installed.flatMap((entry) => {
      const parts = entry.split(".").slice(0, MAX_PARTS);
      return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
    }),
  );
}

/** True where settings name it, or name nothing that can be read. */
function isInstalled(app: string, named: ReadonlySet<string>): boolean {
  const parts = app.split("/").slice(-MAX_PARTS);
  return named.size === 0 || parts.some((_, index) => named.has(parts.slice(index).join("/")));
}

function bareModel(
  ignored: { ignoring(path: string): { readonly path: string; readonly line: number } | undefined },
  app: string,
  path: string,
  line: number,
  name: string,
) {
  const place = ignored.ignoring(app === "" ? "migrations/0001_initial.py" : `${app}/migrations/0001_initial.py`);
  return place
    ? { ...place, says: `Migrations of ${app} are kept out of git here.` }
    : { path, line, says: `${name} has no migration: ${app} has none.` };
}

/** Without migrations any call that makes the tables is their only source; beside them one at every start bypasses them. */
function creationProblems(
  models: readonly Placed<Model>[],
  creations: readonly Placed<TableCreation>[],
  isManaged: boolean,
) {
  if (models.length === 0) return [];
  return creations
    .filter(({ isAtStart }) => !isManaged || isAtStart)
    .map(({ path, line, what }) => ({
      path,
      line,
      says: isManaged
        ? `${what} makes the tables at every start, past the migrations.`
        : `${what} makes the tables, and no migration changes them later.`,
    }));
}
