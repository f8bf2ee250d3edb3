import { type ContainerVariable, type ExternalImage, externalImage } from "../containers/container.ts";
import type { DataNode } from "../formats/node.ts";

export interface ComposeService {
  readonly name: string;
  /** Line of its key. */
  readonly line: number;
  readonly image: ExternalImage | undefined;
  /** What `build` says; undefined for a service that only runs an image. */
  readonly build: ComposeBuild | undefined;
  readonly healthcheck: "set" | "disabled" | undefined;
  /** True where it publishes ports or serves as a proxy's target. */
  readonly isExposed: boolean;
  readonly user: { readonly text: string; readonly line: number } | undefined;
  readonly environment: readonly ContainerVariable[];
  /** Paths of `env_file`, as written. */
  readonly environmentFiles: readonly string[];
  /** Entry point and command in one text. */
  readonly command: string;
  /** Folders of the host that are mounted, as written. */
  readonly mounts: readonly string[];
  /** True where it has any volume. */
  readonly hasVolumes: boolean;
}

export interface ComposeBuild {
  readonly context: string;
  readonly dockerfile: string | undefined;
  readonly target: string | undefined;
  readonly arguments: readonly ContainerVariable[];
}

/** The services of a compose file, merged as far as anchors and `<<` go. */
export function readServices(document: DataNode | undefined): readonly ComposeService[] {
  return (document?.get("services")?.entries ?? []).map(({ key, value, line }) => {
    const image = value.get("image");
    return {
      name: key,
      line,
      image: image?.text === undefined ? undefined : externalImage(image.text, image.line),
      build: readBuild(value.get("build")),
      healthcheck: readHealthcheck(value.get("healthcheck")),
      isExposed: value.has("ports") || value.has("expose") || value.has("labels"),
      user: textAt(value.get("user")),
      environment: readVariables(value.get("environment")),
      environmentFiles: (value.get("env_file")?.listed ?? []).flatMap(
        (file) => (file.kind === "map" ? file.get("path")?.text : file.text) ?? [],
      ),
      command: [value.get("entrypoint"), value.get("command")].flatMap((node) => node?.texts ?? []).join(" "),
      hasVolumes: value.has("volumes"),
      mounts: (value.get("volumes")?.listed ?? []).flatMap(hostFolder),
    };
  });
}

function readBuild(node: DataNode | undefined): ComposeBuild | undefined {
  if (!node) return undefined;
  if (node.kind === "scalar")
    return { context: node.text ?? ".", dockerfile: undefined, target: undefined, arguments: [] };
  return {
    context: node.get("context")?.text ?? ".",
    dockerfile: node.get("dockerfile")?.text,
    target: node.get("target")?.text,
    arguments: readVariables(node.get("args")),
  };
}

function readHealthcheck(node: DataNode | undefined): ComposeService["healthcheck"] {
  if (!node) return undefined;
  const isDisabled = node.get("disable")?.boolean === true || node.get("test")?.texts[0] === "NONE";
  return isDisabled ? "disabled" : "set";
}

/** Both `- NAME=value` and `NAME: value`. */
function readVariables(node: DataNode | undefined): readonly ContainerVariable[] {
  if (node?.kind === "map") return node.entries.map(({ key, value, line }) => ({ name: key, value: value.text, line }));
  return (node?.items ?? []).flatMap((item) => {
    const [name, value] = (item.text ?? "").split(/=(.*)/s);
    return name ? [{ name, value, line: item.line }] : [];
  });
}

function textAt(node: DataNode | undefined): { text: string; line: number } | undefined {
  return node?.text === undefined ? undefined : { text: node.text, line: node.line };
}

function hostFolder(volume: DataNode): readonly string[] {
  const source = volume.kind === "map" ? volume.get("source")?.text : volume.text?.split(":", 1)[0];
  return source && /^[.~/]/.test(source) ? [source] : [];
}
