import { ci } from "./ci.ts";
import type { ResolvedCommand } from "./commands/model.ts";
import type { ComposeBuild } from "./compose/read-compose.ts";
import { composeFiles } from "./compose-files.ts";
import type { ContainerVariable } from "./containers/container.ts";
import { defineFact } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { folderOf, resolvePath } from "./tree.ts";
import type { Step } from "./workflows/model.ts";
import { workflows } from "./workflows.ts";

/** An order to build an image from a Dockerfile of the repository. */
export interface ImageBuild {
  /** The Dockerfile. */
  readonly path: string;
  readonly target: string | undefined;
  readonly arguments: readonly ContainerVariable[];
  /** True where what is built is shipped: compose for production, or a job of CI that pushes it. */
  readonly isShipped: boolean;
}

const DOCKERFILE = "Dockerfile";
const BUILD_ACTION = /^(docker|depot|useblacksmith)\/build-push-action@/i;

/** What compose files and CI build, and how. */
export const imageBuilds = defineFact({
  spans: "repository",
  uses: { ci, composeFiles, workflows },
  combine: ({ uses }): readonly ImageBuild[] => [
    ...uses.composeFiles.files.flatMap(({ path, purpose, services }) =>
      services.flatMap(({ build }) => {
        const dockerfile = build && dockerfileOf(path, build);
        if (!build || dockerfile === undefined) return [];
        const { target, arguments: given } = build;
        return [{ path: dockerfile, target, arguments: given, isShipped: purpose === "production" }];
      }),
    ),
    ...uses.workflows.files.flatMap(({ jobs }) => jobs.flatMap(({ steps }) => steps.flatMap(buildOf))),
    ...uses.ci.jobs.flatMap(({ commands }) => {
      const isShipped = commands.some(({ purposes }) => purposes.includes("publish"));
      return commands.flatMap((command) => buildBy(command, isShipped));
    }),
  ],
});

/** The Dockerfile that a service of this compose file builds; undefined where it is outside the repository. */
export function dockerfileOf(composeFile: string, { context, dockerfile }: ComposeBuild): string | undefined {
  const folder = resolvePath(folderOf(composeFile), context);
  return folder === undefined ? undefined : resolvePath(folder, dockerfile ?? DOCKERFILE);
}

function buildOf({ uses, with: inputs }: Step): readonly ImageBuild[] {
  if (!uses || !BUILD_ACTION.test(uses.text)) return [];
  const context = inputs?.get("context")?.text ?? "";
  // A context in braces is the checkout itself, or nothing that can be told.
  const folder = /^\{|:\/\/|\$/.test(context) ? "" : context;
  const path = resolvePath("", inputs?.get("file")?.text ?? `${folder}/${DOCKERFILE}`);
  if (path === undefined) return [];
  return [
    {
      path,
      target: inputs?.get("target")?.text,
      arguments: linesOf(inputs?.get("build-args")),
      isShipped: inputs?.get("push") !== undefined && inputs.get("push")?.boolean !== false,
    },
  ];
}

/** `docker build -f docker/api.Dockerfile --target web .` */
function buildBy({ words, purposes, line }: ResolvedCommand, isShipped: boolean): readonly ImageBuild[] {
  const at = words.indexOf("build");
  if (at < 0 || !purposes.includes("image-build") || /compose/.test(words.slice(0, at).join(" "))) return [];
  const valuesOf = (name: RegExp): readonly string[] =>
    words.flatMap((word, index) => {
      const [option = "", joined] = word.split(/=(.*)/s);
      return name.test(option) ? [joined ?? words[index + 1] ?? ""] : [];
    });
  const context = words.at(-1) ?? "";
  const [file = `${/^-|:\/\/|\$/.test(context) ? "" : context}/${DOCKERFILE}`] = valuesOf(/^(-f|--file)$/);
  const path = resolvePath("", file.replace(/^\/+/, ""));
  if (path === undefined) return [];
  const given = valuesOf(/^--build-arg$/).map((pair) => pair.split(/=(.*)/s));
  return [
    {
      path,
      target: valuesOf(/^--target$/)[0],
      arguments: given.map(([name = "", value]) => ({ name, value: value?.includes("$") ? undefined : value, line })),
      isShipped,
    },
  ];
}

/** `NAME=value` lines; a value that an expression gives is not known. */
function linesOf(node: DataNode | undefined): readonly ContainerVariable[] {
  return (node?.text ?? "").split("\n").flatMap((line) => {
    const [name, value] = line.trim().split(/=(.*)/s);
    return node && name ? [{ name, value: value?.includes("${{") ? undefined : value, line: node.line }] : [];
  });
}
