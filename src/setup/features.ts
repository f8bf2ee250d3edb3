import { settingsPermissions } from "../github/settings/permissions.ts";

type Permissions = Readonly<Record<string, "read" | "write">>;

/** What an App can do that is registered with more permissions than reviews need; each works without the others. */
const features: Readonly<Record<string, Permissions>> = {
  /** Pull requests that propose repairs and waivers; `workflows` for repairs of workflows. */
  fix: { contents: "write", workflows: "write" },
  /** Rules about the repository's settings on GitHub. */
  settings: settingsPermissions,
  /** Findings as alerts of code scanning. */
  sarif: { security_events: "write" },
};

/** Permissions with those of some features. @throws Error that names what is no feature */
export function permissionsWith(base: Permissions, named: readonly string[]): Permissions {
  const unknown = named.filter((name) => !(name in features));
  if (unknown.length > 0)
    throw new Error(`--with takes ${Object.keys(features).join(", ")}, and not ${unknown.join(", ")}.`);
  const all = [base, ...named.map((name) => features[name] ?? {})].flatMap((some) => Object.entries(some));
  const [reading, writing] = ["read", "write"].map((wanted) => all.filter(([, level]) => level === wanted));
  return Object.fromEntries([...(reading ?? []), ...(writing ?? [])]);
}
