import { defineFact } from "./fact.ts";

/** The hooks that new settings of pre-commit are written with, each at a release that public repositories name; `pre-commit autoupdate` raises them. */
const CURRENT = {
  general: { repo: "https://github.com/pre-commit/pre-commit-hooks", rev: "v6.0.0" },
  ruff: { repo: "https://github.com/astral-sh/ruff-pre-commit", rev: "v0.16.3" },
  gitleaks: { repo: "https://github.com/gitleaks/gitleaks", rev: "v8.30.1" },
  nbstripout: { repo: "https://github.com/kynan/nbstripout", rev: "0.6.1" },
} as const;

/** Where hooks come from. */
export const currentHooks = defineFact({ spans: "repository", combine: (): typeof CURRENT => CURRENT });
