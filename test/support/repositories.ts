import type { GitFiles } from "../sandbox/git-objects.ts";
import { sample } from "../sandbox/samples.ts";

/** A small service that is in good order. */
export const healthy: GitFiles = sample("orders-api");

/** The same with a README that says nothing and a credential in its image. */
export const poor: GitFiles = {
  ...healthy,
  "README.md": "# Orders\n",
  Dockerfile:
    'FROM python:3.13-slim\nENV WAREHOUSE_TOKEN=wh-7f3a91c2-pine-harbour\nCMD ["uvicorn", "orders.api:app"]\n',
};

/** A file with a rule of one's own, to which neither of them keeps. */
export const ownRules: GitFiles = {
  ".github/pyready-rules.yml": `rules:
  own/news-are-kept:
    title: What is <new> is written down
    category: documentation
    severity: critical
    why: Those on call have to know what changed.
    fix: Write a line into NEWS.md.
    message: No file tells what is new.
    check: { present: [NEWS.md] }
    tests:
      passes: [{ app.py: "", NEWS.md: "" }]
      fails: [{ app.py: "" }]
`,
};
