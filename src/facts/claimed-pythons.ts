import { defineFact } from "./fact.ts";
import { packages } from "./packages.ts";
import { isSettled, minorsAllowedBy } from "./python-versions/support.ts";
import { folderOf } from "./tree.ts";

/** The ends of the range of Python versions that a package says it runs on. */
export interface ClaimedPythons {
  readonly path: string;
  readonly line: number;
  /** Undefined where the range has no lower end to speak of. */
  readonly lowest: string | undefined;
  readonly highest: string | undefined;
}

const CLASSIFIER = /^Programming Language :: Python :: (3\.\d+)$/;

/** What the metadata claims by `requires-python` and classifiers; undefined where it claims nothing. */
export const claimedPythons = defineFact({
  uses: { packages },
  combine: ({ date, uses }): ClaimedPythons | undefined => {
    const own = uses.packages.all.filter(({ path }, _, [nearest]) => folderOf(path) === folderOf(nearest?.path ?? ""));
    const stated = own.find(({ requiresPython }) => requiresPython !== undefined);
    const allowed = stated?.requiresPython && minorsAllowedBy(stated.requiresPython.text);
    const classified = own.flatMap(({ classifiers }) => classifiers.flatMap((one) => CLASSIFIER.exec(one)?.[1] ?? []));
    const [nearest] = own;
    if (!nearest || (!allowed && classified.length === 0)) return undefined;
    const isOpen = allowed?.includes("3.0") === true;
    const both = classified.filter((minor) => allowed?.includes(minor) ?? true);
    // Without classifiers every newer release is claimed, once it has settled.
    const claimed = (
      both.length > 0 ? both : (allowed ?? []).filter((minor) => isSettled(minor, date) || isOld(minor))
    ).sort((a, b) => numberOf(a) - numberOf(b));
    return {
      path: stated?.path ?? nearest.path,
      line: stated?.requiresPython?.line ?? nearest.line,
      lowest: isOpen && both.length === 0 ? undefined : claimed[0],
      highest: claimed.at(-1),
    };
  },
});

function isOld(minor: string): boolean {
  return numberOf(minor) < 8;
}

function numberOf(minor: string): number {
  return Number(minor.split(".")[1]);
}
