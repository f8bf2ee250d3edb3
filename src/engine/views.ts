import type { Component } from "../facts/fact.ts";
import { ancestorsOf, type Tree } from "../facts/tree.ts";
import type { View } from "./fact-values.ts";

/**
 * The view of each component. A path belongs to the nearest component above it; where there is one
 * primary component, all that no other owns is its own, unless somebody named it; settings above a component
 * reach into it.
 */
export function viewsOf(components: readonly Component[], tree: Tree, areNamed = false): readonly View[] {
  const roots = new Map(components.map((component) => [component.root, component]));
  const primaries = components.filter(({ kind }) => kind === "primary");
  const sole = primaries.length === 1 && !areNamed ? primaries[0] : undefined;
  const ownerOf = (path: string): Component | undefined => {
    const nearest = ancestorsOf(path).find((folder) => roots.has(folder));
    return nearest === undefined ? sole : roots.get(nearest);
  };
  const entries = Map.groupBy(tree.entries, ({ path }) => ownerOf(path));
  return components.map((component, place) => ({
    component,
    place,
    tree: tree.narrowedTo(entries.get(component) ?? []),
    above: component.root === "" ? [] : ancestorsOf(component.root),
  }));
}
