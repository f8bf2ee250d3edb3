import { ci } from "./ci.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { pytestConfigs } from "./pytest-configs.ts";
import { testLayout } from "./test-layout.ts";

export interface PytestStrictness {
  /** The section that sets pytest up. */
  readonly config: { readonly path: string; readonly line: number } | undefined;
  /** What ends a run, by the settings or by the options of CI: unknown marks, unexpected passes, warnings. */
  readonly marks: boolean;
  readonly expectedFailures: boolean;
  readonly warnings: boolean;
  /** True where tests need pytest, or CI runs them with it. */
  readonly isUsed: boolean;
  readonly unread: readonly UnreadFile[];
}

/** Filters that decide on the warning about an unknown mark: those on all warnings, and on its own kinds. */
const ON_UNKNOWN_MARKS =
  /^(error|ignore|always|default|module|once)(:*|::(Warning|UserWarning|(pytest\.)?Pytest(UnknownMark)?Warning):*)$/;
const STRICT_MARKS = /(^|\s)(--strict(-markers)?|-W[= ]?error)(?=\s|$)/;
const WARNINGS_ARE_ERRORS = /(^|\s)-W[= ]?error\b/;

/** How strict runs of pytest are. */
export const pytestStrictness = defineFact({
  uses: { pytestConfigs, testLayout, ci },
  combine: ({ uses, component }): PytestStrictness => {
    const [config] = uses.pytestConfigs.files;
    const settings = config?.settings;
    const isOn = (...keys: readonly string[]): boolean =>
      keys.some((key) => settings?.get(key)?.text?.toLowerCase() === "true");
    const runs = uses.ci.jobs.flatMap(({ commands }) => commands).filter(({ words }) => words[0] === "pytest");
    const options = [settings?.get("addopts")?.texts ?? [], ...runs.map(({ words }) => words)].flat().join(" ");
    const filters = (settings?.get("filterwarnings")?.texts ?? [])
      .flatMap((text) => text.split("\n"))
      .map((filter) => filter.trim());
    // Of several filters on a warning the last one counts.
    const onMarks = filters.findLast((filter) => ON_UNKNOWN_MARKS.test(filter)) ?? "";
    const { sources } = uses.testLayout;
    const isImported = sources.some(({ imports }) => imports.some(({ module }) => module === "pytest"));
    // What CI runs, it may run for another component, unless only pytest collects these tests.
    const isRun = runs.length > 0 && (component.root === "" || sources.some(({ hasFunctions }) => hasFunctions));
    return {
      config,
      marks: isOn("strict", "strict_markers") || STRICT_MARKS.test(options) || onMarks.startsWith("error"),
      expectedFailures: isOn("strict", "xfail_strict", "strict_xfail"),
      warnings: filters.some((filter) => filter.startsWith("error")) || WARNINGS_ARE_ERRORS.test(options),
      isUsed: isImported || isRun,
      unread: uses.pytestConfigs.unread,
    };
  },
});
