import type { SettingsClass, SettingsSource } from "../source/settings.ts";
import { STAGE } from "./fold.ts";
import { asDefault, type Folded } from "./folded.ts";
import type { Namespace, Setting } from "./namespace.ts";
import { isForDevelopment } from "./production.ts";
import type { Runner } from "./runner.ts";

/** The settings of a class that production may run with. */
export interface ClassSettings {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  /** Pydantic reads every field from the environment; of Flask's classes only what says so. */
  readonly kind: "pydantic" | "flask";
  readonly settings: ReadonlyMap<string, Setting>;
  readonly refused: ReadonlySet<string>;
}

interface Placed extends SettingsClass {
  readonly path: string;
}

const MAX_BASES = 10;
const DEVELOPMENT_CLASS = /dev|local|test|debug|(^|[^a-z])ci/i;
const PRODUCTION_CLASS = /prod|live/i;

/** The classes of settings, those for production in the place of what they inherit. */
export function productionClasses(
  sources: ReadonlyMap<string, SettingsSource | null>,
  runner: Runner,
): readonly ClassSettings[] {
  const all: readonly Placed[] = [...sources].flatMap(([path, source]) =>
    (source?.classes ?? []).map((one) => ({ ...one, path })),
  );
  const byName = Map.groupBy(all, ({ name }) => name);
  const baseOf = (name: string, path: string): Placed | undefined => {
    const found = byName.get(name) ?? [];
    return found.find((one) => one.path === path) ?? (found.length === 1 ? found[0] : undefined);
  };
  const lineage = (one: Placed, depth = 0): readonly Placed[] =>
    depth > MAX_BASES
      ? []
      : [
          one,
          ...one.bases.slice(0, MAX_BASES).flatMap((name) => {
            const base = baseOf(name, one.path);
            return base && base !== one ? lineage(base, depth + 1) : [];
          }),
        ].slice(0, MAX_BASES);
  return all
    .filter((one) =>
      isJudged(
        one,
        all.filter(({ path }) => path === one.path),
      ),
    )
    .map((one) => {
      const line = lineage(one);
      const kind = line.some(({ bases }) => bases.some((base) => /BaseSettings$/.test(base))) ? "pydantic" : "flask";
      const space = line
        .toReversed()
        .reduce<Namespace | undefined>(
          (inherited, { path, steps }) => runner.runClass(path, steps, inherited ? [inherited] : []),
          undefined,
        ) as Namespace;
      const refused = new Set([...space.refused, ...line.flatMap((each) => each.refused)]);
      const settings = kind === "flask" ? space.settings : fromEnvironment(space.settings);
      return { name: one.name, path: one.path, line: one.line, kind, settings, refused };
    });
}

/** Not one for developers; and not one that production has its own of beside it. */
function isJudged({ name }: Placed, beside: readonly Placed[]): boolean {
  if (DEVELOPMENT_CLASS.test(name) || isForDevelopment(name)) return false;
  return PRODUCTION_CLASS.test(name) || !beside.some((other) => PRODUCTION_CLASS.test(other.name));
}

function fromEnvironment(settings: ReadonlyMap<string, Setting>): ReadonlyMap<string, Setting> {
  return new Map(
    [...settings].map(([name, setting]) => {
      const value: Folded = STAGE.test(name.toUpperCase())
        ? { kind: "stage", isDefault: true }
        : asDefault(setting.value);
      return [name, { ...setting, value }];
    }),
  );
}
