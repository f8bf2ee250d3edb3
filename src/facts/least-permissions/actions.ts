/** What an action does with the workflow's token beyond reading the repository's contents. */
export type Scopes = Readonly<Record<string, "read" | "write">>;

const NOTHING: Scopes = {};
const CONTENTS: Scopes = { contents: "write" };
const PULLS: Scopes = { "pull-requests": "write" };
const ISSUES: Scopes = { issues: "write" };
const TALKS: Scopes = { ...ISSUES, ...PULLS };
const PROPOSES: Scopes = { ...CONTENTS, ...PULLS };

/**
 * Actions that are known for what they need of the token, by `owner/name` in lower case, as their own pages
 * say (2026-11). What is missing here is not known, and nothing is guessed of it.
 */
const ACTIONS: Readonly<Record<string, Scopes>> = {
  ...each(NOTHING, [
    ..."checkout setup-python setup-node setup-go setup-java setup-dotnet cache upload-artifact download-artifact"
      .split(" ")
      .map((name) => `actions/${name}`),
    ..."build-push-action setup-buildx-action setup-qemu-action metadata-action bake-action"
      .split(" ")
      .map((name) => `docker/${name}`),
    "astral-sh/setup-uv",
    "astral-sh/ruff-action",
    "aws-actions/amazon-ecr-login",
    "azure/setup-helm",
    "chartboost/ruff-action",
    "codecov/codecov-action",
    "conda-incubator/setup-miniconda",
    "dtolnay/rust-toolchain",
    "hadolint/hadolint-action",
    "hashicorp/setup-terraform",
    "j178/prek-action",
    "mamba-org/setup-micromamba",
    "nick-fields/retry",
    "oven-sh/setup-bun",
    "pdm-project/setup-pdm",
    "pnpm/action-setup",
    "pre-commit/action",
    "psf/black",
    "pypa/cibuildwheel",
    "pypa/gh-action-pip-audit",
    "pypa/hatch",
    "re-actors/alls-green",
    "slackapi/slack-github-action",
    "snok/install-poetry",
    "swatinem/rust-cache",
  ]),
  "actions/labeler": PULLS,
  "actions/stale": TALKS,
  "actions/first-interaction": TALKS,
  "actions/create-release": CONTENTS,
  "actions/upload-release-asset": CONTENTS,
  "ad-m/github-push-action": CONTENTS,
  "dessant/lock-threads": TALKS,
  "dorny/paths-filter": { "pull-requests": "read" },
  "endbug/add-and-commit": CONTENTS,
  "github/codeql-action": { "security-events": "write", actions: "read" },
  "googleapis/release-please-action": PROPOSES,
  "jamesives/github-pages-deploy-action": CONTENTS,
  "marocchino/sticky-pull-request-comment": PULLS,
  "ncipollo/release-action": CONTENTS,
  "peaceiris/actions-gh-pages": CONTENTS,
  "peter-evans/create-or-update-comment": TALKS,
  "peter-evans/create-pull-request": PROPOSES,
  "peter-evans/find-comment": { issues: "read", "pull-requests": "read" },
  "release-drafter/release-drafter": PROPOSES,
  "softprops/action-gh-release": CONTENTS,
  "stefanzweifel/git-auto-commit-action": CONTENTS,
};

/** Actions that use the token only where they are handed it. */
export const HANDED = /^(docker\/login-action|pypa\/gh-action-pypi-publish|aws-actions\/configure-aws-credentials)$/;

/** What GitHub's own command line does with the token. */
export const COMMANDS: readonly (readonly [command: RegExp, scopes: Scopes])[] = [
  [/^gh release (create|upload|edit|delete)\b/, CONTENTS],
  [/^gh pr (comment|edit|close|review|ready)\b/, PULLS],
  [/^gh pr (create|merge)\b/, PROPOSES],
  [/^gh issue (create|comment|edit|close)\b/, ISSUES],
  [/^git push\b/, CONTENTS],
];

/** What an action needs; undefined where it is not known. */
export function scopesOf(owner: string, repository: string): Scopes | undefined {
  const name = `${owner}/${repository}`.toLowerCase();
  return Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
}

function each(scopes: Scopes, names: readonly string[]): Readonly<Record<string, Scopes>> {
  return Object.fromEntries(names.map((name) => [name, scopes]));
}
