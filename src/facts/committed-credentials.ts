import { type ComposeFile, composeFiles } from "./compose-files.ts";
import { type Dockerfile, dockerfiles } from "./dockerfiles.ts";
import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { kubernetes } from "./kubernetes.ts";
import { credentialIn, isSecretName } from "./secrets/literals.ts";
import { isAuxiliary, nameOf } from "./tree.ts";

/** A credential that stands in an image or a manifest. Its value goes no further than this file. */
export interface CommittedCredential {
  readonly path: string;
  readonly line: number;
  /** What holds it: the variable's name, or the file. */
  readonly name: string;
  readonly kind: "token" | "literal" | "file";
  /** A local database's password in a development file. */
  readonly isForDevelopment: boolean;
}

export interface CommittedCredentials {
  readonly credentials: readonly CommittedCredential[];
  /** True with any image, manifest or infrastructure that could hold one. */
  readonly hasSubjects: boolean;
  readonly unread: readonly UnreadFile[];
}

const isVariables = globs("**/*.tfvars", "**/*.tfvars.json");
const isState = globs("**/*.tfstate", "**/*.tfstate.backup");

/** Variables that each other one of its place is compared with. */
const MAX_NEIGHBOURS = 200;

/** Credentials that are baked into images or written into manifests. */
export const committedCredentials = defineFact({
  spans: "repository",
  uses: { dockerfiles, composeFiles, kubernetes },
  reads: (path, tree) => path.endsWith(".tfvars") && tree.isFirstParty(path) && !isAuxiliary(path),
  parse: ({ text }): readonly { readonly name: string; readonly line: number; readonly kind: "token" | "literal" }[] =>
    text.split(/\r?\n/).flatMap((line, index) => {
      const [, name = "", value] = /^\s*"?([\w-]+)"?\s*=\s*"([^"]*)"/.exec(line) ?? [];
      const kind = credentialIn(name, value);
      return kind === "none" ? [] : [{ name, line: index + 1, kind }];
    }),
  combine: ({ files, unread, tree, uses }): CommittedCredentials => {
    const product = tree.paths.filter((path) => tree.isFirstParty(path) && !isAuxiliary(path));
    const production = uses.dockerfiles.files.filter(({ purpose }) => purpose === "production");
    const { workloads, stores } = uses.kubernetes;
    const subjects = production.length + uses.composeFiles.files.length + workloads.length + stores.length;
    return {
      credentials: [
        ...uses.dockerfiles.files.flatMap(inDockerfile),
        ...uses.composeFiles.files.flatMap(inCompose),
        ...workloads.flatMap(({ path, containers }) =>
          containers.flatMap(({ environment }) => credentialsAmong(path, environment, false)),
        ),
        ...stores.flatMap(({ path, kind, entries }) => credentialsAmong(path, entries, false, kind === "Secret")),
        ...files.flatMap(({ path, parsed }) => parsed.map((one) => ({ path, ...one, isForDevelopment: false }))),
        ...product.filter(isState).map((path) => wholeFile(path, 1, nameOf(path))),
      ],
      hasSubjects:
        subjects > 0 || tree.paths.some((path) => path.endsWith(".tf") || isVariables(path) || isState(path)),
      unread: [
        ...unread,
        ...uses.dockerfiles.unread.filter(({ purpose }) => purpose === "production"),
        ...uses.composeFiles.unread,
        ...uses.kubernetes.unread,
      ],
    };
  },
});

interface Variable {
  readonly name: string;
  readonly value: string | undefined;
  readonly line: number;
}

/** What ENV and ARG hold in a shipped image, and the files of variables that are copied into it. */
function inDockerfile({ path, purpose, stages }: Dockerfile): readonly CommittedCredential[] {
  if (purpose !== "production" && purpose !== "build") return [];
  return stages.flatMap(({ instructions }) =>
    instructions.flatMap(({ keyword, words, flags, line }) => {
      if (keyword === "ENV" || keyword === "ARG") return credentialsAmong(path, assignments(words), false);
      if (!/^(COPY|ADD)$/.test(keyword) || flags.some(({ name }) => name === "from")) return [];
      const source = words.slice(0, -1).find(({ text }) => /(^|\/)\.env(\.prod(uction)?)?$/.test(text));
      return source ? [wholeFile(path, line, source.text)] : [];
    }),
  );
}

function inCompose({ path, purpose, services }: ComposeFile): readonly CommittedCredential[] {
  if (purpose === "test" || purpose === "example") return [];
  return services.flatMap(({ environment }) => credentialsAmong(path, environment, purpose === "development"));
}

function wholeFile(path: string, line: number, name: string): CommittedCredential {
  return { path, line, name, kind: "file", isForDevelopment: false };
}

/** The credentials among the variables of one place; a value that stands there twice may be a local default. */
function credentialsAmong(
  path: string,
  variables: readonly Variable[],
  isForDevelopment: boolean,
  isSecret = false,
): readonly CommittedCredential[] {
  const neighbours = variables.slice(0, MAX_NEIGHBOURS).flatMap(({ value }) => value ?? []);
  const times = Map.groupBy(neighbours, (value) => value);
  return variables.flatMap(({ name, value, line }) => {
    const others = neighbours.filter((other) => other !== value || (times.get(other)?.length ?? 0) > 1);
    const kind = credentialIn(isSecret ? nameInSecret(name) : name, value, others);
    return kind === "none" ? [] : [{ path, line, name, kind, isForDevelopment }];
  });
}

type Word = { readonly text: string; readonly line: number };

/** `NAME=value` words; the older `ENV NAME value` has one of each. */
function assignments(words: readonly Word[]): readonly Variable[] {
  const [first, ...rest] = words;
  if (first && !first.text.includes("="))
    return rest.length > 0
      ? [{ name: first.text, line: first.line, value: rest.map(({ text }) => text).join(" ") }]
      : [];
  return words.map(({ text, line }) => {
    const equals = text.indexOf("=");
    return { name: text.slice(0, equals), line, value: text.slice(equals + 1).replace(/^(["'])(.*)\1$/s, "$2") };
  });
}

/** What stands beside a credential, and is none. */
const BESIDE =
  /^(.*[-_.])?(user(name)?|login|host(name)?|port|db|dbname|database|name|e-?mail|ur[il]|endpoint|region|bucket|namespace|type|server|ca\.crt|tls\.crt|issuer|schema|ssl_?mode)$/i;

/** Every entry of a Secret is secret by its place, whatever its name, save what only says where it is for. */
function nameInSecret(name: string): string {
  return isSecretName(name) || BESIDE.test(name) ? name : `${name}_SECRET`;
}
