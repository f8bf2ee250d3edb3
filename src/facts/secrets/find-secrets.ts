import { createHash } from "node:crypto";
import { FormatError } from "../formats/node.ts";
import { isDatabaseUrlAt } from "./database-urls.ts";
import { awsKeyAt, isNamedAwsSecretAt, isPlaidSecretAt, NEAR } from "./paired-keys.ts";
import { privateKeyAt } from "./private-keys.ts";
import { KNOWN_TO_ALL, PROVIDER_TOKENS } from "./provider-tokens.ts";
import { isRandom } from "./randomness.ts";

/** A credential that stands in a file: its place and kind. Its value goes no further than the files of this folder. */
export interface FoundSecret {
  readonly line: number;
  readonly kind: string;
  readonly revokeAt: string;
  /** What its issuer lets every such token begin with; undefined where nothing of it is public. */
  readonly begins: string | undefined;
  /** `token` in an issuer's format, `verified` by its checksum as well; `key` a private key; `named` by what stands around it alone. */
  readonly shape: "verified" | "token" | "key" | "named";
  /** True for one that ended by itself since. */
  readonly isExpired: boolean;
  /** True where its line, or the one above, tells scanners to pass over it. */
  readonly isSilenced: boolean;
  /** True where the text around it calls it an example, or made for tests. */
  readonly isCalledSample: boolean;
  /** Tells it from another of its kind; nothing of its value can be told from it. */
  readonly mark: string;
}

/** A credential that begins at a place, and where it ends. */
type Candidate = Omit<FoundSecret, "line" | "isSilenced" | "isCalledSample" | "mark"> & { readonly end: number };

/** Findings of one file that are told, and as many again that are silenced. */
const MAX_FOUND = 20;
/** What looking closely at the places of one file may cost; no text that people write comes near it. */
const MAX_COST = 200_000;
/** What it costs to look at what stands around a place, beside what stands right at it. */
const COST_AROUND = 100;

/** Finds where something may begin, in one pass over the text. */
const HEADS = new RegExp(
  [
    ...PROVIDER_TOKENS.map(({ head }) => head),
    "A[KS]IA[A-Z2-7]{4}",
    "(?:aws|AWS)_?(?:secret|SECRET)_?(?:access|ACCESS)?_?(?:key|KEY)",
    "(?:plaid|PLAID)_?(?:secret|SECRET)",
    "-----BEGIN [A-Z ]{0,20}PRIVATE KEY",
    "://(?=[^\\s:@/\"'<>{}$%]{0,64}:[^\\s@/]{3,100}@)",
  ].join("|"),
  "g",
);
const TOKENS = PROVIDER_TOKENS.map((token) => ({
  ...token,
  pattern: new RegExp(`${token.head}${token.rest}(?![\\w-])`, "y"),
}));

