import { ci } from "./ci.ts";
import { dockerfiles } from "./dockerfiles.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { publishing } from "./publishing.ts";
import { executedSteps } from "./workflows/executed-steps.ts";
import { workflows } from "./workflows.ts";

interface Found {
  readonly what: string;
  readonly path: string;
  readonly line: number;
}

/** Bills of materials (SBOM), and the releases that they belong to. */
export interface Inventories {
  readonly made: readonly Found[];
  /** Steps that hand out a package, an image or a release, and the images of production. */
  readonly releases: readonly Found[];
  /** Steps that push an image, and can be told to push its bill of materials along. */
  readonly tellable: readonly Found[];
  /** A workflow of another repository, which may make one. */
  readonly hidden: string | undefined;
  readonly unread: readonly UnreadFile[];
}

const BUILD = /^docker\/(build-push-action|bake-action)@/;
const RELEASE =
  /^(softprops\/action-gh-release|ncipollo\/release-action|actions\/create-release|actions\/upload-release-asset|svenstaro\/upload-release-action|goreleaser\/goreleaser-action)@/;
const RELEASE_COMMAND =
  /\bgh\s+release\s+(create|upload)\b|\bdocker\s+(push|buildx\s+build\b[^\n]*--push)|\bhelm\s+push\b|\bgoreleaser\s+release\b/;
const RELEASES_BY_NAME = /release|publish|deploy|docker|image|build/i;

/** Where CI writes down what a release is made of. */
export const inventories = defineFact({
  spans: "repository",
  uses: { workflows, ci, publishing, dockerfiles },
  combine: ({ uses }): Inventories => {
    const steps = uses.workflows.files.flatMap((workflow) =>
      workflow.jobs.flatMap((job) => executedSteps(workflow, job, uses.workflows)),
    );
    const actions = steps.flatMap(({ path, step }) =>
      step.uses
        ? [{ path, line: step.uses.line, what: nameOf(step.uses.text), text: step.uses.text, inputs: step.with }]
        : [],
    );
    const scripts = steps.flatMap(({ path, step: { run } }) => {
      const at = run?.text?.search(RELEASE_COMMAND) ?? -1;
      return run && at >= 0
        ? [{ path, line: run.lineAt(at), what: RELEASE_COMMAND.exec(run.text ?? "")?.[0] ?? "" }]
        : [];
    });
    const images = uses.dockerfiles.files
      .filter(({ purpose }) => purpose === "production")
      .map(({ path, shipped }) => ({ path, line: shipped.base.line, what: "an image" }));
    const unreadImages = uses.dockerfiles.unread.filter(({ purpose }) => purpose === "production");
    const hidden = uses.workflows.files
      .flatMap(({ jobs }) => jobs.flatMap(({ uses: called }) => (called?.kind === "remote" ? [called.text] : [])))
      .find((text) => RELEASES_BY_NAME.test(text));
    const releases = [
      ...uses.publishing.uploads.map(({ path, line, how }) => ({ what: how, path, line })),
      ...actions.filter(({ text, inputs }) => RELEASE.test(text) || (BUILD.test(text) && isPushed(inputs))),
      ...scripts,
      ...images,
    ].map(({ what, path, line }) => ({ what, path, line }));
    return {
      releases,
      made: [
        ...actions.filter(({ text, inputs }) => makesOne(text, inputs)),
        ...uses.ci.jobs.flatMap(({ commands }) =>
          commands
            .filter(({ purposes }) => purposes.includes("inventory"))
            .map(({ words, path, line }) => ({ what: words.slice(0, 2).join(" "), path, line })),
        ),
      ].map(({ what, path, line }) => ({ what, path, line })),
      tellable: actions
        .filter(({ what, inputs }) => what === "docker/build-push-action" && isPushed(inputs) && takesMore(inputs))
        .map(({ what, path, line }) => ({ what, path, line })),
      hidden,
      // Where something is released all the same, an image more changes nothing.
      unread: releases.length > 0 ? uses.ci.unread : [...uses.ci.unread, ...unreadImages],
    };
  },
});

function nameOf(action: string): string {
  return action.replace(/@.*$/, "");
}

function makesOne(action: string, inputs: DataNode | undefined): boolean {
  const given = inputs?.entries.map(({ key, value }) => `${key}=${value.text ?? ""}`).join("\n") ?? "";
  if (/sbom|cyclonedx/i.test(nameOf(action))) return true;
  if (BUILD.test(action)) return /^sbom=(?!false$)\S|type=sbom/m.test(given);
  if (/^actions\/attest@/.test(action)) return /^sbom-path=/m.test(given);
  return (
    /^(aquasecurity\/trivy-action|anchore\/scan-action)@/.test(action) &&
    /^(output-)?format=(cyclonedx|spdx)/m.test(given)
  );
}

/** False where something keeps the image a plain one: who switched the attestation of its origin off had a reason. */
function takesMore(inputs: DataNode | undefined): boolean {
  return !["sbom", "provenance", "attests", "outputs", "load"].some((key) => inputs?.has(key));
}

function isPushed(inputs: DataNode | undefined): boolean {
  return inputs?.get("push") !== undefined && inputs.get("push")?.boolean !== false;
}
