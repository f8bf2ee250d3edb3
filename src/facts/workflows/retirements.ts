/**
 * What GitHub Actions retired, and when: as announced up to November 2026. Each entry is a fact about
 * others that changes with time; add to it, and what is not listed is taken to be current.
 */

/**
 * Labels of hosted runners, with the day from which no job with them starts.
 * @see https://github.com/actions/runner-images/issues?q=label%3AAnnouncement
 */
export const RETIRED_RUNNERS: Readonly<Record<string, string>> = {
  "ubuntu-16.04": "2021-09-20",
  "windows-2016": "2022-03-15",
  "ubuntu-18.04": "2023-04-03",
  "macos-10.15": "2023-03-31",
  "macos-11": "2024-06-28",
  "macos-12": "2024-12-03",
  "ubuntu-20.04": "2025-04-15",
  "windows-2019": "2025-06-30",
  "macos-13": "2025-12-04",
  "macos-14": "2026-11-02",
  "ubuntu-22.04": "2027-04-17",
};

/** What a job asks for in place of a retired label; macOS changed its processor on the way, and is for people. */
export const RUNNER_SUCCESSORS: Readonly<Record<string, string>> = {
  "ubuntu-16.04": "ubuntu-24.04",
  "ubuntu-18.04": "ubuntu-24.04",
  "ubuntu-20.04": "ubuntu-24.04",
  "windows-2016": "windows-2022",
  "windows-2019": "windows-2022",
};

/** Actions that take the same inputs in the first version that works, so that the number alone is raised. */
export const RAISED_ALONE: ReadonlySet<string> = new Set([
  "actions/cache",
  "actions/checkout",
  "actions/configure-pages",
  "actions/deploy-pages",
  "actions/download-artifact",
  "actions/github-script",
  "actions/setup-node",
  "actions/setup-python",
  "actions/upload-artifact",
  "docker/login-action",
  "docker/setup-buildx-action",
  "docker/setup-qemu-action",
]);

/** Actions whose early versions talk to a service that is gone: they fail, with the day from which on. */
export const BROKEN_ACTIONS: Readonly<Record<string, { readonly below: number; readonly since: string }>> = {
  "actions/cache": { below: 3, since: "2025-03-01" },
  "actions/download-artifact": { below: 4, since: "2025-01-30" },
  "actions/upload-artifact": { below: 4, since: "2025-01-30" },
  "actions/upload-pages-artifact": { below: 3, since: "2025-01-30" },
};

/** The first version of an action that does not ask for Node 12 or 16, which runners no longer have. */
export const FIRST_ON_NODE_20: Readonly<Record<string, number>> = {
  "actions/cache": 4,
  "actions/checkout": 4,
  "actions/configure-pages": 4,
  "actions/deploy-pages": 4,
  "actions/github-script": 7,
  "actions/labeler": 5,
  "actions/setup-dotnet": 4,
  "actions/setup-go": 5,
  "actions/setup-java": 4,
  "actions/setup-node": 4,
  "actions/setup-python": 5,
  "actions/stale": 9,
  "aws-actions/amazon-ecr-login": 2,
  "aws-actions/configure-aws-credentials": 4,
  "azure/login": 2,
  "azure/setup-helm": 4,
  "azure/setup-kubectl": 4,
  "codecov/codecov-action": 4,
  "conda-incubator/setup-miniconda": 3,
  "docker/build-push-action": 5,
  "docker/login-action": 3,
  "docker/metadata-action": 5,
  "docker/setup-buildx-action": 3,
  "docker/setup-qemu-action": 3,
  "dorny/paths-filter": 3,
  "github/codeql-action": 3,
  "google-github-actions/auth": 2,
  "google-github-actions/deploy-cloudrun": 2,
  "google-github-actions/setup-gcloud": 2,
  "hashicorp/setup-terraform": 3,
  "peaceiris/actions-gh-pages": 4,
  "peter-evans/create-pull-request": 6,
  "release-drafter/release-drafter": 6,
  "softprops/action-gh-release": 2,
};

/** Actions whose repositories are archived: nobody mends them. */
export const ARCHIVED_ACTIONS: ReadonlySet<string> = new Set([
  "8398a7/action-slack",
  "actions-rs/audit-check",
  "actions-rs/cargo",
  "actions-rs/clippy-check",
  "actions-rs/grcov",
  "actions-rs/install",
  "actions-rs/tarpaulin",
  "actions-rs/toolchain",
  "actions/create-release",
  "actions/setup-ruby",
  "actions/upload-release-asset",
  "allanchain/poetry-cache-action",
  "azure/appservice-actions",
  "azure/container-actions",
  "azure/container-scan",
  "azure/get-keyvault-secrets",
  "azure/k8s-actions",
  "azure/webapps-container-deploy",
  "cirrus-actions/rebase",
  "contributor-assistant/github-action",
  "crazy-max/ghaction-docker-buildx",
  "decathlon/pull-request-labeler-action",
  "facebook/pysa-action",
  "fregante/release-with-changelog",
  "gradle/gradle-build-action",
  "grafana/k6-action",
  "hashicorp/terraform-cdk-action",
  "helaili/jekyll-action",
  "jakejarvis/s3-sync-action",
  "liskin/gh-pipx",
  "marvinpinto/action-automatic-releases",
  "maxheld83/ghpages",
  "paambaati/codeclimate-action",
  "reasonsoftware/action-pylint",
  "repo-sync/pull-request",
  "repo-sync/repo-sync",
  "scottbrenner/generate-changelog-action",
  "semgrep/semgrep-action",
  "sonarsource/sonarcloud-github-action",
  "technote-space/auto-cancel-redundant-workflow",
  "technote-space/get-diff-action",
  "tibdex/github-app-token",
  "youyo/aws-cdk-github-actions",
  "z0al/dependent-issues",
]);
