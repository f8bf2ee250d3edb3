import { booleanOf, textOf } from "../literals.ts";
import { argumentOf, type Names, qualifiedName } from "../names.ts";
import type { Call, Dict, Expression, FunctionDef } from "../syntax.ts";
import { expressionsOf, statementsIn, within } from "../walk.ts";
import type { Around, CryptoReader } from "./around.ts";

const WEAK_HASHER = /\.((Unsalted)?(MD5|SHA1)PasswordHasher|CryptPasswordHasher)$/;
const WEAK_SCHEME =
  /^(plaintext|ldap_plaintext|hex_md5|hex_sha1|md5_crypt|des_crypt|unix_disabled_plain|lmhash|nthash|mysql323)$/;
/** Settings that are for tests, where a fast hasher is a known trick. */
const TEST_SETTINGS = /(^|[/_.])(tests?|testing|ci|e2e)([/_.]|$)/i;

/** Hashers of passwords that are fast, and web tokens that anybody can write. */
export const tokens: CryptoReader = (node, around) => {
  const { names, module } = around;
  if (node.kind === "List" && around.statement.kind === "Assign" && around.statement.value === node) {
    const isHashers = around.statement.targets.some(
      (target) => target.kind === "Name" && target.id === "PASSWORD_HASHERS",
    );
    const first = textOf(node.elts[0]) ?? "";
    if (!isHashers || !WEAK_HASHER.test(first) || TEST_SETTINGS.test(module.path) || around.scope.conditions.length > 0)
      return [];
    const says = `New passwords are hashed with ${first.slice(first.lastIndexOf(".") + 1)}`;
    return [{ line: node.elts[0]?.line ?? node.line, says, advice: "Put Argon2 or PBKDF2 first" }];
  }
  if (node.kind !== "Call") return [];
  const called = qualifiedName(node.func, names) ?? "";
  if (called.endsWith("CryptContext")) return schemes(node);
  if (!/^(jwt|jose\.jwt)\.(decode|encode)$/.test(called)) return [];
  if (allowsNone(node))
    return [
      {
        line: node.line,
        says: "The algorithm `none` leaves a token unsigned",
        advice: "Name the algorithm that signs it",
      },
    ];
  if (!called.endsWith("decode") || !skipsSignature(node) || isCheckedBeside(around)) return [];
  return [
    {
      line: node.line,
      says: "The token is read without checking its signature",
      advice: "Give `jwt.decode` the key and the algorithms",
    },
  ];
};

function schemes(node: Call) {
  const list = argumentOf(node, "schemes", 0);
  const first = list?.kind === "List" || list?.kind === "Tuple" ? textOf(list.elts[0]) : undefined;
  return first !== undefined && WEAK_SCHEME.test(first)
    ? [{ line: node.line, says: `New passwords are stored as ${first}`, advice: "Put Argon2 or bcrypt first" }]
    : [];
}

function allowsNone(node: Call): boolean {
  const algorithm = argumentOf(node, "algorithm", 2);
  const list = argumentOf(node, "algorithms", 2);
  const all = [algorithm, ...(list?.kind === "List" || list?.kind === "Tuple" ? list.elts : [])];
  return all.some((one) => one !== undefined && textOf(one)?.toLowerCase() === "none");
}

function skipsSignature(node: Call): boolean {
  if (booleanOf(argumentOf(node, "verify")) === false) return true;
  const options = argumentOf(node, "options");
  return options?.kind === "Dict" && verifies(options) === false;
}

function verifies({ items }: Dict): boolean | undefined {
  return booleanOf(items.find(({ key }) => textOf(key) === "verify_signature")?.value);
}

const known = new WeakMap<FunctionDef, boolean>();

/** True where the same function decodes it once more with its key: it only looks first who signed it. */
function isCheckedBeside({ scope: { function: definition }, names }: Around): boolean {
  if (!definition) return false;
  const isChecked =
    known.get(definition) ??
    [...statementsIn(definition.body)].some(({ node }) =>
      expressionsOf(node).some((expression) => [...within(expression)].some((part) => isCheckingDecode(part, names))),
    );
  known.set(definition, isChecked);
  return isChecked;
}

function isCheckingDecode(node: Expression, names: Names): boolean {
  return (
    node.kind === "Call" && /(^|\.)jwt\.decode$/.test(qualifiedName(node.func, names) ?? "") && !skipsSignature(node)
  );
}
