import { composeFiles } from "./compose-files.ts";
import { dockerfiles } from "./dockerfiles.ts";
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
    const found: CommittedCredential[] = [];
    const judge = (
      path: string,
      variables: readonly { readonly name: string; readonly value: string | undefined; readonly line: number }[],
      isForDevelopment: boolean,
      isSecret = false,
    ): void => {
      const neighbours = variables.slice(0, MAX_NEIGHBOURS).flatMap(({ value }) => value ?? []);
      const times = Map.groupBy(neighbours, (value) => value);
      for (const variable of variables) {
        const others = neighbours.filter((value) => value !== variable.value || (times.get(value)?.length ?? 0) > 1);
        const name = isSecret ? nameInSecret(variable.name) : variable.name;
        const kind = credentialIn(name, variable.value, others);
        if (kind !== "none") found.push({ path, line: variable.line, name: variable.name, kind, isForDevelopment });
      }
    };
    for (const { path, purpose, stages } of uses.dockerfiles.files) {
      if (purpose !== "production" && purpose !== "build") continue;
      for (const { instructions } of stages) {
        for (const { keyword, words, flags, line } of instructions) {
          if (keyword === "ENV" || keyword === "ARG") judge(path, assignments(words), false);
          const isCopy = keyword === "COPY" || keyword === "ADD";
          const source = words.slice(0, -1).find(({ text }) => isCopy && /(^|\/)\.env(\.prod(uction)?)?$/.test(text));
          if (source && !flags.some(({ name }) => name === "from"))
            found.push({ path, line, name: source.text, kind: "file", isForDevelopment: false });
        }
      }
    }
    for (const { path, purpose, services } of uses.composeFiles.files) {
      if (purpose === "test" || purpose === "example") continue;
      for (const { environment } of services) judge(path, environment, purpose === "development");
    }
    for (const { path, containers } of uses.kubernetes.workloads)
      for (const { environment } of containers) judge(path, environment, false);
    for (const { path, kind, entries } of uses.kubernetes.stores) judge(path, entries, false, kind === "Secret");
    for (const { path, parsed } of files)
      for (const one of parsed) found.push({ path, ...one, isForDevelopment: false });
    const states = tree.paths.filter((path) => isState(path) && tree.isFirstParty(path) && !isAuxiliary(path));
    for (const path of states) found.push({ path, line: 1, name: nameOf(path), kind: "file", isForDevelopment: false });
    const production = uses.dockerfiles.files.filter(({ purpose }) => purpose === "production");
    const hasSubjects =
      production.length +
        uses.composeFiles.files.length +
        uses.kubernetes.workloads.length +
        uses.kubernetes.stores.length >
        0 || tree.paths.some((path) => path.endsWith(".tf") || isVariables(path) || isState(path));
    return {
      credentials: found,
      hasSubjects,
      unread: [
        ...unread,
        ...uses.dockerfiles.unread.filter(({ purpose }) => purpose === "production"),
        ...uses.composeFiles.unread,
        ...uses.kubernetes.unread,
      ],
    };
  },
});

type Word = { readonly text: string; readonly line: number };

/** `NAME=value` words; the older `ENV NAME value` has one of each. */
function assignments(
  words: readonly Word[],
): readonly { readonly name: string; readonly value: string | undefined; readonly line: number }[] {
  const [first] = words;
  if (first && !first.text.includes("=")) {
    return words.length > 1
      ? [
          {
            name: first.text,
            line: first.line,
            value: words
              .slice(1)
              .map(({ text }) => text)
              .join(" "),
          },
        ]
      : [];
  }
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
