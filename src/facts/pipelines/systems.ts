import { globs } from "../fact.ts";
import type { CiSystem } from "./model.ts";

/** Where each system keeps its configuration. */
const SYSTEMS: readonly (readonly [matches: (path: string) => boolean, system: CiSystem])[] = [
  [globs(".circleci/config.{yml,yaml}", ".circleci/continue*.{yml,yaml}"), "CircleCI"],
  [globs(".gitlab-ci.{yml,yaml}", ".gitlab/ci/**/*.{yml,yaml}", ".gitlab/*.{yml,yaml}"), "GitLab CI"],
  [
    globs(
      "{,*/,*/*/}{Jenkinsfile,Jenkinsfile.*,Jenkinsfile-*,*.jenkinsfile,*.Jenkinsfile}",
      "{.jenkins,jenkins}/**/*.groovy",
    ),
    "Jenkins",
  ],
  [
    globs(
      "{,*/}azure-pipelines*.{yml,yaml}",
      "{.azure-pipelines,azure-pipelines}/**/*.{yml,yaml}",
      "{.azure,.azuredevops}/**/*pipeline*.{yml,yaml}",
    ),
    "Azure Pipelines",
  ],
  [globs(".travis.yml"), "Travis CI"],
  [globs("{.zuul,zuul}.yaml", "{.zuul.d,zuul.d}/**/*.yaml"), "Zuul"],
  [globs(".buildkite/**/*.{yml,yaml}"), "Buildkite"],
  [globs("bitbucket-pipelines.yml"), "Bitbucket Pipelines"],
  [globs("cloudbuild*.{yml,yaml}"), "Cloud Build"],
  [globs("{,*/}buildspec*.{yml,yaml}"), "CodeBuild"],
  [globs(".drone.{yml,yaml}"), "Drone"],
  [globs(".woodpecker.{yml,yaml}", ".woodpecker/*.{yml,yaml}"), "Woodpecker"],
  [globs(".cirrus.{yml,yaml}"), "Cirrus CI"],
  [globs("{.appveyor,appveyor}.{yml,yaml}"), "AppVeyor"],
  [globs(".semaphore/*.{yml,yaml}"), "Semaphore"],
  [globs("{.tekton,tekton}/**/*.{yml,yaml}"), "Tekton"],
  [globs("{.prow,prow_config}.yaml", ".prow/**/*.yaml"), "Prow"],
];

/** The system that a file configures, by its path. */
export function systemOf(path: string): CiSystem | undefined {
  return SYSTEMS.find(([matches]) => matches(path))?.[1];
}
