/**
 * What a set of rules finds: likely bugs; some kinds of them; what cannot run, as unknown names do;
 * nothing but layout; nothing at all.
 */
export type Reach = "bugs" | "some" | "basic" | "layout" | "off";

/** From the most that is found to the least. */
export const REACHES: readonly Reach[] = ["bugs", "some", "basic", "layout", "off"];

/** Families of ruff, beside bugbear, that look for mistakes and not for layout. */
const FINDERS =
  /^(S|ASYNC|DTZ|PL[CEWR]?|BLE|A|RUF|TRY|LOG|G|ARG|PERF|RET|SIM|FURB|YTT|PGH|T10|ISC|PIE|DJ|NPY|PD|FAST|AIR|C|C4|C90|FBT|SLF)$/;
/** So many single rules of bugbear are as good as the family. */
const MANY = 5;
/** What ruff checks where nobody says anything. */
const DEFAULTS = ["E4", "E7", "E9", "F"];

/** What ruff is told to check. */
export interface RuffSelection {
  readonly select: readonly string[] | undefined;
  readonly extended: readonly string[];
  readonly ignored: readonly string[];
}

export function reachOfRuff({ select, extended, ignored }: RuffSelection): Reach {
  if (ignored.includes("ALL")) return "off";
  const codes = [...(select ?? DEFAULTS), ...extended].filter((code) => !ignored.includes(code));
  if (codes.length === 0) return "off";
  const bugbear = codes.filter((code) => /^B\d*$/.test(code));
  if (codes.includes("ALL") || bugbear.some((code) => code.length <= 3) || bugbear.length >= MANY) return "bugs";
  const finds = codes.some((code) => FINDERS.test(code) || FINDERS.test(code.replace(/\d+$/, "")));
  if (bugbear.length > 0 || finds) return "some";
  return codes.some((code) => /^(F|E9)/.test(code)) ? "basic" : "layout";
}

/** Plugins of flake8 that look for mistakes. */
const PLUGIN =
  /^(flake8-(bandit|async|simplify|comprehensions|builtins|pytest-style|datetimez|blind-except|mutable|return|logging-format|unused-arguments|pie|django)|hacking|dlint)$/;

/** What flake8 is told to check, beside the distributions that may be its plugins. */
export interface Flake8Selection {
  /** Empty where nobody says anything: all plugins then check. */
  readonly select: readonly string[];
  readonly extended: readonly string[];
  readonly ignored: readonly string[];
  readonly distributions: Iterable<string>;
}

export function reachOfFlake8({ select, extended, ignored, distributions }: Flake8Selection): Reach {
  const names = [...distributions];
  const isAtHand = names.some((name) => /^(flake8-bugbear|wemake-python-styleguide)$/.test(name));
  const chosen = select.length > 0 ? select : isAtHand ? ["B"] : [];
  const bugbear = [...chosen, ...extended].filter((code) => /^B\d*$/.test(code) && !ignored.includes(code));
  if (bugbear.some((code) => /^B0?$/.test(code)) || bugbear.length >= MANY) return "bugs";
  return bugbear.length > 0 || names.some((name) => PLUGIN.test(name)) ? "some" : "basic";
}

/** Without a word pylint checks all that it knows. */
export function reachOfPylint(disabled: readonly string[], enabled: readonly string[]): Reach {
  if (!disabled.some((name) => name.toLowerCase() === "all")) return "bugs";
  if (enabled.some((name) => /^[EFW]$/.test(name))) return "bugs";
  return enabled.length > 0 ? "some" : "off";
}

/** What linters check that have no sets to choose from. */
export const REACH_OF_OTHERS: Readonly<Record<string, Reach>> = {
  prospector: "bugs",
  pylama: "basic",
  pyflakes: "basic",
  hacking: "some",
  pycodestyle: "layout",
};
