import { defineFact } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import type { Workflow } from "./workflows/model.ts";
import { workflows } from "./workflows.ts";

/** How a workflow says when it runs, and whether pull requests may start it. */
export interface PullTrigger {
  readonly path: string;
  readonly form: "text" | "list" | "map";
  readonly events: readonly string[];
  /** True where it names an event of pull requests already. */
  readonly hasPull: boolean;
  /** What of it is not for pull requests; undefined where nothing is. */
  readonly releases: string | undefined;
}

const RELEASES = /\b(git|docker|helm) push\b|\btwine\b|\b(release|publish|deploy|upload-to|gh-pages)/i;
const SECRET = /\bsecrets\.(?!GITHUB_TOKEN\b|CODECOV_TOKEN\b)|toJSON\(\s*secrets/i;

/** When GitHub's workflows run. */
export const pullTriggers = defineFact({
  spans: "repository",
  uses: { workflows },
  combine: ({ uses }): readonly PullTrigger[] =>
    uses.workflows.files.map((workflow) => {
      const form = workflow.data.get("on")?.kind;
      const events = [...workflow.triggers.keys()];
      return {
        path: workflow.path,
        form: form === "map" || form === "list" ? form : "text",
        events,
        hasPull: events.some((event) => event.startsWith("pull_request") || event === "merge_group"),
        releases: releasesIn(workflow),
      };
    }),
});

/** What a workflow does that strangers, or a change that is not merged, must not start. */
function releasesIn({ jobs, permissions }: Workflow): string | undefined {
  const texts = jobs.flatMap(({ node }) => [...node.walk()].flatMap(({ text }) => text ?? []));
  if (jobs.some(({ environment }) => environment)) return "a job with an environment";
  if (texts.some((text) => SECRET.test(text)) || jobs.some(({ secrets }) => secrets)) return "a job with secrets";
  if (jobs.some((job) => writes((job.permissions ?? permissions)?.value))) return "a job that may write";
  return texts.some((text) => RELEASES.test(text)) ? "a release" : undefined;
}

function writes(permissions: DataNode | undefined): boolean {
  return (
    permissions?.text === "write-all" || (permissions?.entries.some(({ value }) => value.text === "write") ?? false)
  );
}
