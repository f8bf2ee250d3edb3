import type { Profile } from "../../rule.ts";
import type { Dockerfile } from "../dockerfiles.ts";
import { globs } from "../fact.ts";
import type { Package } from "../packages.ts";
import type { PlatformFile } from "../platform-files.ts";
import { nameOf, type Tree } from "../tree.ts";

/** A hint at a profile, with the points that it is worth. */
export interface Signal {
  readonly profile: Profile;
  readonly points: number;
  readonly sentence: string;
  readonly path: string | null;
}

/** What the signals are read from. */
export interface SignalSources {
  /** Paths of the component. */
  readonly tree: Tree;
  /** Those of first-party files outside examples, docs and tests. */
  readonly product: readonly string[];
  /** Its own package descriptions. */
  readonly packages: readonly Package[];
  /** Normalised names of what it needs at run time, with the file that says so. */
  readonly runtime: ReadonlyMap<string, string>;
  /** The images that ship it. */
  readonly images: readonly Pick<Dockerfile, "path" | "shipped">[];
  readonly platforms: readonly PlatformFile[];
  /** Uploads to an index, wherever in the repository. */
  readonly uploads: readonly { readonly path: string }[];
}

const isStartFile = globs("**/{Procfile,fly.toml,render.yaml,uwsgi.ini,gunicorn.conf.py}");

/** The file of a platform or server that starts it. */
export function startFileOf({ product, platforms }: SignalSources): string | undefined {
  return product.find(isStartFile) ?? platforms.find(({ platform }) => platform === "app-engine")?.path;
}

/** Django's own command, which starts the project. */
export function managePathOf({ product }: SignalSources): string | undefined {
  return product.find((path) => nameOf(path) === "manage.py");
}

/** What an image runs when it starts, as far as it is written there. */
export function startOf({ shipped: { entrypoint, command } }: SignalSources["images"][number]): string {
  return [entrypoint, command].map((setting) => setting?.text ?? "").join(" ");
}

/** The image that starts the package by its own name, or else the package that installs a command of its name. */
export function ownCommandOf({ packages, images }: SignalSources): string | undefined {
  const names = packages.flatMap(({ name }) => name ?? []);
  const image = images.find((one) =>
    startOf(one)
      .split(/[^\w.-]+/)
      .some((word) => names.includes(word)),
  );
  return image?.path ?? packages.find(bearsName)?.path;
}

/** True where a command bears the package's name: `slug` of `slug` or `slug-cli`. */
export function bearsName({ name, commands }: Package): boolean {
  const plain = plainName(name ?? "");
  return commands.some((command) => plainName(command) === plain);
}

function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[-_.]+/g, "-")
    .replace(/-cli$/, "");
}

/** The file that says that an index gets the package. */
export function publishedBy({ packages, uploads }: SignalSources): string | undefined {
  const built = packages.filter(({ isBuilt }) => isBuilt);
  const isPrivate = (classifiers: readonly string[]): boolean =>
    classifiers.some((one) => one.startsWith("Private ::"));
  const classified = built.find(({ classifiers }) => classifiers.length > 0 && !isPrivate(classifiers));
  return classified?.path ?? (built.length > 0 ? uploads[0]?.path : undefined);
}

/** The package that an index is told to file under a heading. */
export function classifiedAs(heading: string, { packages }: SignalSources): string | undefined {
  return packages.find(({ isBuilt, classifiers }) => isBuilt && classifiers.some((one) => one.startsWith(heading)))
    ?.path;
}

/** True where an index hands it out and nothing in the repository starts or ships it. */
export function isInstalled(sources: SignalSources): boolean {
  // An image that starts nothing is one more way to hand it out.
  const isStarted =
    startFileOf(sources) !== undefined ||
    managePathOf(sources) !== undefined ||
    sources.images.some((image) => startOf(image).trim() !== "");
  return publishedBy(sources) !== undefined && !isStarted;
}

/** A hint where one of the needed distributions is among those that tell of the profile. */
export function declared(
  profile: Profile,
  points: number,
  names: ReadonlyMap<string, string>,
  wanted: RegExp,
  what: string,
): readonly Signal[] {
  const match = [...names].find(([name]) => wanted.test(name));
  return match ? [hint(profile, points, `it needs ${what}, ${match[0]}`, match[1] || null)] : [];
}

/** A hint where there is such a file. */
export function found(profile: Profile, points: number, path: string | undefined, sentence: string): readonly Signal[] {
  return path === undefined ? [] : [hint(profile, points, sentence, path)];
}

export function hint(profile: Profile, points: number, sentence: string, path: string | null): Signal {
  return { profile, points, sentence, path };
}
