import ignore from "ignore";
import { type Dependencies, dependencies } from "./dependencies.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { FormatError } from "./formats/node.ts";
import { credentialIn, isPlaceholder, isSecretName } from "./secrets/literals.ts";
import { folderOf, isAuxiliary, nameOf, type Tree } from "./tree.ts";

/** A tracked file that is meant to stay out of git. */
export interface EnvironmentFile {
  readonly path: string;
  /** `secret`: a real value of a secret; `settings`: none; `key`: a file that is itself a credential. */
  readonly holds: "secret" | "settings" | "key";
  /** The variable that holds the secret, and its line. */
  readonly name: string | undefined;
  readonly line: number;
}

export interface EnvironmentFiles {
  readonly tracked: readonly EnvironmentFile[];
  /** Whether git ignores `.env`, and the file that says so. */
  readonly ignored: { readonly path: string; readonly line: number } | undefined;
  /** What shows that `.env` files are used: a dependency that reads them, or an example of one. */
  readonly reader: string | undefined;
  readonly unread: readonly UnreadFile[];
}

const ENVIRONMENT = /^(\.env|\.env\.[\w.-]+|[\w-]+\.env|\.envrc)$/;
const EXAMPLE =
  /(^|[._-])(example|sample|template|dist|tmpl|tpl|defaults?|test(ing|s)?|ci|schema|local-example|docker-example|spec)([._-]|$)/i;
const KEY_FILE =
  /^(id_rsa|id_dsa|id_ecdsa|id_ed25519|\.pypirc|\.netrc|_netrc|kubeconfig|credentials\.json|service[-_]account[\w-]*\.json|\.htpasswd)$/;
/** Variables of Terraform; only one that is a secret is out of place. */
const TERRAFORM = /\.(auto\.)?tfvars$/;
const DOTENV = /^(python-dotenv|django-environ|python-decouple|environs|pydantic-settings|django-dotenv|dynaconf)$/;

/** Patterns of a `.gitignore`; the lists that are made for every tool have some hundred. */
const MAX_PATTERNS = 5000;
const MAX_PATTERN_LENGTH = 1000;

/** `.env` and other files that hold credentials, as far as git tracks them. */
export const environmentFiles = defineFact({
  spans: "repository",
  uses: { dependencies },
  reads: (path, tree) =>
    (isEnvironment(path) || KEY_FILE.test(nameOf(path)) || nameOf(path) === ".gitignore") &&
    tree.isFirstParty(path) &&
    !isAuxiliary(path),
  parse: ({ path, text }): readonly Line[] =>
    nameOf(path) === ".gitignore"
      ? ignoreLines(text)
      : isEnvironment(path)
        ? variables(text)
        : [{ name: text, value: "", line: 1 }],
  combine: ({ files, unread, tree, uses }): EnvironmentFiles => {
    const isLink = (path: string): boolean => tree.entry(path)?.mode === "120000";
    const reader = dependencyThatReads(uses.dependencies) ?? exampleIn(tree);
    const ours = files.filter(({ path }) => nameOf(path) !== ".gitignore" && !isLink(path));
    return {
      tracked: ours.flatMap(({ path, parsed }): readonly EnvironmentFile[] => {
        if (KEY_FILE.test(nameOf(path)))
          return isRealKey(parsed) ? [{ path, holds: "key", name: undefined, line: 1 }] : [];
        const secret = parsed.find(({ name, value }) => credentialIn(name, value) !== "none");
        // `shop.env` is a name for any settings; only a secret in it is out of place.
        if (!secret && !nameOf(path).startsWith(".")) return [];
        return [
          {
            path,
            holds: secret ? "secret" : "settings",
            name: secret?.name,
            line: secret?.line ?? 1,
          },
        ];
      }),
      ignored: ignoredBy(
        files.filter(({ path }) => nameOf(path) === ".gitignore"),
        foldersAbove(reader?.path ?? ""),
      ),
      reader: reader?.name,
      unread: unread.filter(({ path }) => !isLink(path)),
    };
  },
});

/** What reads `.env` files, and a file beside which, or above, they are. */
interface Reader {
  readonly name: string;
  readonly path: string;
}

/** A compiled list names what others need as well. */
function dependencyThatReads({ manifests }: Dependencies): Reader | undefined {
  const written = manifests.filter(({ isCompiled }) => !isCompiled);
  return written
    .flatMap(({ path, declarations }) => declarations.map(({ name }) => ({ name, path })))
    .find(({ name }) => DOTENV.test(name));
}

function exampleIn(tree: Tree): Reader | undefined {
  const path = tree.paths.find((one) => {
    const name = nameOf(one);
    const isExample = EXAMPLE.test(name) && (ENVIRONMENT.test(name) || /^(dot)?env[._-]\w+$/.test(name));
    return isExample && tree.isFirstParty(one) && !isAuxiliary(one);
  });
  return path === undefined ? undefined : { name: path, path };
}

interface Line {
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

function isEnvironment(path: string): boolean {
  const name = nameOf(path);
  return (ENVIRONMENT.test(name) || TERRAFORM.test(name)) && !EXAMPLE.test(name);
}

function variables(text: string): readonly Line[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const [, name = "", value = ""] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=(.*)$/s.exec(line) ?? [];
    return name ? [{ name, value: value.trim().replace(/^(["'])(.*)\1.*$/s, "$2"), line: index + 1 }] : [];
  });
}

function ignoreLines(text: string): readonly Line[] {
  const lines = text.split(/\r?\n/).map((line, index) => ({ name: line.trim(), value: "", line: index + 1 }));
  const patterns = lines.filter(({ name }) => name !== "" && !name.startsWith("#"));
  if (patterns.length > MAX_PATTERNS) throw new FormatError(`it has more than ${MAX_PATTERNS} patterns`);
  // One that is longer than any name of a file cannot mean `.env`, and the library refuses it.
  return patterns.filter(({ name }) => name.length <= MAX_PATTERN_LENGTH);
}

/** A key file with something in it that is no placeholder. */
function isRealKey([content]: readonly Line[]): boolean {
  const text = content?.name.trim() ?? "";
  if (/PRIVATE KEY-----/.test(text)) return true;
  return [
    ...text.matchAll(
      /(?:password|secret|token|private_key|client-key-data)["']?\s{0,20}[:=]?\s{0,20}["']?([^\s"',]+)/gi,
    ),
  ].some(([, value]) => isSecretName("password") && !isPlaceholder(value ?? ""));
}

/** Where a `.env` of what reads it may be: its folder, and those above it up to the root. */
function foldersAbove(path: string): readonly string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, parts.length - index).join("/")).concat("");
}

/** The `.gitignore` that keeps a `.env` of one of the folders out: its own, or one above. */
function ignoredBy(
  files: readonly { readonly path: string; readonly parsed: readonly Line[] }[],
  folders: readonly string[],
): EnvironmentFiles["ignored"] {
  for (const { path, parsed } of files) {
    const at = folderOf(path);
    const names = folders
      .filter((folder) => at === "" || folder === at || folder.startsWith(`${at}/`))
      .map((folder) => `${folder}/.env`.slice(at.length).replace(/^\//, ""));
    const ignores = (lines: readonly Line[]): boolean => {
      const matcher = ignore().add(lines.map(({ name }) => name));
      return names.some((name) => matcher.ignores(name));
    };
    if (!ignores(parsed)) continue;
    const line = parsed.find((one) => ignores([one]))?.line;
    if (line !== undefined) return { path, line };
  }
  return undefined;
}
