import { createColors } from "picocolors";
import { type Origin, type Policy, regimeWords } from "../policy/policy.ts";
import type { EffectivePolicy } from "../policy/policy-of.ts";

/** One value of a policy, by the name that it has in the file. */
export interface NamedValue {
  readonly name: string;
  readonly value: string;
  readonly origin: Origin;
}

const DEFAULT: Origin = { by: "default", path: null, line: null };

/** Every value of a policy with its origin, those that nobody set included. */
export function namedValues({ policy, origins }: EffectivePolicy): readonly NamedValue[] {
  const { gate, compliance } = policy;
  const plain: readonly (readonly [string, string])[] = [
    ["profile", policy.profile ?? "as found"],
    ["gate.fail-on", gate.failOn],
    ["gate.min-score", gate.minScore === null ? "none" : String(gate.minScore)],
    ["gate.max-drop", gate.maxDrop === null ? "none" : String(gate.maxDrop)],
    ["comment", policy.comment],
    ["branches", listed(policy.branches, "the default branch")],
    ["exclude", listed(policy.exclude, "nothing")],
    ["components", listed(policy.components.map(componentWords), "as found")],
    ["compliance", compliance.none === null ? listed(regimeWords(compliance), "not said") : `none: ${compliance.none}`],
    ["deploy.repo", policy.elsewhere.deploy ?? "here"],
    ["observability.alerts", policy.elsewhere.alerts ?? "here"],
    ["waiver-approval", policy.approval ?? "nobody in particular"],
    ["sarif", String(policy.sarif)],
    ["rule-set", policy.ruleSet ?? "the newest"],
  ];
  return [
    ...plain.map(([name, value]) => ({ name, value, origin: origins[name] ?? DEFAULT })),
    ...Object.entries(policy.rules).map(([id, { off, severity }]) => ({
      name: `rules.${id}`,
      value: off ? "off" : (severity ?? "on"),
      origin: origins[`rules.${id}`] ?? DEFAULT,
    })),
    ...policy.waivers.map(({ rule, paths, owner, expires, origin }) => ({
      name: `waiver of ${rule}`,
      value: `${listed(paths, "everywhere")}, until ${expires}, ${owner}`,
      origin,
    })),
    ...policy.attestations.map(({ regime, controls, owner, date, expires, origin }) => ({
      name: `attestation of ${regime}`,
      value: `${controls.join(", ")}, of ${date}, until ${expires}, ${owner}`,
      origin,
    })),
  ];
}

/** A policy for a person at a terminal: a line a value, with who says so. */
export function policyReport(effective: EffectivePolicy, { color }: { readonly color: boolean }): string {
  const paint = createColors(color);
  const values = namedValues(effective);
  const width = Math.max(...values.map(({ name }) => name.length));
  const lines = values.map(
    ({ name, value, origin }) =>
      `${printable(name.padEnd(width))}  ${printable(value)}  ${paint.dim(printable(originWords(origin)))}`,
  );
  return `${[...lines, "", `policy ${effective.hash}`].join("\n")}\n`;
}

function originWords({ by, path, line }: Origin): string {
  if (by === "default") return "(default)";
  return `(${by === "floor" ? "enforced by " : ""}${path}:${line})`;
}

function componentWords({ path, profile }: Policy["components"][number]): string {
  return `${path || "."}${profile ? ` (${profile})` : ""}`;
}

function listed(words: readonly string[], otherwise: string): string {
  return words.length > 0 ? words.join(", ") : otherwise;
}

/** Text of a repository without what a terminal would obey. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ");
}
