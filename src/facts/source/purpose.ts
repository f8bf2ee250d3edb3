import { nameOf } from "../tree.ts";
import { dottedName } from "./names.ts";
import type { Scope } from "./walk.ts";

/** What a source is for: it runs in production, changes a database once, or is run by those who build and operate. */
export type Purpose = "production" | "migration" | "tooling";

const MIGRATION =
  /(^|\/)(migrations\/\d{4}_[^/]+|(migrations|alembic)\/(env|versions\/.+)|(revisions|versions)\/(.+\/)?[\d-]*_?[0-9a-f]{12}_?[^/]*|alembic\/.+|migrations)\.py$/;
const TOOLING_FOLDER =
  /(^|\/)(scripts?|bin|hack|devops|\.ci|management\/commands|build_tools)\/|^(tools?|dev|ci|releases?|hooks|packaging)\//;
const TOOLING_FILE =
  /^(setup|noxfile|fabfile|dodo|wscript|conftest|build|hatch_build|versioneer|manage|deploy|release|populate)\.py$/;

/** By the path: where tools and migrations stand. A name that no module can have is that of a program. */
export function purposeOf(path: string): Purpose {
  if (MIGRATION.test(path)) return "migration";
  const name = nameOf(path);
  return TOOLING_FILE.test(name) || TOOLING_FOLDER.test(path) || name.includes("-") ? "tooling" : "production";
}

/** True in a command of a program: whoever types it gives what it works on. */
export function isCommand({ definitions }: Scope): boolean {
  return definitions.some(({ decorators }) =>
    decorators.some((one) => /(^|\.)(command|group)$/.test(dottedName(one.kind === "Call" ? one.func : one) ?? "")),
  );
}

const FOR_DEVELOPERS =
  /(^|[._-])(dev|devel|develop|development|local|localhost|tests?|testing|ci|debug|demo|example|sample|mock|fixtures?|seed)([._-]|$)/i;
const SCRIPTS =
  /(^|\/)(scripts?|tools?|bin|hack|ci|dev|devtools|deploy|deployment|migrations|versions|load_?tests?|local|management\/commands)\//;
const BUILD_FILE = /(^|\/)(setup|noxfile|tasks|fabfile|conftest|locustfile|dodo|wscript|hatch_build|build)\.py$/;

/** True for a module that developers run, or that only they load: scripts, commands, settings of their own. */
export function isForDevelopers(path: string): boolean {
  return SCRIPTS.test(path) || BUILD_FILE.test(path) || FOR_DEVELOPERS.test(nameOf(path).replace(/\.py$/, ""));
}
