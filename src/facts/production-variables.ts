import { components } from "./components.ts";
import { composeFiles } from "./compose-files.ts";
import { expand } from "./containers/variables.ts";
import { assignmentsOf } from "./dockerfiles/instructions.ts";
import { lineageOf } from "./dockerfiles/stages.ts";
import { dockerfiles } from "./dockerfiles.ts";
import { defineFact, globs } from "./fact.ts";
import { kubernetes } from "./kubernetes.ts";
import { startScripts } from "./start-scripts.ts";
import { isAuxiliary, nameOf } from "./tree.ts";

/** A variable that production sets, and where. */
export interface ProductionVariable {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly line: number;
}

export interface ProductionVariables {
  /** By name; what is set later, and nearer to the process, wins. */
  readonly variables: ReadonlyMap<string, ProductionVariable>;
  /** The commands that images and platforms start, each with its place. */
  readonly starts: readonly { readonly path: string; readonly line: number; readonly text: string }[];
}

const isPlatform = globs("**/{Procfile,app.yaml,fly.toml,render.yaml}");
/** `NAME = "value"`, `NAME: value`, `- NAME=value`, as the environments of platforms are written. */
const ENTRY = /^\s*(?:-\s*)?"?([A-Z][A-Z0-9_]{1,80})"?\s*[:=]\s*["']?([^"'\s#]{0,200})/;
/** What stands further in belongs to one of several ways to start. */
const EXPORT = /^export\s+([A-Z][A-Z0-9_]{1,80})=["']?([^"'\s$]{1,200})["']?\s*$/gm;
const BEFORE_COMMAND = /(?:^|[\s"'])([A-Z][A-Z0-9_]{1,80})=([^\s"'$]{1,200})/g;
const MAX_LINES = 500;
/** A compose file that does not say so is most often for developers. */
const PRODUCTION = /(^|[._-])(prod|production|deploy|release|swarm|stack|live)([._-]|$)/i;
const OTHER_STAGE = /(^|[/._-])(dev|develop|development|local|tests?|ci|staging|stage|qa|minikube|kind)([/._-]|$)/i;

type Line = { readonly line: number; readonly text: string };

/** The environment that images and manifests give the service, and the commands that they start. */
export const productionVariables = defineFact({
  uses: { components, dockerfiles, composeFiles, kubernetes, startScripts },
  reads: (path, tree) => isPlatform(path) && tree.isFirstParty(path) && !isAuxiliary(path),
  parse: ({ text }): readonly Line[] =>
    text
      .split(/\r?\n/)
      .slice(0, MAX_LINES)
      .map((line, index) => ({ line: index + 1, text: line })),
  combine: ({ files, uses }): ProductionVariables => {
    const images = uses.dockerfiles.files.filter(({ purpose, inherited }) => purpose === "production" && !inherited);
    const inImages = images.flatMap(({ path, shipped, stages }) =>
      lineageOf(shipped, stages)
        .toReversed()
        .flatMap(({ instructions, variables }) =>
          instructions
            .filter(({ keyword }) => keyword === "ENV")
            .flatMap(assignmentsOf)
            .flatMap(({ name, value, line }) => placed(path, line, name, expand(value ?? "$", variables))),
        ),
    );
    const inScripts = images.flatMap(({ path, shipped }) =>
      (uses.startScripts.texts.get(path) ?? []).flatMap((text) =>
        [...text.matchAll(EXPORT)].flatMap(([, name, value]) =>
          placed(path, (shipped.entrypoint ?? shipped.command)?.line ?? 1, name, value),
        ),
      ),
    );
    const inCompose = uses.composeFiles.files
      .filter(({ path, purpose }) => purpose === "production" && PRODUCTION.test(nameOf(path)))
      .flatMap(({ path, services }) =>
        services
          .filter(({ build }) => build)
          .flatMap(({ environment }) =>
            environment.flatMap(({ name, value, line }) => placed(path, line, name, expand(value ?? "$", NOTHING))),
          ),
      );
    // Of several services nobody can tell whose manifest it is.
    const isAlone = uses.components.filter(({ kind }) => kind === "primary").length === 1;
    const workloads = uses.kubernetes.workloads.filter(({ path }) => isAlone && !OTHER_STAGE.test(path));
    const inManifests = workloads.flatMap(({ path, containers }) =>
      containers.flatMap(({ environment }) =>
        environment.flatMap(({ name, value, line }) => placed(path, line, name, value)),
      ),
    );
    const onPlatforms = files.flatMap(({ path, parsed }) =>
      parsed.flatMap(({ line, text }) => onLine(path, line, text)),
    );
    const all = [...inImages, ...inScripts, ...onPlatforms, ...inCompose, ...inManifests];
    return {
      variables: new Map(all.map((variable) => [variable.name, variable])),
      starts: [
        ...images.flatMap(({ path, shipped }) => {
          const line = (shipped.command ?? shipped.entrypoint)?.line ?? 1;
          const text = [shipped.entrypoint, shipped.command].map((setting) => setting?.text ?? "").join(" ");
          return [text, ...(uses.startScripts.texts.get(path) ?? [])].map((one) => ({ path, line, text: one }));
        }),
        ...files.flatMap(({ path, parsed }) =>
          parsed.filter(({ text }) => /^\s*"?\w+"?\s*[:=]/.test(text)).map(({ line, text }) => ({ path, line, text })),
        ),
      ],
    };
  },
});

const NOTHING = new Map<string, string | undefined>();

function placed(path: string, line: number, name: string | undefined, value: string | undefined): ProductionVariable[] {
  return name === undefined || value === undefined ? [] : [{ name, value, path, line }];
}

function onLine(path: string, line: number, text: string): readonly ProductionVariable[] {
  const [, name, value] = ENTRY.exec(text) ?? [];
  if (name !== undefined) return placed(path, line, name, value);
  return [...text.slice(0, 1000).matchAll(BEFORE_COMMAND)].flatMap(([, before, given]) =>
    placed(path, line, before, given),
  );
}
