import { globs } from "../fact.ts";
import { isAuxiliary, type Tree } from "../tree.ts";

/** What keeps the changes of the schema, and the file that shows it. */
export interface MigrationTool {
  readonly name: string;
  readonly path: string;
}

/** `MIGRATION_MODULES` may give the folder another name. */
const isFirstOfDjango = globs("**/{,*_}migrations/0001_*.py");
const isManage = globs("**/manage.py");
const OTHERS: readonly (readonly [name: string, matches: (path: string) => boolean])[] = [
  ["Alembic", globs("**/alembic.ini", "**/{migrations,alembic}/env.py")],
  ["Aerich", globs("**/aerich.ini")],
  ["yoyo", globs("**/yoyo.ini")],
  ["Sqitch", globs("**/sqitch.plan")],
  ["Flyway", globs("**/flyway.{conf,toml}")],
  ["dbmate", globs("db/migrations/*.sql")],
];

/** The tool by its files; Django's migrations tell of a project only beside its command. */
export function migrationTool(tree: Tree): MigrationTool | undefined {
  const product = tree.paths.filter((path) => tree.isFirstParty(path) && !isAuxiliary(path));
  const manage = product.find(isManage);
  if (manage !== undefined && product.some(isFirstOfDjango)) return { name: "Django", path: manage };
  const [found] = OTHERS.flatMap(([name, matches]) => product.filter(matches).map((path) => ({ name, path })));
  return found;
}
