import { folderOf, isAuxiliary, nameOf } from "../tree.ts";
import { assignmentsOf } from "./instructions.ts";
import { lineageOf, type Stage, type Stages } from "./stages.ts";

/** What an image of a Dockerfile is for. Only `production` images are shipped. */
export type Purpose = "production" | "build" | "development" | "test" | "ci" | "devcontainer" | "example";

const DEVELOPMENT = /(^|[-._/])(dev|devel|develop|development|local|debug|sandbox|playground)([-._/]|$)/i;
const TEST = /(^|[-._/])(tests?|testing|e2e|playwright|cypress|selenium|tox|lint|locust|bench(marks?)?)([-._/]|$)/i;
/** An integration is one of tests only where nothing is said to be integrated: not in "stripe-integration". */
const TEST_FOLDER = /(^|\/)(tests?|testing|e2e|integration|fixtures?)(\/|$)/i;
const CI = /(^|[-._/])(ci|\.ci|jenkins|agent|runner|buildkite|gitlab|zuul|circleci|woodpecker)([-._/]|$)/i;
const BUILD =
  /(^|[-._/])(base|builder|build|buildpack|wheels?|manylinux|compile|package|packaging|rpm|deb|docs?)([-._/]|$)/i;
const BUILD_FOLDER = /(^|\/)(base|builders?|buildpacks?|manylinux\w*|wheels?|rpm|deb)$/i;
const TOOLS = /^(tools|scripts|hack|contrib|utils)\//i;

/** What an image is for, by the Dockerfile's name and folder. One that is shipped is no tool of the developers. */
export function purposeOf(path: string, isShipped = false): Purpose {
  const folder = folderOf(path);
  const name = nameOf(path)
    .replace(/^(dockerfile|containerfile)/i, "")
    .replace(/\.(dockerfile|containerfile)$/i, "");
  if (/(^|\/)\.devcontainer\//.test(path)) return "devcontainer";
  if (TEST_FOLDER.test(folder) || TEST.test(`/${folder}/`) || TEST.test(name) || /integration/i.test(name))
    return "test";
  if (isAuxiliary(path)) return /(^|\/)\.(github|circleci)(\/|$)/.test(folder) ? "ci" : "example";
  if (CI.test(name) || CI.test(`/${folder}/`)) return "ci";
  if (DEVELOPMENT.test(name) || DEVELOPMENT.test(`/${folder}/`)) return "development";
  if (TOOLS.test(path) && !isShipped) return "development";
  return BUILD.test(name) || BUILD_FOLDER.test(folder) ? "build" : "production";
}

const LATER =
  /^(.*[-_.])?(dev|devel|develop|developer|development|devcontainer|tests?|testing|lint|debug|ci|local|e2e|docs)([-_.].*)?$/;
const SHIPPED = /^(production|prod|release|web|runtime)$/;

/** True where every stage is named for development or tests: nothing of it is shipped. */
export function isForDevelopment(stages: readonly Named[]): boolean {
  return stages.every(({ name }) => name !== undefined && LATER.test(name));
}

/** Who builds the image goes by the same number inside: it is somebody's shell. */
const OF_BUILDER = /^((HOST|LOCAL|USER)_)?(UID|USER_ID)$/;

/** What an image is for that starts nothing by itself; undefined for one that may be told what to start. */
export function purposeByStart(shipped: Stage, { stages }: Stages): Purpose | undefined {
  const { origin, command, entrypoint, healthcheck, user } = shipped;
  if (command ?? entrypoint ?? healthcheck) return undefined;
  if (isWorkshop(shipped)) return "development";
  if (user) return undefined;
  // There is no shell to run anything else either: its files are copied out of it.
  if (origin.kind === "scratch") return "build";
  const words = lineageOf(shipped, stages).flatMap(({ instructions }) =>
    instructions.flatMap((one) => (one.keyword === "ARG" ? assignmentsOf(one) : [])),
  );
  return words.some(({ name }) => OF_BUILDER.test(name)) ? "development" : undefined;
}

const INSTALLED_LIST = /(?:^|\s)(?:-r|--requirement)[ =](\S{1,300})/g;
const LIST_FOR_DEVELOPMENT = /\b(dev|devel|development|tests?)\b[\w.-]*$/;

/** True for a stage that gets the lists of the developers alone: they work in it. */
function isWorkshop({ instructions }: Stage): boolean {
  const lists = instructions
    .filter(({ keyword }) => keyword === "RUN")
    .flatMap(({ text }) => [...text.matchAll(INSTALLED_LIST)].map(([, list = ""]) => list));
  return lists.length > 0 && lists.every((list) => LIST_FOR_DEVELOPMENT.test(list));
}

interface Named {
  readonly name: string | undefined;
  readonly base: { readonly kind: string; readonly index?: number };
}

/**
 * The index of the stage that is shipped: the one that compose builds, else the last that is not for
 * development or tests, unless an earlier one that it is not built from is named for production.
 */
export function shippedStage(stages: readonly Named[], target?: string): number {
  const wanted = target === undefined ? -1 : stages.findIndex(({ name }) => name === target.toLowerCase());
  if (wanted >= 0) return wanted;
  const last = stages.findLastIndex(({ name }) => name === undefined || !LATER.test(name));
  const named = stages.findLastIndex(({ name }) => name !== undefined && SHIPPED.test(name));
  if (last < 0) return stages.length - 1;
  const isUnnamed = stages[last]?.name === undefined;
  return named < 0 || isUnnamed || descends(stages, last, named) ? last : named;
}

function descends(stages: readonly Named[], from: number, ancestor: number): boolean {
  for (let at: number | undefined = from; at !== undefined; at = stages[at]?.base.index)
    if (at === ancestor) return true;
  return false;
}
