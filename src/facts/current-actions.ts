import { defineFact } from "./fact.ts";

/**
 * The actions that new workflows are written with, each at a release of 2026 and by the commit that public
 * repositories pin for it. Update bots raise them where they are used.
 */
const CURRENT = {
  checkout: "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
  setupPython: "actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0",
  setupUv: "astral-sh/setup-uv@c771a70e6277c0a99b617c7a806ffedaca235ff9 # v9.0.0",
  attest: "actions/attest-build-provenance@a2bbfa25375fe432b6a289bc6b6cd05ecd0c4c32 # v4.1.0",
  dependencyReview: "actions/dependency-review-action@a1d282b36b6f3519aa1f3fc636f609c47dddb294 # v5.0.0",
  codeqlInit: "github/codeql-action/init@e4fba868fa4b1b91e1fdab776edc8cfbe6e9fb81 # v4.37.3",
  codeqlAnalyze: "github/codeql-action/analyze@e4fba868fa4b1b91e1fdab776edc8cfbe6e9fb81 # v4.37.3",
} as const;

/** What a `uses:` of a new workflow names. */
export const currentActions = defineFact({ spans: "repository", combine: (): typeof CURRENT => CURRENT });
