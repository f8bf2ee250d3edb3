import type { UnreadFile } from "./fact.ts";
import { type OutboundCall, readOutboundCalls } from "./source/outbound-calls.ts";
import { defineSourceFact } from "./source/source-fact.ts";

export interface OutboundRequests {
  readonly all: readonly (OutboundCall & { readonly path: string })[];
  readonly unread: readonly UnreadFile[];
}

/** The requests that the product sends; what limits every socket limits `urllib` in all files. */
export const outboundRequests = defineSourceFact({
  extract: readOutboundCalls,
  combine: ({ files, unread }): OutboundRequests => {
    const limitsSockets = files.some(({ parsed }) => parsed.limitsSockets);
    const all = files.flatMap(({ path, parsed }) => parsed.calls.map((call) => ({ path, ...call })));
    return {
      all: all.map((call) => (limitsSockets && call.called.startsWith("urllib.") ? { ...call, timeout: "set" } : call)),
      unread,
    };
  },
});
