import type { DataNode } from "../formats/node.ts";
import { parseYamlDocument } from "../formats/yaml.ts";
import type { Workflow } from "../workflows/model.ts";
import type { CoveragePlace, Findings } from "./findings.ts";

const UPLOAD =
  /^(codecov\/codecov-action|coverallsapp\/github-action|py-cov-action\/python-coverage-comment-action|codacy\/codacy-coverage-reporter-action)@/i;
const QUALITY_GATE = /^sonarsource\/sonar(qube|cloud)-quality-gate-action@/i;
const WAITS = /(^|\s|-D)sonar\.qualitygate\.wait\s*=\s*true\b/;

/** Actions that hand coverage to a service, or wait for what it says. */
export function inActions(files: readonly Workflow[]): Findings {
  const steps = files.flatMap(({ path, jobs }) =>
    jobs.flatMap(({ steps: all }) => all.map((step) => ({ path, step }))),
  );
  const used = steps.flatMap(({ path, step: { uses, with: inputs } }) =>
    uses ? [{ path, line: uses.line, action: uses.text, options: inputs?.get("args")?.text ?? "" }] : [],
  );
  return {
    measured: used
      .filter(({ action }) => UPLOAD.test(action))
      .map(({ path, line }) => ({ path, line, says: "coverage is uploaded." })),
    gated: used
      .filter(({ action, options }) => QUALITY_GATE.test(action) || WAITS.test(options))
      .map(({ path, line }) => ({ path, line, says: "Sonar's quality gate fails the build." })),
  };
}

/** `codecov.yml`: a status gates unless it only informs. */
export function readCodecov(path: string, text: string): Findings {
  const document = parseYamlDocument(text);
  const statuses = ["project", "patch"].flatMap((kind) => document?.get("coverage", "status", kind) ?? []);
  return {
    measured: [{ path, line: 1, says: "Codecov is set up." }],
    gated: statuses.flatMap((status) => {
      const binding = targetsOf(status).find(isBinding);
      return binding ? [{ path, line: binding.line, says: "Codecov's status has a target." }] : [];
    }),
  };
}

/** A status is a target itself, or holds several by name. */
function targetsOf(status: DataNode): readonly DataNode[] {
  const isTarget = status.kind !== "map" || status.has("target") || status.has("threshold");
  return isTarget ? [status] : status.entries.map(({ value }) => value);
}

function isBinding(target: DataNode): boolean {
  const asks = target.has("target") || target.has("threshold") || target.boolean === true;
  return asks && target.get("informational")?.boolean !== true;
}

/** `sonar-project.properties`: reports are measured, and a scan that waits for the quality gate fails with it. */
export function readSonar(path: string, text: string): Findings {
  const lines = text.split("\n");
  const at = (pattern: RegExp, says: string): readonly CoveragePlace[] => {
    const index = lines.findIndex((line) => pattern.test(line));
    return index < 0 ? [] : [{ path, line: index + 1, says }];
  };
  return {
    measured: at(/^\s*sonar\.python\.coverage\.reportPaths\s*[=:]/, "Sonar reads the coverage."),
    gated: at(/^\s*sonar\.qualitygate\.wait\s*[=:]\s*true\b/, "Sonar's quality gate fails the build."),
  };
}
