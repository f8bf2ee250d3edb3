import type { TargetScript } from "../commands/targets.ts";
import type { Variables } from "../commands/variables.ts";

export type CiSystem =
  | "GitHub Actions"
  | "CircleCI"
  | "GitLab CI"
  | "Jenkins"
  | "Azure Pipelines"
  | "Travis CI"
  | "Zuul"
  | "Buildkite"
  | "Bitbucket Pipelines"
  | "Cloud Build"
  | "CodeBuild"
  | "Drone"
  | "Woodpecker"
  | "Cirrus CI"
  | "AppVeyor"
  | "Semaphore"
  | "Tekton"
  | "Prow";

/** When a job runs, as far as pull requests go. `pushes`: for pushes of every branch, but not of forks. */
export type OnPullRequests = "yes" | "no" | "pushes" | "unknown";

/** A script of a job; `masked` where its failure does not fail the job. */
export interface JobScript extends TargetScript {
  /** The file that it stands in, where that is not the job's. */
  readonly path?: string | undefined;
  /** The folder that it runs in. */
  readonly folder?: string | undefined;
  /** Its environment, as far as that is literal. */
  readonly variables?: Variables | undefined;
  /** What its step or job is called. */
  readonly title?: string | undefined;
  readonly isPowerShell?: boolean | undefined;
}

/** Something that a job runs and that is defined in another repository. */
export interface Elsewhere {
  readonly reason: string;
  /** What it is called, which is all that can be known of it. */
  readonly name: string;
}

/** A job of any CI system, before its scripts are followed. */
export interface PipelineJob {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  readonly scripts: readonly JobScript[];
  readonly onPullRequests: OnPullRequests;
  /** Line that says when it runs. */
  readonly triggerLine: number;
  /** Waits for a person. */
  readonly manual: boolean;
  /** What it calls is elsewhere and cannot be read. */
  readonly elsewhere?: Elsewhere | undefined;
  /** False where the job never sees the repository's files, so that what it runs cannot be about them. */
  readonly hasCode?: boolean;
}
