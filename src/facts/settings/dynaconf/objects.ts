import type { SettingsSource } from "../../source/settings.ts";
import type { ClassSettings } from "../classes.ts";
import type { Runner } from "../runner.ts";

/** What modules load by dynaconf into objects of their own, or into the configuration of Flask. */
export function dynaconfObjects(
  sources: ReadonlyMap<string, SettingsSource | null>,
  runner: Runner,
): readonly ClassSettings[] {
  return [...sources].flatMap(([path, source]) =>
    (source?.dynaconf ?? [])
      .filter(({ kind }) => kind !== "django")
      .map((load): ClassSettings => {
        const settings = runner.load(path, load) ?? new Map();
        const kind = load.kind === "flask" ? "flask" : "dynaconf";
        return { name: load.name ?? kind, path, line: load.line, kind, settings, refused: new Set(), isOpen: true };
      }),
  );
}
