import { booleanOf, textOf } from "../literals.ts";
import { argumentOf, dottedName, hasUnknownKeywords, qualifiedName } from "../names.ts";
import { valuesOf } from "../origins/values.ts";
import type { Call, Expression } from "../syntax.ts";
import { type Around, type CryptoReader, secretMade } from "./around.ts";
import { secretIn } from "./secret-names.ts";

/** Services whose protocol asks for a weak hash: a check against leaked passwords, an avatar. */
const ASKED_FOR = /pwnedpasswords|haveibeenpwned|gravatar/i;

/** MD5 and SHA-1 of passwords, tokens and secrets. */
export const hashes: CryptoReader = (node, around) => {
  const hash = node.kind === "Call" ? weakHash(node, around) : undefined;
  if (node.kind !== "Call" || hash === undefined || ASKED_FOR.test(around.module.text)) return [];
  const [data] = hash.data ? [hash.data] : [];
  const secret =
    (data &&
      valuesOf(data, around.scope, around.module)
        .map(secretIn)
        .find((name) => name !== undefined)) ??
    secretMade(around);
  if (secret === undefined || isName(around)) return [];
  const says = `${hash.name} is used with \`${secret}\``;
  return [
    { line: node.line, says, advice: "Use `hashlib.scrypt` or Argon2 for passwords, HMAC with SHA-256 for signatures" },
  ];
};

function weakHash(
  node: Call,
  { names }: Around,
): { readonly name: string; readonly data: Expression | undefined } | undefined {
  const called = qualifiedName(node.func, names) ?? "";
  if (booleanOf(argumentOf(node, "usedforsecurity")) === false || hasUnknownKeywords(node)) return undefined;
  const direct = /^hashlib\.(md5|sha1)$/.exec(called)?.[1];
  const named = called === "hashlib.new" ? /^(md5|sha-?1)$/i.exec(textOf(node.args[0]) ?? "")?.[1] : undefined;
  const hash = direct ?? named;
  if (hash === undefined) return undefined;
  return { name: /md5/i.test(hash) ? "MD5" : "SHA-1", data: node.args[direct ? 0 : 1] };
}

/** True where the hash only names something: a key of a cache, a file, an ETag. */
function isName({ statement, scope }: Around): boolean {
  const targets = statement.kind === "Assign" ? statement.targets : [];
  const names = [
    ...targets.map((target) => (target.kind === "Name" ? target.id : target.kind === "Attribute" ? target.attr : "")),
    scope.function?.name ?? "",
  ];
  return names.some((name) =>
    /cache|etag|file|path|_name$|^key_name|fingerprint|checksum|ident|color|avatar|bucket/i.test(name),
  );
}

/** Numbers that can be guessed, for what must not be. */
export const randomness: CryptoReader = (node, around) => {
  if (node.kind !== "Call") return [];
  const called = qualifiedName(node.func, around.names) ?? "";
  if (!/^random\.(choice|choices|randint|randrange|random|sample|getrandbits|randbytes|uniform)$/.test(called))
    return [];
  // `random = random.SystemRandom()` and the like: not the module's own.
  const written = dottedName(node.func);
  if (!around.names.has(written?.split(".", 1)[0] ?? "")) return [];
  const secret = secretMade(around);
  if (secret === undefined || /fake|seed|dummy|sample|mock|generate_data/i.test(around.module.path)) return [];
  const says = `\`${secret}\` is made with \`random\`, which can be guessed`;
  // The system's generator has the same methods, and nobody can guess what it gives.
  const by = `${called.replace(".", ".SystemRandom().")}(`;
  const mend = written === called ? { line: node.line, piece: `${written}(`, by } : undefined;
  return [{ line: node.line, says, advice: "Use `secrets.token_urlsafe`", mend }];
};
