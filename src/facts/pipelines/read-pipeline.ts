import type { DataNode } from "../formats/node.ts";
import { parseYaml } from "../formats/yaml.ts";
import { azureJobs } from "./azure.ts";
import { circleJobs } from "./circleci.ts";
import { gitlabJobs } from "./gitlab.ts";
import { readJenkinsfile } from "./jenkins.ts";
import type { PipelineJob } from "./model.ts";
import { commandsBelow, pipelineJob, walkedMaps } from "./scripts.ts";
import { systemOf } from "./systems.ts";
import { travisJobs } from "./travis.ts";
import { zuulJobs } from "./zuul.ts";

/**
 * The jobs of a CI configuration other than GitHub's.
 * @throws FormatError for broken YAML.
 */
export function readPipeline(path: string, text: string): readonly PipelineJob[] {
  const system = systemOf(path);
  if (system === "Jenkins") return readJenkinsfile(path, text);
  const documents = parseYaml(text);
  const [data] = documents;
  if (!data) return [];
  switch (system) {
    case "CircleCI":
      return circleJobs(path, data);
    case "GitLab CI":
      return gitlabJobs(path, data);
    case "Zuul":
      return documents.flatMap((document) => zuulJobs(path, document));
    case "Travis CI":
      return travisJobs(path, data);
    case "Azure Pipelines":
      return azureJobs(path, data);
    default:
      return documents.map((document) => serviceJob(path, document));
  }
}

/** Other services: their commands are where a key says so; when they run is set up on the service. */
function serviceJob(path: string, data: DataNode): PipelineJob {
  const system = systemOf(path) ?? "pipeline";
  const scripts = commandsBelow(data);
  const job = pipelineJob(path, system, 1, scripts, isForPullRequests(path, data) ? "yes" : "unknown");
  return scripts.length > 0 ? job : { ...job, elsewhere: { reason: `${path} names no command`, name: system } };
}

/** Bitbucket has a list for pull requests, Drone and Woodpecker an event. */
function isForPullRequests(path: string, data: DataNode): boolean {
  if (systemOf(path) === "Bitbucket Pipelines") return data.get("pipelines")?.has("pull-requests") === true;
  return walkedMaps(data).some((map) => map.get("event")?.texts.includes("pull_request") === true);
}
