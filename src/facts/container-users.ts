import { dockerfiles } from "./dockerfiles.ts";
import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { kubernetes } from "./kubernetes.ts";
import { isAuxiliary, nameOf } from "./tree.ts";

/** Who a shipped image runs as. */
export interface ContainerUser {
  readonly path: string;
  /** Of the USER that holds, else of the final FROM. */
  readonly line: number;
  readonly runsAs: "root" | "other" | "unknown";
  /** What told it, or why it is not known. */
  readonly by: string;
}

export interface ContainerUsers {
  readonly images: readonly ContainerUser[];
  /** True when every pod says that it does not run as root. */
  readonly podsAreNonRoot: boolean;
  readonly unread: readonly UnreadFile[];
}

const ROOT = /^(root|0+)(:.*)?$/i;
const NON_ROOT_IMAGE =
  /(^|[:/._-])(nonroot|non-root|unprivileged|rootless)([._-]|$)|^cgr\.dev\/|^gcr\.io\/distroless\/.*:.*nonroot|\/chainguard\//i;
/** Bases whose entry point drops privileges by itself; whether this image keeps it cannot be seen. */
const MAY_DROP = /s6-overlay|linuxserver|baseimage|phusion/i;
const FUNCTION_IMAGE = /(^|\/)(lambda|aws-lambda)[/-]|public\.ecr\.aws\/lambda|azure-functions/i;
const DROPS =
  /\b(gosu|su-exec|setpriv|s6-setuidgid|s6-overlay|runuser|chpst|setuidgid)\b|\bsu\s+-|\bsudo\s+-u\b|--uid[= ](?!0\b|root\b)\w+|\/init\b/;
/** Programs that drop root, as an image installs them. */
const DROPPERS = /\b(gosu|su-exec|setpriv|s6|runuser|chpst)\b/;
const isScript = globs("**/{*entrypoint*,*start*,*boot*,*init*,*run*}{,.sh,.bash}");

/** As which user the shipped images run. */
export const containerUsers = defineFact({
  spans: "repository",
  uses: { dockerfiles, kubernetes },
  reads: (path, tree) =>
    (/(^|\/)uwsgi\.ini$|(^|\/)gunicorn[\w.]*\.py$/.test(path) ||
      (isScript(path) && /\.(sh|bash)$|^[^.]+$/.test(nameOf(path)) && /docker|entrypoint/i.test(path))) &&
    tree.isFirstParty(path) &&
    !isAuxiliary(path),
  parse: ({ path, text }): boolean =>
    path.endsWith(".ini") ? /^\s*(uid|gid)\s*=\s*(?!0\b|root\b)\w+/m.test(text) : DROPS.test(text),
  combine: ({ files, unread, uses }): ContainerUsers => {
    const dropping = files.find(({ parsed }) => parsed);
    const pods = uses.kubernetes.workloads.flatMap(({ containers }) => containers);
    return {
      images: uses.dockerfiles.files
        .filter(({ purpose }) => purpose === "production")
        .map(({ path, shipped }): ContainerUser => {
          const { user, entrypoint, command, origin, instructions } = shipped;
          const line = user?.line ?? shipped.base.line;
          const base = origin.kind === "image" ? origin.reference : "";
          const start = `${entrypoint?.text ?? ""} ${command?.text ?? ""}`;
          if (FUNCTION_IMAGE.test(base))
            return { path, line, runsAs: "other", by: "the platform runs functions as a user of its own" };
          if (user && user.value === undefined) return { path, line, runsAs: "unknown", by: "the user is computed" };
          if (user?.value !== undefined && !ROOT.test(user.value.trim()))
            return { path, line, runsAs: "other", by: `USER ${user.value}` };
          if (DROPS.test(start)) return { path, line, runsAs: "other", by: "the entry point drops root" };
          const script = [...start.matchAll(/[\w./-]+/g)]
            .map(([word]) => nameOf(word))
            .find((name) => files.some((file) => nameOf(file.path) === name && file.parsed));
          if (script ?? (dropping && start.includes(nameOf(dropping.path))))
            return { path, line, runsAs: "other", by: "the entry point drops root" };
          if (user) return { path, line, runsAs: "root", by: `USER ${user.value}` };
          if (NON_ROOT_IMAGE.test(base)) return { path, line, runsAs: "other", by: `the base ${base}` };
          if (origin.kind === "computed") return { path, line, runsAs: "unknown", by: "the base image is computed" };
          const text = instructions
            .map((instruction) => instruction.words.map(({ text: word }) => word).join(" "))
            .join("\n");
          if (MAY_DROP.test(base) || MAY_DROP.test(text))
            return { path, line, runsAs: "unknown", by: "its base has an init system that can drop root" };
          // An entry point can drop root only with a program that the image has.
          const unreadStart = DROPPERS.test(text)
            ? unread.find((file) => start.includes(nameOf(file.path)))
            : undefined;
          if (unreadStart)
            return {
              path,
              line,
              runsAs: "unknown",
              by: `its entry point ${unreadStart.path} could not be read: ${unreadStart.reason}`,
            };
          return { path, line, runsAs: "root", by: "no USER" };
        }),
      podsAreNonRoot: pods.length > 0 && pods.every(({ isNonRoot }) => isNonRoot === true),
      unread: uses.dockerfiles.unread.filter(({ purpose }) => purpose === "production"),
    };
  },
});
