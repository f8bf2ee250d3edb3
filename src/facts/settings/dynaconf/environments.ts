import type { ProductionVariable } from "../../production-variables.ts";
import type { Folded } from "../folded.ts";

/** What decides which environment dynaconf loads. */
export interface Choice {
  readonly kind: "django" | "flask" | "object";
  readonly prefix: string;
  option(name: string): Folded | undefined;
  variable(name: string): ProductionVariable | undefined;
  /** The environments that the files know. */
  readonly named: readonly string[];
}

const PRODUCTION = /^(prod|production|live|prd)$/i;

/**
 * The environments that production may run in: what the image or a manifest says, else the one whose name says
 * production. Where none does, it is dynaconf's own default, or a production that only has what all have.
 */
export function productionEnvironments({ kind, prefix, option, variable, named }: Choice): readonly string[] {
  const text = (name: string): string | undefined => textOf(option(name));
  const switcher = { django: "DJANGO_ENV", flask: `${prefix || "FLASK"}_ENV`, object: "ENV_FOR_DYNACONF" }[kind];
  const said = text("FORCE_ENV") ?? (variable(text("ENV_SWITCHER") ?? switcher) ?? variable("ENV_FOR_DYNACONF"))?.value;
  const chosen = said ?? named.find((name) => PRODUCTION.test(name));
  return chosen === undefined ? [...new Set([text("ENV") ?? "development", "production"])] : [chosen];
}

/** The text of a value that is one. */
export function textOf(value: Folded | undefined): string | undefined {
  return value?.kind === "literal" && typeof value.value === "string" ? value.value : undefined;
}
