import { ci } from "./ci.ts";
import { currentActions } from "./current-actions.ts";
import { defineFact } from "./fact.ts";
import { repositoryInfo } from "./repository-info.ts";

/** A workflow that analyses the Python with CodeQL; or why nobody but people can set that up. Repairs alone ask. */
export const codeqlWorkflow = defineFact({
  spans: "repository",
  uses: { ci, repositoryInfo, currentActions },
  combine: ({ uses }): { readonly text: string } | { readonly reason: string } => {
    const { visibility, defaultBranch } = uses.repositoryInfo;
    const { checkout, codeqlInit, codeqlAnalyze } = uses.currentActions;
    if (uses.ci.systems.some(({ system }) => system !== "GitHub Actions"))
      return { reason: "only workflows of GitHub are written" };
    if (visibility === "private" || visibility === "internal")
      return { reason: "in a private repository CodeQL needs GitHub Advanced Security" };
    const branch = /^[\w./-]+$/.test(defaultBranch ?? "") ? defaultBranch : undefined;
    const text = `name: CodeQL
on:
  pull_request:
${branch ? `  push:\n    branches: ["${branch}"]\n` : ""}  schedule:
    - cron: "23 4 * * 1"
permissions:
  contents: read
jobs:
  analyze:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions:
      contents: read
      security-events: write
    steps:
      - uses: ${checkout}
        with:
          persist-credentials: false
      - uses: ${codeqlInit}
        with:
          languages: python
      - uses: ${codeqlAnalyze}
`;
    return { text };
  },
});
