import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { parseJson } from "./formats/json.ts";
import type { DataNode } from "./formats/node.ts";
import { parseYamlDocument } from "./formats/yaml.ts";
import { isAuxiliary, nameOf } from "./tree.ts";

/** A template that AWS, or the Serverless Framework, makes resources of. */
export interface CloudTemplate {
  readonly path: string;
  readonly kind: "cloudformation" | "serverless-framework";
  readonly data: DataNode;
  readonly resources: readonly CloudResource[];
  /** True when it stands above the component. */
  readonly inherited: boolean;
}

/** A resource of CloudFormation. */
export interface CloudResource {
  readonly name: string;
  readonly type: string;
  /** Line of its name. */
  readonly line: number;
  readonly properties: DataNode | undefined;
}

export interface CloudTemplates {
  readonly templates: readonly CloudTemplate[];
  readonly unread: readonly UnreadFile[];
}

const isServerless = globs("**/serverless.{yml,yaml}");
const isTemplate = globs(
  "**/template.{yml,yaml,json}",
  "**/*{template,cloudformation,cfn,stack}*.{yml,yaml,json}",
  "**/{cloudformation,cfn,sam,stacks}/**/*.{yml,yaml,json}",
);
/** Templates that are read of one repository, the outermost first. */
const MOST = 2_000;

/** Templates of CloudFormation and SAM, by their content, and of the Serverless Framework. */
export const cloudTemplates = defineFact({
  reads: (path, tree) =>
    (isServerless(path) || isTemplate(path)) &&
    nameOf(path) !== "cdk.template.json" &&
    tree.isFirstParty(path) &&
    !isAuxiliary(path),
  select: (entries) => entries.slice(0, MOST),
  parse: ({ path, text }): Omit<CloudTemplate, "path" | "inherited"> | undefined => {
    if (isServerless(path))
      return templateOf("serverless-framework", parseYamlDocument(text), ["resources", "Resources"]);
    // Other tools name their files so too: the types of its resources tell.
    if (!/\bAWS::\w+::\w/.test(text)) return undefined;
    const data = path.endsWith(".json") ? parseJson(text) : parseYamlDocument(text);
    return templateOf("cloudformation", data, ["Resources"]);
  },
  combine: ({ files, unread }): CloudTemplates => ({
    templates: files.flatMap(({ path, parsed, inherited }) => (parsed ? [{ path, inherited, ...parsed }] : [])),
    unread: unread.filter(({ path }) => isServerless(path)),
  }),
});

function templateOf(
  kind: CloudTemplate["kind"],
  data: DataNode | undefined,
  place: readonly string[],
): Omit<CloudTemplate, "path" | "inherited"> | undefined {
  if (!data) return undefined;
  const resources = (data.get(...place)?.entries ?? []).map(
    ({ key, value, line }): CloudResource => ({
      name: key,
      type: value.get("Type")?.text ?? "",
      line,
      properties: value.get("Properties"),
    }),
  );
  return kind === "serverless-framework" || resources.length > 0 ? { kind, data, resources } : undefined;
}
