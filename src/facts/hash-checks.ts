import { type Dependencies, dependencies } from "./dependencies.ts";
import { type ExactRequirements, exactRequirements } from "./exact-requirements.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { type ImageInstall, imageInstalls } from "./image-installs.ts";
import { type LockFormat, type Locks, locks } from "./locks.ts";

/** Whether one place that installs packages checks them against hashes; undefined where nobody can tell. */
export interface HashCheck {
  readonly path: string;
  readonly line: number;
  /** The command, or the file. */
  readonly what: string;
  readonly isCommand: boolean;
  readonly isChecked: boolean | undefined;
}

export interface HashChecks {
  /** Installations into images; where there are none, what the deployment would install from. */
  readonly checks: readonly HashCheck[];
  readonly unread: readonly UnreadFile[];
}

/** Managers and builders, which set up what then checks the hashes. */
const TOOLS =
  /^(pip|setuptools|wheel|uv|poetry(-core|-plugin-\w+)?|pipenv|pdm|hatch(ling)?|pip-tools|virtualenv|conda-lock|micropipenv|pixi|build|installer|cython)(\[[^\]]*\])?([=<>~!].*)?$/;
const LOCAL = /^(?!https?:).*\.(whl|tar\.gz|zip)$|^[./]|\*|^file:/;
/** Formats that record a hash of every file. */
const HASHED = new Set<LockFormat>(["uv", "poetry", "pdm", "pipenv", "pylock", "pixi", "conda-lock"]);

/** What installs for production, and whether it would notice another file under the same name. */
export const hashChecks = defineFact({
  uses: { imageInstalls, locks, dependencies, exactRequirements },
  combine: ({ uses }): HashChecks => {
    const formats = new Set(uses.locks.files.map(({ format }) => format));
    const judged = uses.imageInstalls.installs.map((install) => ({ ...install, result: check(install, formats) }));
    const inImages = judged.flatMap(({ path, line, text, result }) => {
      // The project itself brings nothing new once its requirements are installed.
      const isLast = judged.some((other) => other.path === path && !/nothing|project/.test(String(other.result)));
      const isChecked = result === "project" && !isLast ? false : result;
      if (isChecked === "nothing" || isChecked === "project") return [];
      return [{ path, line, what: `\`${shortened(text)}\``, isCommand: true, isChecked }];
    });
    const checks = inImages.length > 0 ? inImages : declared(uses);
    return { checks, unread: uses.dependencies.unread };
  },
});

/** `nothing` for a command that downloads no package of the product, `project` for one that installs the repository. */
function check(install: ImageInstall, formats: ReadonlySet<LockFormat>): boolean | undefined | "nothing" | "project" {
  const { installer, action, options, operands, requirements } = install;
  if (installer === "uv" || installer === "poetry" || installer === "pdm" || installer === "pixi")
    return formats.has(installer) && !options.has("--no-lock");
  if (installer === "pipenv")
    return operands.length > 0 && action === "install" ? false : formats.has("pipenv") && !options.has("--skip-lock");
  if (installer === "conda-lock") return true;
  const files = options.get("--file") ?? [];
  if (installer === "conda") return files.length > 0 && files.every((file) => /lock/.test(file));
  const isFinal = options.has("--no-index") || (options.has("--no-deps") && requirements.length === 0);
  if (isFinal) return "nothing";
  if (options.has("--require-hashes") || isOn(install, "PIP_REQUIRE_HASHES")) return true;
  if (operands.some((operand) => /(^|\/)pylock(\.[\w-]+)?\.toml$/.test(operand))) return true;
  const packages = operands.filter((operand) => !TOOLS.test(operand) && !LOCAL.test(operand));
  if (packages.some((operand) => !operand.includes("$"))) return false;
  if (requirements.length === 0) {
    const local = [...operands, ...(options.get("--editable") ?? [])].filter((operand) => LOCAL.test(operand));
    return packages.length > 0 || action === "sync" ? undefined : local.length > 0 ? "project" : "nothing";
  }
  if (requirements.some(({ isHashed }) => isHashed)) return true;
  return requirements.every(({ isHashed }) => isHashed === false) ? false : undefined;
}

function isOn({ variables }: ImageInstall, name: string): boolean {
  return /^(1|true|yes)$/i.test(variables.get(name) ?? "");
}

/** Without an image the lock, or the requirements, are what a platform installs from. */
function declared(uses: {
  readonly locks: Locks;
  readonly dependencies: Dependencies;
  readonly exactRequirements: ExactRequirements;
}): readonly HashCheck[] {
  const locked = uses.locks.files.filter(({ format }) => HASHED.has(format));
  if (locked.length > 0)
    return locked.map(({ path }) => ({ path, line: 1, what: path, isCommand: false, isChecked: true }));
  const shipped = uses.dependencies.manifests.filter(({ declarations }) =>
    declarations.some(({ group }) => group === "runtime"),
  );
  // Of a list of names and the list of their versions the second is installed.
  const exact = uses.exactRequirements.exact?.paths;
  const lists = shipped.filter(
    ({ kind, path }) => kind === "requirements" && (exact?.has(path) ?? !path.endsWith(".in")),
  );
  return (lists.length > 0 ? lists : shipped.slice(0, 1)).map(({ path, declarations, isHashed }) => ({
    path,
    line: declarations[0]?.line ?? 1,
    what: path,
    isCommand: false,
    isChecked: isHashed,
  }));
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").replaceAll("`", "");
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}
