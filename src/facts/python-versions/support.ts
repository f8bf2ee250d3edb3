/** The last day of support of each minor version, by the release schedule (PEP 569 to PEP 790). */
const END_OF_LIFE: Readonly<Record<string, string>> = {
  "3.8": "2024-10-07",
  "3.9": "2025-10-31",
  "3.10": "2026-10-31",
  "3.11": "2027-10-31",
  "3.12": "2028-10-31",
  "3.13": "2029-10-31",
  "3.14": "2030-10-31",
  "3.15": "2031-10-31",
};
const OLDEST_KNOWN_MINOR = 8;
const NEWEST_KNOWN_MINOR = 15;
const DAY_MS = 86_400_000;
/** With fewer days of support left, the move to a newer version must be under way. */
const SOON_DAYS = 90;
/** Characters of a constraint: one that allows and excludes every version has fewer. */
const MAX_CONSTRAINT = 500;

/** How a Python version stands on a day. */
export interface Standing {
  readonly support: "supported" | "ending" | "ended";
  readonly sentence: string;
}

/** How `3.12` stands on an ISO day; what is newer than the schedule is supported. */
export function standingOf(minor: string, date: string): Standing {
  if (minor === "3.x") return { support: "supported", sentence: "It follows the newest Python." };
  const until = END_OF_LIFE[minor];
  if (until === undefined)
    return isBeforeSchedule(minor)
      ? { support: "ended", sentence: `Python ${minor} has been without support for years.` }
      : { support: "supported", sentence: `Python ${minor} is supported.` };
  const daysLeft = Math.floor((Date.parse(until) - Date.parse(date)) / DAY_MS);
  if (daysLeft < 0) return { support: "ended", sentence: `Python ${minor} left support on ${until}.` };
  const sentence = `Python ${minor} is supported until ${until}.`;
  return { support: daysLeft < SOON_DAYS ? "ending" : "supported", sentence };
}

function isBeforeSchedule(minor: string): boolean {
  const [major = 3, number = 0] = minor.split(".").map(Number);
  return major < 3 || (major === 3 && number < OLDEST_KNOWN_MINOR);
}

/** The minor versions of the schedule that a constraint such as `>=3.9,<4` allows; undefined for what cannot be read. */
export function minorsAllowedBy(constraint: string): readonly string[] | undefined {
  if (constraint.length > MAX_CONSTRAINT) return undefined;
  const clauses = constraint
    .split(/[,\s]+(?=[<>=!~^\d])/)
    .map((clause) => clause.trim())
    .filter(Boolean);
  const tests = clauses.map(testOf);
  if (tests.length === 0 || tests.some((test) => test === undefined)) return undefined;
  const minors = Array.from({ length: NEWEST_KNOWN_MINOR + 1 }, (_, minor) => minor);
  return minors.filter((minor) => tests.every((test) => test?.(minor))).map((minor) => `3.${minor}`);
}

/** One clause as a test of the minor versions of Python 3. */
function testOf(clause: string): ((minor: number) => boolean) | undefined {
  const [, operator = "==", major, minor, patch] =
    /^(>=|<=|==|!=|~=|>|<|\^|~)?\s*(\d+)(?:\.(\d+|\*))?(?:\.(\d+|\*))?[\w.*-]*$/.exec(clause) ?? [];
  if (major === undefined) return undefined;
  const isAny = minor === undefined || minor === "*";
  const bound = (Number(major) - 3) * 1000 + (isAny ? 0 : Number(minor));
  switch (operator) {
    case ">=":
      return (candidate) => candidate >= bound;
    case ">":
      return (candidate) => (patch === undefined && !isAny ? candidate > bound : candidate >= bound);
    case "<=":
      return (candidate) => candidate <= bound;
    case "<":
      return (candidate) => (patch === undefined || patch === "0" ? candidate < bound : candidate <= bound);
    case "!=":
      return (candidate) => isAny || patch !== undefined || candidate !== bound;
    case "~=":
      return patch === undefined
        ? (candidate) => candidate >= bound && candidate < 1000
        : (candidate) => candidate === bound;
    case "^":
      return (candidate) => candidate >= bound && candidate < 1000;
    case "~":
    case "==":
      return isAny ? (candidate) => candidate >= bound && candidate < bound + 1000 : (candidate) => candidate === bound;
    default:
      return undefined;
  }
}

/** The day of the first release of each minor version. */
const RELEASED: Readonly<Record<string, string>> = {
  "3.8": "2019-10-14",
  "3.9": "2020-10-05",
  "3.10": "2021-10-04",
  "3.11": "2022-10-24",
  "3.12": "2023-10-02",
  "3.13": "2024-10-07",
  "3.14": "2025-10-07",
  "3.15": "2026-10-01",
};
/** So long the packages that others need take to follow a release. */
const GRACE_DAYS = 183;

/** True for a version that has been out for half a year: who claims every newer one is expected to test it. */
export function isSettled(minor: string, date: string): boolean {
  const released = RELEASED[minor];
  return released !== undefined && (Date.parse(date) - Date.parse(released)) / DAY_MS >= GRACE_DAYS;
}
