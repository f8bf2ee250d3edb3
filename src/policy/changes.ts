import type { Review, RuleResult } from "../engine/review.ts";
import type { Notice } from "./assessment.ts";
import { POLICY_PATH } from "./document.ts";
import { type Origin, type Policy, regimeWords, type Waiver } from "./policy.ts";
import type { EffectivePolicy } from "./policy-of.ts";

/** A head as it is judged now, and as it would be judged under the policy that it brings. */
export interface PolicyChange {
  /** The policy at the base, by which the head is judged. */
  readonly before: EffectivePolicy;
  /** The policy that holds after the merge. */
  readonly after: EffectivePolicy;
  readonly review: Review;
  /** The head, judged by the policy that it brings. */
  readonly reviewAfter: Review;
  /** The code owners of the policy; null where nobody could read who they are. */
  readonly owners: readonly string[] | null;
}

/** What a change to the policy does after the merge, and that it does nothing before. */
export function changeNotices(change: PolicyChange): readonly Notice[] {
  const { before, after } = change;
  const wrong = after.notices
    .filter(({ message }) => !before.notices.some((known) => known.message === message))
    .map(({ message, path, line }) => notice({ path, line }, `This change makes the policy wrong: ${message}`));
  if (before.hash === after.hash) return wrong;
  const said = [...waiverNotices(change), ...ruleNotices(change), ...valueNotices(before, after)];
  return [...wrong, ...said, notice({ path: null, line: null }, NOT_NOW)];
}

/** That a change touches files that can silence findings in others. */
export function silencingNotices(paths: readonly string[]): readonly Notice[] {
  return paths.map((path) =>
    notice(
      { path, line: null },
      `This change touches ${path}, which can silence findings: what it says holds after the merge.`,
    ),
  );
}

const NOT_NOW = "Until the merge the policy of the base holds, for this change as well.";

function notice({ path, line }: Pick<Origin, "path" | "line">, message: string): Notice {
  return { kind: "change", message, path, line };
}

function waiverNotices({ before, after, reviewAfter, owners }: PolicyChange): readonly Notice[] {
  const known = new Set(before.policy.waivers.map(keyOf));
  const kept = new Set(after.policy.waivers.map(keyOf));
  const added = after.policy.waivers.flatMap((waiver, index) => {
    if (known.has(keyOf(waiver))) return [];
    const findings = reviewAfter.waivers[index]?.findings ?? 0;
    const { rule, owner, expires, reason, origin } = waiver;
    const what = findings === 1 ? "1 finding" : `${findings} findings`;
    return [
      notice(origin, `After the merge ${what} of ${rule} will be waived until ${expires} by ${owner}: ${reason}`),
    ];
  });
  const removed = before.policy.waivers
    .filter((waiver) => !kept.has(keyOf(waiver)))
    .map(({ rule, origin }) => notice(origin, `After the merge the waiver of ${rule} is gone.`));
  const asked =
    added.length > 0 && before.policy.approval ? [notice({ path: POLICY_PATH, line: null }, askOf(owners))] : [];
  return [...added, ...removed, ...asked];
}

function askOf(owners: readonly string[] | null): string {
  if (owners === null)
    return "The policy asks code owners to approve waivers; who they are is unknown, as CODEOWNERS cannot be read.";
  if (owners.length === 0)
    return `The policy asks code owners to approve waivers, and CODEOWNERS names none for ${POLICY_PATH}.`;
  return `The policy asks its code owners to approve these waivers: ${owners.join(", ")}.`;
}

function keyOf({ rule, paths, reason, owner, expires }: Waiver): string {
  return JSON.stringify([rule, paths, reason, owner, expires]);
}

/** Rules whose terms change, with what that does to their findings. */
function ruleNotices({ before, after, review, reviewAfter }: PolicyChange): readonly Notice[] {
  const then = new Map(reviewAfter.rules.map((result) => [result.id, result]));
  return review.rules.flatMap((now): readonly Notice[] => {
    const [was, is] = [before.policy.rules[now.id], after.policy.rules[now.id]];
    const later = then.get(now.id);
    const origin = after.origins[`rules.${now.id}`] ?? { path: null, line: null };
    if (!later) return [];
    if ((was?.off ?? false) !== (is?.off ?? false))
      return [
        notice(origin, `After the merge ${now.id} is ${is?.off ? "off" : "on"}${foundBy(is?.off ? now : later)}.`),
      ];
    return now.severity === later.severity
      ? []
      : [notice(origin, `After the merge ${now.id} is ${later.severity} instead of ${now.severity}${foundBy(now)}.`)];
  });
}

function foundBy({ outcome, evidence }: RuleResult): string {
  if (outcome !== "fail" && outcome !== "partial") return "";
  const findings = Math.max(1, evidence.length);
  return findings === 1 ? ", with 1 finding here" : `, with ${findings} findings here`;
}

const VALUES: readonly (readonly [string, (policy: Policy) => unknown])[] = [
  ["gate.fail-on", ({ gate }) => gate.failOn],
  ["gate.min-score", ({ gate }) => gate.minScore],
  ["gate.max-drop", ({ gate }) => gate.maxDrop],
  ["comment", ({ comment }) => comment],
  ["profile", ({ profile }) => profile],
  ["exclude", ({ exclude }) => exclude],
  [
    "components",
    ({ components }) => components.map(({ path, profile }) => (profile ? `${path} (${profile})` : path || ".")),
  ],
  ["compliance", ({ compliance }) => compliance.none ?? regimeWords(compliance)],
  [
    "attestations",
    ({ attestations }) =>
      attestations.map(
        ({ regime, controls, owner, expires }) => `${regime} ${controls.join(" and ")} by ${owner} until ${expires}`,
      ),
  ],
  ["waiver-approval", ({ approval }) => approval],
  ["rule-set", ({ ruleSet }) => ruleSet],
  ["deploy.repo", ({ elsewhere }) => elsewhere.deploy],
  ["observability.alerts", ({ elsewhere }) => elsewhere.alerts],
  ["sarif", ({ sarif }) => sarif],
  ["branches", ({ branches }) => branches],
];

function valueNotices(before: EffectivePolicy, after: EffectivePolicy): readonly Notice[] {
  return VALUES.flatMap(([name, of]) => {
    const [was, is] = [shown(of(before.policy)), shown(of(after.policy))];
    const origin = after.origins[name] ?? { path: null, line: null };
    return was === is ? [] : [notice(origin, `After the merge ${name} is ${is} instead of ${was}.`)];
  });
}

function shown(value: unknown): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return "not set";
  return Array.isArray(value) ? value.join(", ") : String(value);
}
