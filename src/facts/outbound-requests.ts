import type { UnreadFile } from "./fact.ts";
import { type OutboundCall, readOutboundCalls } from "./source/outbound-calls.ts";
import { standing } from "./source/silenced.ts";
import { defineSourceFact } from "./source/source-fact.ts";

export interface OutboundRequests {
  readonly all: readonly (Omit<OutboundCall, "isSilenced"> & { readonly path: string })[];
  readonly unread: readonly UnreadFile[];
}

/** The requests that the product sends; what limits every socket limits `urllib` in all files. */
export const outboundRequests = defineSourceFact({
  canBeSilenced: true,
  extract: readOutboundCalls,
  combine: ({ files, unread, silenced }): OutboundRequests => {
    const limitsSockets = files.some(({ parsed }) => parsed.limitsSockets);
    const all = files.flatMap(({ path, parsed }) => standing({ path, parsed: parsed.calls }, silenced));
    return {
      all: all.map((call) => (limitsSockets && call.called.startsWith("urllib.") ? { ...call, timeout: "set" } : call)),
      unread,
    };
  },
});
