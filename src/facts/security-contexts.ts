import type { Data, Edit } from "../rule.ts";
import { containerRights } from "./container-rights.ts";
import { defineFact } from "./fact.ts";

/** Where in a security context, and how, what is harmless is written. */
const WRITTEN: Readonly<Record<string, readonly [at: readonly string[], value: Data]>> = {
  "allowPrivilegeEscalation: false": [["allowPrivilegeEscalation"], false],
  "capabilities: {drop: [ALL]}": [["capabilities", "drop"], ["ALL"]],
};

/** The restrictions that take nothing from what runs in a container. */
export const securityContexts = defineFact({
  spans: "repository",
  uses: { containerRights },
  combine: ({ uses }): readonly Edit[] =>
    uses.containerRights.containers.flatMap(({ path, harmless: { line, settings } }) =>
      settings.flatMap((setting): readonly Edit[] => {
        const [at, value] = WRITTEN[setting] ?? [];
        return at && value !== undefined ? [{ kind: "set", path, line, at: ["securityContext", ...at], value }] : [];
      }),
    ),
});