/** Letters before a credential, on its line and the two above, that may call it an example. */
const SAID_BEFORE = 240;
/** Letters of a credential that its mark is made of. */
const MARKED = 200;
const SAID_AFTER = 1000;
const SAYS_SAMPLE =
  /\b(examples?|samples?|dummy|fake|mock(ed)?|fixtures?|for (unit |local )?(tests?|testing|dev(elopment)?)|throw-?away|(not|no|isn'?t) (a )?real|self-?signed|snake-?oil|insecure)\b|\be\.g\.|(\b|_)test_|_test\b/i;

/**
 * The credentials that a text holds, in the order of their lines.
 * @throws FormatError for a text that is made to keep us busy.
 */
export function findSecrets(text: string): readonly FoundSecret[] {
  const found: FoundSecret[] = [];
  let cost = 0;
  let end = 0;
  let idAt = Number.NEGATIVE_INFINITY;
  for (const { index: at } of text.matchAll(HEADS)) {
    cost += text[at] === "-" || text[at] === "A" ? COST_AROUND : 1;
    if (cost > MAX_COST) throw new FormatError("too much in it looks like a credential");
    const candidate = at < end ? undefined : candidateAt(text, at);
    if (!candidate) continue;
    // The secret beside its id is no second finding.
    if (candidate.kind === AWS.kind && candidate.shape === "named" && at < idAt + NEAR) continue;
    if (candidate.kind === AWS.kind && candidate.shape === "token") idAt = at;
    const { end: _, ...secret } = candidate;
    end = candidate.end;
    const isSilenced = isAllowed(text, at);
    const alike = found.filter((one) => one.isSilenced === isSilenced).length;
    if (alike === MAX_FOUND && isSilenced) continue;
    const line = lineOf(text, at);
    found.push({ ...secret, line, isSilenced, isCalledSample: isCalledSample(text, at), mark: markOf(text, at) });
    if (alike === MAX_FOUND - 1 && !isSilenced) break;
  }
  return found;
}

/** Of the line from there on, and of a private key, whose first line says nothing, of what follows. */
function markOf(text: string, at: number): string {
  const lineEnd = text[at] === "-" ? -1 : text.indexOf("\n", at);
  const shown = text.slice(at, lineEnd < 0 ? at + MARKED : Math.min(lineEnd, at + MARKED));
  return createHash("sha256").update(shown.replace(TELLS_SCANNERS, "").trimEnd()).digest("hex").slice(0, 16);
}

function candidateAt(text: string, at: number): Candidate | undefined {
  if (text[at] === "-") return keyAt(text, at);
  if (text[at] === ":")
    return isDatabaseUrlAt(text, at)
      ? { ...PLAIN, kind: "database password", revokeAt: "the database", shape: "named", end: at + 1 }
      : undefined;
  if (/[A-Za-z0-9]/.test(text[at - 1] ?? "")) return undefined;
  const key = awsKeyAt(text, at);
  if (key) return { ...AWS, begins: text.slice(at, at + 4), isExpired: key === "session", end: at + 1 };
  if (isNamedAwsSecretAt(text, at)) return { ...AWS, shape: "named", end: at + 1 };
  if (isPlaidSecretAt(text, at))
    return { ...PLAIN, kind: "Plaid secret", revokeAt: "dashboard.plaid.com", shape: "token", end: at + 1 };
  return tokenAt(text, at);
}

const PLAIN = { begins: undefined, isExpired: false } as const;
const AWS = { ...PLAIN, kind: "AWS secret access key", revokeAt: "IAM, Access keys", shape: "token" } as const;

function keyAt(text: string, at: number): Candidate | undefined {
  const key = privateKeyAt(text, at);
  if (!key) return undefined;
  const isServiceAccount = /private_key[\\"']{1,8}\s{0,5}:\s{0,5}[\\"']{1,8}$/.test(
    text.slice(Math.max(0, at - 50), at),
  );
  return isServiceAccount
    ? { ...PLAIN, kind: "Google service account key", revokeAt: "IAM, Service accounts", shape: "token", ...key }
    : { ...PLAIN, kind: "private key", revokeAt: "whatever trusts it", shape: "key", ...key };
}

function tokenAt(text: string, at: number): Candidate | undefined {
  for (const { pattern, head, isValid, kind, revokeAt, isShortLived = false } of TOKENS) {
    pattern.lastIndex = at;
    const [token, random] = pattern.exec(text) ?? [];
    if (token === undefined || random === undefined || KNOWN_TO_ALL.test(random)) continue;
    if (!(isValid ? isValid(random) : isRandom(random))) continue;
    const begins = /[/=]/.test(head) ? undefined : token.slice(0, 4);
    const shape = isValid ? "verified" : "token";
    return { kind, revokeAt, begins, shape, isExpired: isShortLived, end: at + token.length };
  }
  return undefined;
}

/** Such a word at the end of a line, which makes no other secret of it. */
const TELLS_SCANNERS =
  /\s*(#|\/\/)?\s*(gitleaks:allow|pragma: ?(allow|white)list secret|ggignore|trufflehog:ignore)\s*$/im;
/** What scanners are told on the line itself, or on the one above. */
const ALLOWED_HERE = /gitleaks:allow|pragma: ?(allow|white)list secret|ggignore|trufflehog:ignore/i;
const ALLOWED_BELOW = /pragma: ?(allow|white)list nextline secret/i;

function isAllowed(text: string, at: number): boolean {
  const before = text
    .slice(Math.max(0, at - SAID_BEFORE), at)
    .split("\n")
    .slice(-2);
  const after = text.slice(at, at + SAID_AFTER).split("\n")[0] ?? "";
  return ALLOWED_HERE.test(`${before.at(-1)}${after}`) || (before.length > 1 && ALLOWED_BELOW.test(before[0] ?? ""));
}

function isCalledSample(text: string, at: number): boolean {
  const before = text
    .slice(Math.max(0, at - SAID_BEFORE), at)
    .split("\n")
    .slice(-3)
    .join("\n");
  // Rust keeps its unit tests at the end of the module.
  return SAYS_SAMPLE.test(before) || text.lastIndexOf("#[cfg(test)]", at) >= 0;
}

function lineOf(text: string, at: number): number {
  let line = 1;
  for (let next = text.indexOf("\n"); next >= 0 && next < at; next = text.indexOf("\n", next + 1)) line++;
  return line;
}
