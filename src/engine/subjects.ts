import { facts as allFacts } from "../facts/index.ts";
import type { FactValues, View } from "./fact-values.ts";
import type { Subject } from "./judge.ts";
import type { ProfiledComponent } from "./judged-rule.ts";
import type { ReviewValues } from "./review-values.ts";
import type { Scope } from "./terms.ts";

/** Components that are judged: every rule looks at each of them. */
export const MAX_COMPONENTS = 500;

/** What rules are judged on within a scope: the repository, and each of its components. */
export interface Subjects {
  readonly values: FactValues;
  readonly repository: Subject;
  readonly parts: readonly Subject[];
  readonly components: readonly ProfiledComponent[];
  /** Components beyond the number that is judged. */
  readonly beyond: readonly View[];
}

/** The subjects of a scope; with what the repository itself calls vendored or generated, or without heeding it. */
export function subjectsIn(all: ReviewValues, scope: Scope, heedsAttributes = true): Subjects {
  const values = all.within(scope, heedsAttributes);
  const areNamed = nameComponents(values, scope);
  const views = values.viewsOf(values.valueOf(allFacts.components, values.whole), areNamed);
  const primaries = views.filter(({ component }) => component.kind === "primary");
  const primary = primaries.slice(0, MAX_COMPONENTS);
  for (const view of primary) nameProfile(values, view, scope);
  const components = primary.map((view) => componentOf(view, values));
  const { complete } = all.gathered.snapshot;
  const profiles = components.map(({ profile }) => profile);
  return {
    values,
    components,
    beyond: primaries.slice(MAX_COMPONENTS),
    repository: { view: values.whole, profiles, complete, isOneOfSeveral: false },
    parts: primary.map((view, index) => ({
      view,
      profiles: [profiles[index] ?? "none"],
      complete,
      isOneOfSeveral: primary.length > 1,
    })),
  };
}

/**
 * Components that the policy names take the place of those that are found; one without files is none.
 * @returns whether there are any
 */
function nameComponents(values: FactValues, { components }: Scope): boolean {
  const { tree } = values.whole;
  const named = components.filter(({ path }) => path === "" || tree.hasFolder(path));
  if (named.length === 0) return false;
  const isNamed = (root: string): boolean => named.some(({ path }) => path === root);
  // What supports the product is still kept apart from it.
  const found = values.valueOf(allFacts.components, values.whole);
  const auxiliary = found.filter(({ kind, root }) => kind === "auxiliary" && !isNamed(root));
  const primary = [...new Set(named.map(({ path }) => path))]
    .sort()
    .map((root) => ({ root, kind: "primary" as const }));
  values.assume(allFacts.components, values.whole, [...primary, ...auxiliary]);
  return true;
}

function nameProfile(values: FactValues, view: View, { profile, components }: Scope): void {
  const named = components.find(({ path }) => path === view.component.root)?.profile ?? profile;
  const found = values.valueOf(allFacts.profile, view);
  // Where there is no Python no profile makes sense.
  if (!named || found.id === "none" || found.id === named) return;
  values.assume(allFacts.profile, view, {
    ...found,
    id: named,
    signals: [{ path: null, sentence: "the policy says so", profile: named, points: 0 }],
  });
}

function componentOf(view: View, values: FactValues): ProfiledComponent {
  const { id, signals } = values.valueOf(allFacts.profile, view);
  const { lines, productLines } = values.valueOf(allFacts.pythonFiles, view);
  return { root: view.component.root, profile: id, signals, lines, productLines };
}
