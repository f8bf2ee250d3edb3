import { components } from "./components.ts";
import { type ComposeFiles, composeFiles } from "./compose-files.ts";
import { execForm } from "./dockerfiles/instructions.ts";
import { isFunctionImage } from "./dockerfiles/service.ts";
import { dockerfiles } from "./dockerfiles.ts";
import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { type Kubernetes, kubernetes } from "./kubernetes.ts";
import { startScripts } from "./start-scripts.ts";
import { isAuxiliary, nameOf } from "./tree.ts";

/** What production starts, as far as it is written. */
export interface StartCommand {
  readonly path: string;
  readonly line: number;
  /** The command itself first, then the scripts that it leads to. */
  readonly texts: readonly string[];
  /** The command as its file has it, where that is not the first of the texts. */
  readonly written?: string | undefined;
  /** Manifests and platforms decide over what an image starts on its own. */
  readonly by: "image" | "platform" | "manifest";
  /** The image that it starts from, where that is known. */
  readonly base: string | undefined;
}

export interface StartCommands {
  readonly commands: readonly StartCommand[];
  /** Lines of charts, whose templates start what their conditions choose. */
  readonly charts: readonly { readonly path: string; readonly line: number; readonly text: string }[];
  readonly unread: readonly UnreadFile[];
}

const isPlatform = globs(
  "**/{Procfile,app.yaml,fly.toml,render.yaml,heroku.yml,nixpacks.toml,railway.{toml,json}}",
  "**/.do/app.yaml",
);
const PLATFORM_LINE =
  /^\s*"?(?:web|app|startCommand|start_command|entrypoint|run_command|cmd)"?\s*[:=]\s*["']?(.{1,1000})$/;
const PROCFILE_LINE = /^(?:web|app|api|server)[\w-]{0,30}:\s*(.{1,1000})$/;
const MAX_LINES = 500;

/** The commands that images, platforms and manifests start the service with. */
export const startCommands = defineFact({
  uses: { components, dockerfiles, composeFiles, kubernetes, startScripts },
  reads: (path, tree) => isPlatform(path) && tree.isFirstParty(path) && !isAuxiliary(path),
  parse: ({ path, text }): readonly { readonly line: number; readonly text: string }[] =>
    text
      .split(/\r?\n/)
      .slice(0, MAX_LINES)
      .flatMap((written, index) => {
        const pattern = nameOf(path) === "Procfile" ? PROCFILE_LINE : PLATFORM_LINE;
        const [, command] = pattern.exec(written) ?? [];
        return command === undefined ? [] : [{ line: index + 1, text: command }];
      }),
  combine: ({ files, unread, uses }): StartCommands => {
    const images = uses.dockerfiles.files.filter(
      ({ purpose, inherited, shipped }) => purpose === "production" && !inherited && !isFunctionImage(shipped),
    );
    const inImages = images.map(({ path, shipped }): StartCommand => {
      const { entrypoint, command, origin } = shipped;
      const start = [entrypoint, command].flatMap((setting) => (setting ? [setting.value ?? setting.text] : []));
      return {
        path,
        line: (command ?? entrypoint)?.line ?? origin.line,
        texts: [
          start.map((text) => execForm(text)?.join(" ") ?? text).join(" "),
          ...(uses.startScripts.texts.get(path) ?? []),
        ],
        written: (command ?? entrypoint)?.text,
        by: "image",
        base: origin.kind === "image" ? origin.reference : undefined,
      };
    });
    // Of several components nobody can tell whose manifest it is.
    const isAlone = uses.components.filter(({ kind }) => kind === "primary").length <= 1;
    const inManifests = isAlone ? [...inCompose(uses.composeFiles), ...inKubernetes(uses.kubernetes)] : [];
    const onPlatforms = files
      .filter(({ inherited }) => !inherited)
      .flatMap(({ path, parsed }) =>
        parsed.map(({ line, text }) => ({ path, line, texts: [text], by: "platform" as const, base: undefined })),
      );
    return {
      commands: [...onPlatforms, ...inImages, ...inManifests],
      charts: uses.kubernetes.charts.flatMap(({ templates }) =>
        templates.flatMap(({ path, text }) =>
          text.split("\n").map((one, index) => ({ path, line: index + 1, text: one })),
        ),
      ),
      unread: [
        ...unread,
        ...uses.dockerfiles.unread.filter(({ purpose }) => purpose === "production"),
        ...images.flatMap(({ path }) => uses.startScripts.unread.get(path) ?? []),
      ],
    };
  },
});

function inCompose({ files }: ComposeFiles): readonly StartCommand[] {
  return files
    .filter(({ purpose }) => purpose === "production")
    .flatMap(({ path, services }) =>
      services
        .filter(({ command }) => command !== "")
        .map(({ line, command }): StartCommand => ({ path, line, texts: [command], by: "manifest", base: undefined })),
    );
}

function inKubernetes({ workloads }: Kubernetes): readonly StartCommand[] {
  return workloads.flatMap(({ path, spec }) =>
    [...spec.walk()].flatMap((node): readonly StartCommand[] => {
      const parts = node.has("image") ? ["command", "args"].flatMap((key) => node.get(key) ?? []) : [];
      const text = parts.flatMap((part) => part.texts).join(" ");
      const line = parts[0]?.line;
      return line === undefined ? [] : [{ path, line, texts: [text], by: "manifest", base: undefined }];
    }),
  );
}
