import { isAuxiliary, nameOf } from "../tree.ts";

/** What a compose file is for. */
export type ComposePurpose = "production" | "development" | "test" | "example";

const TEST = /(^|[-._/])(tests?|testing|e2e|ci|cypress|bench)([-._/]|$)/;
/** An integration is one of tests only where nothing is said to be integrated: not in "stripe-integration". */
const INTEGRATION_FOLDER = /(^|\/)integration\//;
const INTEGRATION_NAME = /(compose|^)[-._]integration\.|^integration[-._]/;
const PRODUCTION = /(^|[-._/])(prod|production|deploy|release|staging|swarm|stack|live)([-._/]|$)/;
const DEVELOPMENT = /(^|[-._/])(dev|devel|develop|development|local|override|debug|devcontainer|tools|hack)([-._/]|$)/;

/** What the name and the folder of a compose file say that it is for; undefined where they say nothing. */
export function purposeByName(path: string): ComposePurpose | undefined {
  const lower = path.toLowerCase();
  if (TEST.test(lower) || INTEGRATION_FOLDER.test(lower) || INTEGRATION_NAME.test(nameOf(lower))) return "test";
  if (isAuxiliary(path)) return "example";
  if (PRODUCTION.test(lower)) return "production";
  return DEVELOPMENT.test(lower) ? "development" : undefined;
}
