import { defineFact, type UnreadFile } from "./fact.ts";
import { type Folded, truthOf } from "./settings/folded.ts";
import { webSettings } from "./web-settings.ts";

export interface AllowedHosts {
  /** Undefined where there are no settings of Django. */
  readonly setting:
    | {
        readonly path: string;
        readonly line: number;
        readonly hosts: "limited" | "any" | "none" | "unknown";
        /** True where the environment may say another. */
        readonly isDefault: boolean;
      }
    | undefined;
  readonly undecided: string | undefined;
  readonly unread: readonly UnreadFile[];
}

/** Which names of hosts Django answers to in production. */
export const allowedHosts = defineFact({
  uses: { webSettings },
  combine: ({ uses }): AllowedHosts => {
    const { django, undecided, unread } = uses.webSettings;
    if (!django) return { setting: undefined, undecided, unread };
    const found = django.settings.get("ALLOWED_HOSTS");
    const debug = django.settings.get("DEBUG");
    // With DEBUG an empty list lets nobody in but this machine.
    const isDebug = debug !== undefined && truthOf(debug.value) === true;
    const unset = django.isOpen || django.isExtensible ? "unknown" : "none";
    const hosts = found ? hostsOf(found.value) : unset;
    return {
      setting: {
        path: found?.path ?? django.path,
        line: found?.line ?? django.end,
        hosts: hosts === "none" && isDebug ? "limited" : hosts,
        isDefault: found?.value.isDefault ?? false,
      },
      undecided,
      unread,
    };
  },
});

function hostsOf(value: Folded): "limited" | "any" | "none" | "unknown" {
  if (value.kind === "external") return "limited";
  if (value.kind === "literal") {
    if (typeof value.value !== "string") return value.isDefault ? "limited" : "unknown";
    return value.value.split(/[,\s]+/).includes("*") ? "any" : "limited";
  }
  if (value.kind !== "list") return "unknown";
  if (value.items.some((item) => item.kind === "literal" && item.value === "*")) return "any";
  return value.items.length > 0 || value.isDefault ? "limited" : "none";
}
