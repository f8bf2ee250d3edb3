import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

/** Environments that GitHub makes for documentation, and those of package indexes. */
const OF_PAGES = /^(github-pages|(test-?)?pypi|release)\b/i;
/** Environments that are named. */
const NAMED = 5;

export default defineRule({
  title: "A change is proven somewhere before production",
  severity: "medium",
  why: "Where production is the only environment, the people who depend on it are the first to test a change.",
  fix: "Deploy to a second environment first (staging, or a preview for each pull request), and name both with environment: in the deploy jobs.",
  byHand: "which environments there are, and what differs between them, is for people to say",
  references: ["https://docs.github.com/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml"],
  scope: "repository",
  needs: ["environments", "githubSettings"],
  check({ environments: { targets, deployments, unguarded, computed }, githubSettings: { environments: onGithub } }) {
    if (unguarded)
      return fail([
        { path: unguarded.path, line: unguarded.line, found: "a push of any branch is deployed from here." },
      ]);
    const places = targets.map(({ path, line, word }) => ({ path, line, found: `${word} is a target.` }));
    if (places.length > 1) return pass(places);
    const [first] = deployments;
    const only = targets[0] ?? first;
    if (!first) return skip("nothing here deploys it");
    const named = onGithub.known ? onGithub.value.filter(({ name }) => !OF_PAGES.test(name)) : [];
    if (named.length > 1)
      return pass(named.slice(0, NAMED).map(({ name }) => ({ found: `${name} is an environment of GitHub.` })));
    if (computed) cannotJudge(`the environment of ${computed.path}:${computed.line} is computed`);
    const name = targets[0]?.word ?? first.platform;
    return fail([{ path: only?.path, line: only?.line, found: `${name} is the only target that is named here.` }]);
  },
  message: ({ found }) => found.charAt(0).toUpperCase() + found.slice(1),
  examples: {
    passes: {
      ".github/workflows/deploy.yml":
        "on:\n  push:\n    branches: [main]\njobs:\n  staging:\n    environment: staging\n    steps:\n      - uses: actions/checkout@v6\n      - run: flyctl deploy --app shop-staging\n  production:\n    needs: staging\n    environment: production\n    steps:\n      - uses: actions/checkout@v6\n      - run: flyctl deploy --app shop\n",
      "manage.py": "",
      "requirements.txt": "django\n",
    },
    fails: {
      ".github/workflows/deploy.yml":
        "on:\n  push:\n    branches: [main]\njobs:\n  deploy:\n    environment: production\n    steps:\n      - uses: actions/checkout@v6\n      - run: flyctl deploy\n",
      "manage.py": "",
      "requirements.txt": "django\n",
    },
  },
});
