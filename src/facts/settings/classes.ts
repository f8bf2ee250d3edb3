import { isNamedSettings, type SettingsSource } from "../source/settings.ts";
import { STAGE } from "./fold.ts";
import { asDefault, type Folded } from "./folded.ts";
import { lineages, type PlacedClass, placedClasses, runLineage } from "./lineage.ts";
import type { Setting } from "./namespace.ts";
import { isForDevelopment } from "./production.ts";
import type { Runner } from "./runner.ts";

/** The settings of a class that production may run with. */
export interface ClassSettings {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  /** Pydantic, as dynaconf, takes every field from the environment; of Flask's classes only what says so. */
  readonly kind: "pydantic" | "flask" | "dynaconf";
  readonly settings: ReadonlyMap<string, Setting>;
  readonly refused: ReadonlySet<string>;
  /** True where something that is not here may set more. */
  readonly isOpen: boolean;
}

const DEVELOPMENT_CLASS = /dev|local|test|debug|(^|[^a-z])ci/i;
const PRODUCTION_CLASS = /prod|live/i;

/** The classes of settings, those for production in the place of what they inherit. */
export function productionClasses(
  sources: ReadonlyMap<string, SettingsSource | null>,
  runner: Runner,
): readonly ClassSettings[] {
  const all = placedClasses(sources).filter(isNamedSettings);
  const lineageOf = lineages(all);
  return all
    .filter((one) =>
      isJudged(
        one,
        all.filter(({ path }) => path === one.path),
      ),
    )
    .map((one) => {
      const line = lineageOf(one);
      const kind = line.some(({ bases }) => bases.some((base) => /BaseSettings$/.test(base))) ? "pydantic" : "flask";
      const space = runLineage(line, runner);
      const refused = new Set([...space.refused, ...line.flatMap((each) => each.refused)]);
      const settings = kind === "flask" ? space.settings : fromEnvironment(space.settings);
      return { name: one.name, path: one.path, line: one.line, kind, settings, refused, isOpen: false };
    });
}

/** Not one for developers; and not one that production has its own of beside it. */
function isJudged({ name }: PlacedClass, beside: readonly PlacedClass[]): boolean {
  if (isDevelopmentClass(name)) return false;
  return isProductionClass(name) || !beside.some((other) => isProductionClass(other.name));
}

/** True for the name of a class that is meant for developers or tests. */
export function isDevelopmentClass(name: string): boolean {
  return DEVELOPMENT_CLASS.test(name) || isForDevelopment(name);
}

/** True for the name of a class that is meant for production. */
export function isProductionClass(name: string): boolean {
  return PRODUCTION_CLASS.test(name);
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
