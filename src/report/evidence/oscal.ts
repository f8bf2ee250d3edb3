import { createHash } from "node:crypto";
import {
  type EvidencePack,
  type PackControl,
  type PackPlace,
  type PackRule,
  SUPPRESSED,
} from "../../compliance/pack.ts";
import { count } from "../findings.ts";
import { plainText } from "../markdown.ts";

/** The edition of OSCAL that the document follows. */
const OSCAL_VERSION = "1.2.1";
const NAMESPACE = "https://github.com/pyready/pyready/ns/oscal";
/** Places of one rule that its observation tells of; the pack has more. */
const PLACES = 20;

/**
 * A pack as assessment results of OSCAL. A gap is a finding that is not satisfied; everything else is an
 * observation, because evidence of a repository never satisfies a control.
 */
export function evidenceOscal(pack: EvidencePack): object {
  const idOf = (...parts: readonly string[]): string =>
    uuidOf([pack.madeAt, pack.regime.id, pack.repository, ...parts]);
  const { regime, repository, commit, date, madeAt, ruleSet, disclaimer, controls } = pack;
  const plan = idOf("plan");
  const gaps = controls.filter(({ result }) => result === "gap found");
  return {
    "assessment-results": {
      uuid: idOf("document"),
      metadata: {
        title: line(`${regime.title}: evidence of ${repository}`),
        "last-modified": madeAt,
        version: date,
        "oscal-version": OSCAL_VERSION,
        remarks: disclaimer,
      },
      "import-ap": { href: `#${plan}` },
      results: [
        {
          uuid: idOf("result"),
          title: line(`${regime.title}, ${regime.source}`),
          description: line(`${repository} at ${commit ?? "a working tree"}. ${regime.scope} ${disclaimer}`),
          start: madeAt,
          end: madeAt,
          props: [prop("rule-set", ruleSet), ...(commit === null ? [] : [prop("commit", commit)])],
          "reviewed-controls": {
            description: disclaimer,
            "control-selections": [{ "include-controls": controls.map(({ id }) => ({ "control-id": token(id) })) }],
          },
          observations: controls.map((control) => observationOf(control, idOf, madeAt)),
          ...(gaps.length > 0 && { findings: gaps.map((control) => findingOf(control, idOf)) }),
          remarks: disclaimer,
        },
      ],
      "back-matter": {
        resources: [
          {
            uuid: plan,
            title: line(`The checklist ${regime.id} of pyready, rule set ${ruleSet}`),
            description: "No assessment plan was written: the checklist says what is looked at.",
          },
        ],
      },
    },
  };
}

type IdOf = (...parts: readonly string[]) => string;

function observationOf(control: PackControl, idOf: IdOf, madeAt: string): object {
  const { id, title, result, rules, applying, attest, attestation, never, note } = control;
  const evidence = rules.flatMap(evidenceOf);
  const said = [
    `${applying} of ${rules.length} rules apply.`,
    ...rules.map(saidOf),
    ...(note === null ? [] : [note]),
    ...(attest === null ? [] : [`To be attested by people: ${attest}`]),
    ...(attestation === null
      ? []
      : [
          `${attestation.isExpired ? "Expired attestation" : "Attestation, not looked at"} of ${attestation.date} by ${attestation.owner}, until ${attestation.expires}: ${attestation.evidence}`,
        ]),
    ...(never === null ? [] : [`Never conclude from this: ${never}`]),
  ];
  return {
    uuid: idOf("observation", id),
    title: line(`${id} ${title}`),
    description: line(`${result}. ${said.join(" ")}`, 10_000),
    props: [prop("control", id), prop("result", result)],
    methods: ["EXAMINE"],
    types: ["control-objective"],
    ...(evidence.length > 0 && { "relevant-evidence": evidence }),
    collected: madeAt,
  };
}

function saidOf({ id, state, reason, suppressed }: PackRule): string {
  const silenced = suppressed.length > 0 ? `, ${count(suppressed.length, "finding")} suppressed` : "";
  return `${id}: ${state}${reason === null ? "" : ` (${reason})`}${silenced}.`;
}

function evidenceOf({ id, places, waived, suppressed }: PackRule): readonly object[] {
  const described = ({ path, line: at, message }: PackPlace): object => ({
    description: line([path === null ? id : `${path}${at === null ? "" : `:${at}`}`, message].join(" ")),
  });
  return [
    ...[...places, ...waived].slice(0, PLACES).map(described),
    ...suppressed.slice(0, PLACES).map((one) => ({ ...described(one), remarks: SUPPRESSED })),
  ];
}

function findingOf({ id, title, rules }: PackControl, idOf: IdOf): object {
  const failing = rules
    .filter(({ state }) => state.startsWith("fails"))
    .map(({ id: rule, state }) => `${rule} ${state}`);
  return {
    uuid: idOf("finding", id),
    title: line(`${id}: gap found`),
    description: line(`${title}: ${failing.join("; ")}.`),
    target: { type: "objective-id", "target-id": token(id), status: { state: "not-satisfied", reason: "fail" } },
    "related-observations": [{ "observation-uuid": idOf("observation", id) }],
  };
}

function prop(name: string, value: string): object {
  return { name, ns: NAMESPACE, value: line(value) };
}

/** A control's id as OSCAL takes it: a letter or a dash below first, no brackets, no slashes. */
function token(id: string): string {
  const plain = id.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/-+$/, "");
  return /^[A-Za-z_]/.test(plain) ? plain : `_${plain}`;
}

function line(text: string, most = 2000): string {
  return plainText(text, most).trim() || "-";
}

/** The same parts have the same id, in the form of a UUID of version 5. */
function uuidOf(parts: readonly string[]): string {
  const hex = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  const variant = "89ab"[Number.parseInt(hex.slice(16, 17), 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
