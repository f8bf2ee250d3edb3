import type { RuleTerms } from "../engine/terms.ts";
import type { CataloguedRule, Severity } from "../rule.ts";
import type { Complaint } from "./document.ts";
import { type CanonicalId, gateOver, type Layer, type Layered, originIn, settingOf } from "./layers.ts";
import { defaultPolicy, type Gate, type Origin, type Policy } from "./policy.ts";

/** What no repository can lower: the strictest of what the organisation's files enforce. */
export interface Floor {
  readonly gate: Gate;
  /** The least severity of each enforced rule. */
  readonly rules: Readonly<Record<string, { readonly severity: Severity; readonly origin: Origin }>>;
  /** Whether repositories may waive findings of these rules. */
  readonly waivers: boolean;
  readonly origins: Readonly<Record<string, Origin>>;
}

const LAXEST: Gate = { failOn: "never", minScore: null, maxDrop: null };
const FAIL_ON: readonly Gate["failOn"][] = ["never", "new-blocker", "blocker"];
const SEVERITIES: readonly Severity[] = ["low", "medium", "high", "critical"];

/** The floor of an organisation's files. */
export function floorOf(
  layers: readonly Layer[],
  organisation: Policy,
  rules: readonly CataloguedRule[],
  idOf: CanonicalId,
): Floor {
  const catalogue = new Map(rules.map(({ id, rule }) => [id, rule.severity]));
  const enforced: Record<string, { severity: Severity; origin: Origin }> = {};
  const origins: Record<string, Origin> = {};
  let gate = LAXEST;
  let waivers = true;
  for (const layer of layers) {
    const { enforce } = layer.data;
    if (!enforce) continue;
    for (const key of Object.keys(enforce.gate ?? {}))
      origins[`gate.${key}`] = floorOrigin(layer, ["enforce", "gate", key]);
    gate = stricter(gate, gateOver(LAXEST, enforce.gate));
    for (const [written, setting] of Object.entries(enforce.rules ?? {})) {
      const id = idOf(written);
      const asked = settingOf(setting).severity ?? organisation.rules[id]?.severity ?? catalogue.get(id) ?? "medium";
      const origin = floorOrigin(layer, ["enforce", "rules", written]);
      enforced[id] = { severity: graver(asked, enforced[id]?.severity), origin };
    }
    if (enforce.rules) waivers &&= enforce.waivers === true;
  }
  return { gate, rules: enforced, waivers, origins };
}

/** A policy held to a floor, with what of it has no effect. */
export function heldTo(
  { policy, origins }: Layered,
  organisation: Policy,
  floor: Floor,
): Layered & { readonly complaints: readonly Complaint[] } {
  const complaints: Complaint[] = [];
  const told: Record<string, Origin> = { ...origins };
  const gate = stricter(policy.gate, floor.gate);
  for (const [key, name] of GATE_KEYS) {
    const origin = origins[`gate.${key}`];
    if (gate[name] === policy.gate[name]) continue;
    told[`gate.${key}`] = floor.origins[`gate.${key}`] as Origin;
    if (origin?.by === "repository")
      complaints.push(
        without(origin, `gate.${key} is ${policy.gate[name]}, and the organisation enforces ${gate[name]}`),
      );
  }
  const rules: Record<string, RuleTerms> = { ...policy.rules };
  for (const [id, { severity, origin }] of Object.entries(floor.rules)) {
    const own = policy.rules[id];
    const effective = graver(severity, own?.severity ?? undefined);
    rules[id] = { off: false, severity: effective, by: `${origin.path}, line ${origin.line}` };
    const stands = origins[`rules.${id}`];
    const isUndercut = own?.off === true || (own?.severity != null && own.severity !== effective);
    if (isUndercut && stands?.by === "repository")
      complaints.push(
        without(stands, `${id} is ${own.off ? "off" : own.severity}, and the organisation enforces ${effective}`),
      );
    if (!own || isUndercut) told[`rules.${id}`] = origin;
  }
  const waivers = policy.waivers.filter(({ rule, origin }) => {
    const isTaken = !(rule in floor.rules) || floor.waivers || origin.by !== "repository";
    if (!isTaken) complaints.push(without(origin, `It waives ${rule}, which the organisation enforces`));
    return isTaken;
  });
  const { profile, components, exclude, elsewhere } = organisation;
  const enforced = {
    rules: Object.keys(floor.rules),
    scope: { profile, components, exclude, elsewhere },
    // Whoever may waive a finding may as well silence it.
    canBeSilenced: floor.waivers,
  };
  return { policy: { ...policy, gate, rules, waivers, enforced }, origins: told, complaints };
}

const GATE_KEYS = [
  ["fail-on", "failOn"],
  ["min-score", "minScore"],
  ["max-drop", "maxDrop"],
] as const;

function stricter(a: Gate, b: Gate): Gate {
  const higher = (one: number | null, other: number | null) => (one === null ? other : Math.max(one, other ?? one));
  const lower = (one: number | null, other: number | null) => (one === null ? other : Math.min(one, other ?? one));
  return {
    failOn: FAIL_ON[Math.max(FAIL_ON.indexOf(a.failOn), FAIL_ON.indexOf(b.failOn))] ?? defaultPolicy.gate.failOn,
    minScore: higher(a.minScore, b.minScore),
    maxDrop: lower(a.maxDrop, b.maxDrop),
  };
}

function graver(a: Severity, b: Severity | undefined): Severity {
  return b && SEVERITIES.indexOf(b) > SEVERITIES.indexOf(a) ? b : a;
}

function without({ path, line }: Origin, why: string): Complaint {
  return { message: `${why}. This entry has no effect.`, path: path ?? "", line };
}

function floorOrigin(layer: Layer, pointer: readonly string[]): Origin {
  return { ...originIn(layer, pointer), by: "floor" };
}
