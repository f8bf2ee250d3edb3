import { parseJson } from "../formats/json.ts";
import { type DataNode, FormatError } from "../formats/node.ts";
import { nested, type PlacedBlock } from "../terraform/blocks.ts";
import type { TerraformModule } from "../terraform.ts";
import { type DeclaredFunction, type FunctionsFound, type Grant, wildcardOf, wildcardPolicy } from "./model.ts";

/** The attributes that bound a function, by the type of its resource; Google's second generation has a block for them. */
const LAMBDA = ["timeout", "memory_size"] as const;
const BOUNDS: Readonly<Record<string, readonly [timeout: string, memory: string, block?: string]>> = {
  aws_lambda_function: LAMBDA,
  google_cloudfunctions_function: ["timeout", "available_memory_mb"],
  google_cloudfunctions2_function: ["timeout_seconds", "available_memory", "service_config"],
};
const LAMBDA_MODULE = /^terraform-aws-modules\/lambda\/aws$/;

/** The functions of a module of Terraform, and what the module's policies allow. */
export function terraformFunctions({ blocks }: TerraformModule): FunctionsFound {
  const declared = blocks.flatMap((block) => functionOf(block) ?? []);
  return { declared, wildcards: declared.length > 0 ? blocks.flatMap(grantsOf) : [] };
}

function functionOf(block: PlacedBlock): DeclaredFunction | undefined {
  const { type, labels, path, line, attributes } = block;
  const isModule = type === "module" && LAMBDA_MODULE.test(attributes.get("source")?.text ?? "");
  const bounds = isModule ? LAMBDA : type === "resource" ? BOUNDS[labels[0] ?? ""] : undefined;
  if (!bounds) return undefined;
  const [timeout, memory, within] = bounds;
  const settings = within ? nested(block, within)[0]?.attributes : attributes;
  return {
    name: labels.at(-1) ?? "",
    path,
    line,
    runtime: (attributes.get("runtime") ?? nested(block, "build_config")[0]?.attributes.get("runtime"))?.text,
    hasTimeout: settings?.has(timeout) === true,
    hasMemory: settings?.has(memory) === true,
    // Events, and where their failures go, are resources of their own.
    handlesFailure: undefined,
  };
}

function grantsOf(block: PlacedBlock): readonly Grant[] {
  const { type, labels, path, attributes } = block;
  const [resource = ""] = labels;
  if (type === "data" && resource === "aws_iam_policy_document")
    return nested(block, "statement")
      .filter((statement) => nested(statement, "principals").length === 0)
      .flatMap((statement) => wildcardOf(statement.attributes, path) ?? []);
  if (type !== "resource") return [];
  const attached = resource === "aws_iam_role_policy_attachment" ? attributes.get("policy_arn") : undefined;
  const policy = /^aws_iam_(role_)?policy$/.test(resource) ? attributes.get("policy") : undefined;
  const statements = (policy && documentOf(policy))?.get("Statement")?.listed ?? [];
  return [
    ...statements.flatMap((statement) => wildcardOf(statement, path) ?? []),
    ...(attached ? [attached] : []).flatMap((one) => wildcardPolicy(one, path) ?? []),
  ].map((grant) => ({ ...grant, line: policy?.kind === "scalar" ? policy.line + grant.line : grant.line }));
}

/** The policy as data: what `jsonencode` gets, or a here-document. */
function documentOf(policy: DataNode): DataNode | undefined {
  if (policy.kind === "map") return policy;
  try {
    return parseJson(policy.text ?? "");
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
