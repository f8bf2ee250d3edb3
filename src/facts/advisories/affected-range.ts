import { compare, valid } from "@renovatebot/pep440";

const COMPARISON = /^(<=|>=|<|>|=)\s*(\S+)$/;

/**
 * Whether a version lies in a range as GitHub's database writes it: `>= 3.0, < 3.2.13`, `= 1.0`, each part by
 * the order of PEP 440. A pre-release comes before its release, as it does on the index; what stands behind a
 * `+` is a build of the same source. Undefined where the range cannot be read.
 */
export function isAffected(version: string, range: string): boolean | undefined {
  const own = publicPart(version);
  const parts = range.split(",").map((part) => part.trim());
  const answers = parts.map((part) => {
    const [, operator, bound = ""] = COMPARISON.exec(part) ?? [];
    if (operator === undefined || valid(bound) === null || valid(own) === null) return undefined;
    // What begins at nothing holds every version, pre-releases of nothing included.
    if (operator === ">=" && /^0(\.0)*$/.test(bound)) return true;
    const order = compare(own, publicPart(bound));
    if (operator === "=") return order === 0;
    if (operator === "<=") return order <= 0;
    if (operator === ">=") return order >= 0;
    return operator === "<" ? order < 0 : order > 0;
  });
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function publicPart(version: string): string {
  return version.split("+", 1)[0] ?? version;
}
