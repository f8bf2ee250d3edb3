import type { CloudResource, CloudTemplate } from "../cloud-templates.ts";
import type { DataNode } from "../formats/node.ts";
import { type DeclaredFunction, type FunctionsFound, type Grant, wildcardOf, wildcardPolicy } from "./model.ts";

/** Events whose sender does not wait: a failure is lost unless somebody keeps it. */
const FORGETS =
  /^(S3|SNS|Schedule|ScheduleV2|CloudWatchEvent|CloudWatchLogs|EventBridgeRule|IoTRule|s3|sns|schedule|cloudwatchEvent|cloudwatchLog|eventBridge|iot)$/;

/** What carries the permissions of a function; the policies of keys and queues say who may come. */
const GRANTS = /^AWS::(IAM::\w+|Serverless::Function)$/;

/** The functions of a template of SAM, CloudFormation or the Serverless Framework. */
export function templateFunctions(template: CloudTemplate): FunctionsFound {
  const resources = template.resources.filter(({ type }) => /^AWS::(Serverless|Lambda)::Function$/.test(type));
  return {
    declared: [
      ...resources.map((resource) => functionOf(resource, template)),
      ...(template.kind === "serverless-framework" ? frameworkFunctions(template) : []),
    ],
    wildcards: [
      ...template.resources.flatMap(({ type, properties }) =>
        properties && GRANTS.test(type) ? grantsIn(properties, template.path) : [],
      ),
      ...frameworkGrants(template),
    ],
  };
}

function functionOf({ name, type, line, properties }: CloudResource, template: CloudTemplate): DeclaredFunction {
  const isSam = type === "AWS::Serverless::Function";
  const shared = isSam ? template.data.get("Globals", "Function") : undefined;
  const setting = (key: string): DataNode | undefined => properties?.get(key) ?? shared?.get(key);
  const events = properties?.get("Events")?.entries.map(({ value }) => value.get("Type")?.text ?? "") ?? [];
  const keeps = ["DeadLetterQueue", "DeadLetterConfig", "EventInvokeConfig"].some((key) => setting(key));
  return {
    name,
    path: template.path,
    line,
    runtime: setting("Runtime")?.text,
    hasTimeout: setting("Timeout") !== undefined,
    hasMemory: setting("MemorySize") !== undefined,
    handlesFailure: events.some((event) => FORGETS.test(event)) ? keeps : undefined,
  };
}

function frameworkFunctions({ path, data }: CloudTemplate): readonly DeclaredFunction[] {
  const provider = data.get("provider");
  return (data.get("functions")?.entries ?? []).map(({ key, value, line }) => {
    const setting = (name: string): DataNode | undefined => value.get(name) ?? provider?.get(name);
    const events = (value.get("events")?.items ?? []).flatMap(({ entries }) => entries.map((event) => event.key));
    const keeps = ["onError", "destinations", "maximumRetryAttempts"].some((name) => value.has(name));
    return {
      name: key,
      path,
      line,
      runtime: setting("runtime")?.text,
      hasTimeout: setting("timeout") !== undefined,
      hasMemory: setting("memorySize") !== undefined,
      handlesFailure: events.some((event) => FORGETS.test(event)) ? keeps : undefined,
    };
  });
}

/** What roles, policies and functions of the template allow; the templates of SAM are narrow by themselves. */
function grantsIn(properties: DataNode, path: string): readonly Grant[] {
  const documents = [
    properties,
    properties.get("PolicyDocument"),
    ...(properties.get("Policies")?.listed ?? []).flatMap((policy) => [policy, policy.get("PolicyDocument")]),
  ];
  const statements = documents.flatMap((document) => document?.get("Statement")?.listed ?? []);
  const managed = [properties.get("ManagedPolicyArns"), properties.get("Policies")].flatMap(
    (list) => list?.listed ?? [],
  );
  return [
    ...statements.flatMap((statement) => wildcardOf(statement, path) ?? []),
    ...managed.flatMap((policy) => wildcardPolicy(policy, path) ?? []),
  ];
}

function frameworkGrants({ kind, path, data }: CloudTemplate): readonly Grant[] {
  if (kind !== "serverless-framework") return [];
  const role = data.get("provider", "iam", "role");
  const own = data.get("functions")?.entries.map(({ value }) => value.get("iamRoleStatements")) ?? [];
  const statements = [data.get("provider", "iamRoleStatements"), role?.get("statements"), ...own];
  return [
    ...statements.flatMap((list) => list?.items ?? []).flatMap((statement) => wildcardOf(statement, path) ?? []),
    ...(role?.get("managedPolicies")?.items ?? []).flatMap((policy) => wildcardPolicy(policy, path) ?? []),
  ];
}
