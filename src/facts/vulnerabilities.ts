import { type Advisory, keyOf } from "../snapshot/advisories.ts";
import { isAffected } from "./advisories/affected-range.ts";
import { ignoredAdvisories } from "./advisories/ignored.ts";
import { named } from "./advisories/named.ts";
import { defineFact } from "./fact.ts";
import { type LockedPackage, lockedVersions } from "./locked-versions.ts";

/** A locked version that an advisory is about. */
export interface Vulnerability extends LockedPackage {
  readonly advisory: Advisory;
}

/** A locked version with everything that is known against it, the gravest first. */
export interface VulnerablePackage extends LockedPackage {
  readonly advisories: readonly Advisory[];
  /** The gravest of them; malware is critical. */
  readonly gravity: Advisory["severity"];
  readonly says: string;
  /** Of what the project passes over on purpose: tells it from what else is known of that version. */
  readonly mark: string | undefined;
}

export interface Vulnerabilities {
  readonly packages: readonly VulnerablePackage[];
  /** Versions that nobody has asked about, and why. */
  readonly unasked: { readonly versions: number; readonly of: number; readonly reason: string } | undefined;
}

const ORDER = ["critical", "high", "medium", "low", "unknown"] as const;

/** What the database of advisories says of the versions that are locked: withdrawn and other versions' do not count. */
export const vulnerabilities = defineFact({
  canBeSilenced: true,
  uses: { lockedVersions, ignoredAdvisories },
  combine: ({ advisories: { byVersion, reason }, uses, silenced }): Vulnerabilities => {
    const { packages } = uses.lockedVersions;
    const all = packages.flatMap((locked) =>
      (byVersion.get(keyOf(locked)) ?? [])
        .filter(({ isWithdrawn, range }) => !isWithdrawn && isAffected(locked.version, range) === true)
        .map((advisory) => ({ ...locked, advisory })),
    );
    const isPassedOver = ({ advisory: { id, cve } }: Vulnerability): boolean =>
      [id, cve].some((one) => one !== null && uses.ignoredAdvisories.has(one.toUpperCase()));
    const unasked = packages.filter((locked) => !byVersion.has(keyOf(locked)));
    const standing = grouped(all.filter((one) => !isPassedOver(one)).sort(byGravity));
    const passedOver = grouped(all.filter(isPassedOver).sort(byGravity)).map((one) => {
      return { ...one, mark: `passed over: ${one.name}` };
    });
    return {
      packages: [...standing, ...passedOver].filter((one) => !silenced(one, one.mark === undefined ? null : "path")),
      unasked: unasked.length > 0 ? { versions: unasked.length, of: packages.length, reason } : undefined,
    };
  },
});

function grouped(found: readonly Vulnerability[]): readonly VulnerablePackage[] {
  return [...Map.groupBy(found, keyOf).values()].flatMap((all) => {
    const [worst] = all;
    if (!worst) return [];
    const { advisory, ...locked } = worst;
    const gravity = advisory.isMalware ? "critical" : advisory.severity;
    const advisories = all.map((one) => one.advisory);
    const use = locked.isShipped ? "" : ", for development,";
    return [
      {
        ...{ ...locked, gravity, advisories, mark: undefined },
        says: `${locked.name} ${locked.version}${use} has ${named(advisories)}.`,
      },
    ];
  });
}

function byGravity(a: Vulnerability, b: Vulnerability): number {
  return rank(a) - rank(b) || (a.name < b.name ? -1 : 1) || (a.advisory.id < b.advisory.id ? -1 : 1);
}

function rank({ advisory: { isMalware, severity }, isShipped }: Vulnerability): number {
  return (isShipped ? 0 : 10) + (isMalware ? -1 : ORDER.indexOf(severity));
}
