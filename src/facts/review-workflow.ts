import { currentActions } from "./current-actions.ts";
import { defineFact } from "./fact.ts";

/** A workflow of GitHub that looks at the dependencies which a pull request brings. */
export const reviewWorkflow = defineFact({
  spans: "repository",
  uses: { currentActions },
  combine: ({ uses: { currentActions: actions } }): string => `name: Dependency review
on: pull_request
permissions:
  contents: read
jobs:
  dependency-review:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: ${actions.checkout}
        with:
          persist-credentials: false
      - uses: ${actions.dependencyReview}
`,
});
