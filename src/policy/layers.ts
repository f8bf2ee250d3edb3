import type { RuleTerms } from "../engine/terms.ts";
import type { Profile, Severity } from "../rule.ts";
import type { Pointer } from "./document.ts";
import { type Attestation, defaultPolicy, type Gate, type Origin, type Policy, type Waiver } from "./policy.ts";
import type { PolicyData } from "./validate.ts";

/** One file of policy; later ones win over earlier ones. */
export interface Layer {
  readonly by: "organisation" | "repository";
  /** The file, as readers name it. */
  readonly path: string;
  readonly data: PolicyData;
  lineOf(pointer: Pointer): number;
}

/** Where each value of a policy comes from, by the names of the file: `gate.fail-on`, `rules.testing/tests-present`. */
export type Origins = Readonly<Record<string, Origin>>;

/** A policy with the origin of every value that is not the default. */
export interface Layered {
  readonly policy: Policy;
  readonly origins: Origins;
}

/** The newest id of a rule, by any that it had. */
export type CanonicalId = (id: string) => string;

/** Puts layers upon the default: maps by their keys, waivers one after the other, anything else as a whole. */
export function layered(layers: readonly Layer[], idOf: CanonicalId): Layered {
  const origins: Record<string, Origin> = {};
  let policy = defaultPolicy;
  for (const layer of layers) {
    const { data } = layer;
    const note = (...pointer: Pointer): Origin => {
      const origin = originIn(layer, pointer);
      origins[pointer.join(".")] = origin;
      return origin;
    };
    policy = {
      ...policy,
      ...wholeValues(data, note),
      elsewhere: elsewhereOver(policy.elsewhere, data, note),
      gate: gateOver(policy.gate, data.gate, note),
      rules: { ...policy.rules, ...rulesOver(policy.rules, layer, idOf, note) },
      waivers: [...policy.waivers, ...waiversIn(layer, idOf)],
      attestations: [...policy.attestations, ...attestationsIn(layer)],
    };
  }
  return { policy, origins };
}

/** Where a value of a layer stands. */
export function originIn(layer: Layer, pointer: Pointer): Origin {
  return { by: layer.by, path: layer.path, line: layer.lineOf(pointer) };
}

type Note = (...pointer: Pointer) => Origin;

/** What the schema calls a gate, as the policy knows it. */
export function gateOver(gate: Gate, data: PolicyData["gate"] = {}, note?: Note): Gate {
  for (const key of ["fail-on", "min-score", "max-drop"]) if (key in data) note?.("gate", key);
  return {
    failOn: (data["fail-on"] as Gate["failOn"] | undefined) ?? gate.failOn,
    minScore: (data["min-score"] as number | undefined) ?? gate.minScore,
    maxDrop: (data["max-drop"] as number | undefined) ?? gate.maxDrop,
  };
}

function elsewhereOver(
  below: Policy["elsewhere"],
  { deploy, observability }: PolicyData,
  note: Note,
): Policy["elsewhere"] {
  if (deploy?.repo !== undefined) note("deploy", "repo");
  if (observability?.alerts !== undefined) note("observability", "alerts");
  return { deploy: deploy?.repo ?? below.deploy, alerts: observability?.alerts ?? below.alerts };
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

function wholeValues(data: PolicyData, note: Note): Partial<Policy> {
  const values: Partial<Writable<Policy>> = {};
  const when = <Key extends keyof PolicyData>(key: Key, take: (value: NonNullable<PolicyData[Key]>) => void): void => {
    const value = data[key];
    if (value == null) return;
    note(key);
    take(value);
  };
  when("profile", (value) => {
    values.profile = value as Profile;
  });
  when("comment", (value) => {
    values.comment = value as Policy["comment"];
  });
  when("branches", (value) => {
    values.branches = value;
  });
  when("exclude", (value) => {
    values.exclude = value.map(plainPath);
  });
  when("components", (value) => {
    values.components = value.map((one) =>
      typeof one === "string"
        ? { path: plainPath(one), profile: null }
        : { path: plainPath(one.path), profile: (one.profile as Profile | undefined) ?? null },
    );
  });
  when("waiver-approval", (value) => {
    values.approval = value;
  });
  when("compliance", (value) => {
    values.compliance = complianceOf(value);
  });
  when("sarif", (value) => {
    values.sarif = value;
  });
  when("rule-set", (value) => {
    values.ruleSet = value;
  });
  return values;
}

/** A regime is named alone, or as a map with what more is wanted of it; of two that name the same the last holds. */
function complianceOf(value: NonNullable<PolicyData["compliance"]>): Policy["compliance"] {
  if ("none" in value) return { ...defaultPolicy.compliance, none: value.none };
  const named = new Map(value.map((one) => (typeof one === "string" ? [one, { regime: one }] : [one.regime, one])));
  const set = <Key extends "check" | "evidence">(key: Key) =>
    Object.fromEntries([...named].flatMap(([id, one]) => (one[key] === undefined ? [] : [[id, one[key]]])));
  return { regimes: [...named.keys()], none: null, checks: set("check"), evidence: set("evidence") };
}

/** `./a/` and `a` are the same place, and `.` is the root. */
function plainPath(path: string): string {
  return path.replace(/^\.(\/|$)/, "").replace(/\/$/, "");
}

function rulesOver(below: Policy["rules"], layer: Layer, idOf: CanonicalId, note: Note): Record<string, RuleTerms> {
  return Object.fromEntries(
    Object.entries(layer.data.rules ?? {}).map(([written, setting]) => {
      const origin = note("rules", written);
      const { off, severity } = settingOf(setting);
      const known = below[idOf(written)];
      return [
        idOf(written),
        {
          off: off ?? known?.off ?? false,
          severity: severity ?? known?.severity ?? null,
          by: `${origin.path}, line ${origin.line}`,
        },
      ];
    }),
  );
}

/** What a rule's entry says: `off` and `false` mean the same, and a severity alone is enough. */
export function settingOf(setting: unknown): { readonly off?: boolean; readonly severity?: Severity } {
  if (typeof setting === "boolean") return { off: !setting };
  if (setting === "off" || setting === "on") return { off: setting === "off" };
  if (typeof setting === "string") return { severity: setting as Severity };
  const { severity, enabled } = setting as { readonly severity?: Severity; readonly enabled?: boolean };
  return { ...(severity && { severity }), ...(enabled !== undefined && { off: !enabled }) };
}

function waiversIn(layer: Layer, idOf: CanonicalId): readonly Waiver[] {
  return (layer.data.waivers ?? []).flatMap((waiver, index) =>
    waiver
      ? [
          {
            ...waiver,
            rule: idOf(waiver.rule),
            paths: (waiver.paths ?? []).map(plainPath),
            origin: originIn(layer, ["waivers", String(index)]),
          },
        ]
      : [],
  );
}

function attestationsIn(layer: Layer): readonly Attestation[] {
  return (layer.data.attestations ?? []).flatMap((attestation, index) =>
    attestation ? [{ ...attestation, origin: originIn(layer, ["attestations", String(index)]) }] : [],
  );
}
