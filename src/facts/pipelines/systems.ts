import { globs } from "../fact.ts";
import type { CiSystem } from "./model.ts";

/** Where each system keeps its configuration. */
const SYSTEMS: readonly (readonly [patterns: readonly string[], system: CiSystem])[] = [
  [[".circleci/config.{yml,yaml}", ".circleci/continue*.{yml,yaml}"], "CircleCI"],
  [[".gitlab-ci.{yml,yaml}", ".gitlab/ci/**/*.{yml,yaml}", ".gitlab/*.{yml,yaml}"], "GitLab CI"],
  [
    [
      "{,*/,*/*/}{Jenkinsfile,Jenkinsfile.*,Jenkinsfile-*,*.jenkinsfile,*.Jenkinsfile}",
      "{.jenkins,jenkins}/**/*.groovy",
    ],
    "Jenkins",
  ],
  [
    [
      "{,*/}azure-pipelines*.{yml,yaml}",
      "{.azure-pipelines,azure-pipelines}/**/*.{yml,yaml}",
      "{.azure,.azuredevops}/**/*pipeline*.{yml,yaml}",
    ],
    "Azure Pipelines",
  ],
  [[".travis.yml"], "Travis CI"],
  [["{.zuul,zuul}.yaml", "{.zuul.d,zuul.d}/**/*.yaml"], "Zuul"],
  [[".buildkite/**/*.{yml,yaml}"], "Buildkite"],
  [["bitbucket-pipelines.yml"], "Bitbucket Pipelines"],
  [["cloudbuild*.{yml,yaml}"], "Cloud Build"],
  [["{,*/}buildspec*.{yml,yaml}"], "CodeBuild"],
  [[".drone.{yml,yaml}"], "Drone"],
  [[".woodpecker.{yml,yaml}", ".woodpecker/*.{yml,yaml}"], "Woodpecker"],
  [[".cirrus.{yml,yaml}"], "Cirrus CI"],
  [["{.appveyor,appveyor}.{yml,yaml}"], "AppVeyor"],
  [[".semaphore/*.{yml,yaml}"], "Semaphore"],
  [["{.tekton,tekton}/**/*.{yml,yaml}"], "Tekton"],
  [["{.prow,prow_config}.yaml", ".prow/**/*.yaml"], "Prow"],
];

const MATCHERS = SYSTEMS.map(([patterns, system]) => [globs(...patterns), system] as const);
/** Most paths are of no system, and a dozen facts ask of every path. */
const isOfAny = globs(...SYSTEMS.flatMap(([patterns]) => patterns));

/** The system that a file configures, by its path. */
export function systemOf(path: string): CiSystem | undefined {
  return isOfAny(path) ? MATCHERS.find(([matches]) => matches(path))?.[1] : undefined;
}
