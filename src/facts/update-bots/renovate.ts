/** What a configuration of Renovate says itself; presets of others may say more. */
export interface Renovate {
  readonly path: string;
  /** The managers that it is told to keep; undefined for all. */
  readonly managers: readonly string[] | undefined;
  readonly cooldownDays: number | undefined;
  readonly isGrouped: boolean;
  /** True where it builds on a preset that is not in the repository. */
  readonly isShared: boolean;
}

/** Its files are JSON5, of which only these settings are of interest. */
export function readRenovate(path: string, text: string): Renovate {
  const managers = /["']?enabledManagers["']?\s*:\s*\[([^\]]{0,2000})\]/.exec(text)?.[1];
  const [, count, unit] = /["']?minimumReleaseAge["']?\s*:\s*["'](\d+)\s*(day|week|month)/.exec(text) ?? [];
  const presets = [...text.matchAll(/["'](?:github>|gitlab>|local>|bitbucket>|gitea>|@)[^"'\s]+["']/g)];
  return {
    path,
    managers: managers === undefined ? undefined : [...managers.matchAll(/[\w-]+/g)].map(([name]) => name),
    cooldownDays: count === undefined ? undefined : Number(count) * ({ day: 1, week: 7, month: 30 }[unit ?? ""] ?? 1),
    isGrouped: /group(Name|:)|config:(recommended|base|best-practices)/.test(text),
    isShared: presets.length > 0,
  };
}

/** Renovate looks for every manager, unless it is told which. */
export function keepsPython({ managers }: Renovate): boolean {
  return managers === undefined || managers.some((name) => /^(pip|pep621|poetry|uv|setup-cfg|pixi)/.test(name));
}
