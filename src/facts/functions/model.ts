import type { DataNode } from "../formats/node.ts";

/** A function of a platform, and the bounds that its declaration sets. */
export interface DeclaredFunction {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  /** Undefined where it is not named, or computed. */
  readonly runtime: string | undefined;
  readonly hasTimeout: boolean;
  /** Undefined where the platform lets nobody choose. */
  readonly hasMemory: boolean | undefined;
  /** Whether it says what becomes of a failed event; undefined where a caller waits for the answer. */
  readonly handlesFailure: boolean | undefined;
}

/** A permission of everything, or of everything in a service. */
export interface Grant {
  readonly path: string;
  readonly line: number;
  readonly ofAll: boolean;
  readonly says: string;
}

/** The functions of one file or module, and what they are allowed. */
export interface FunctionsFound {
  readonly declared: readonly DeclaredFunction[];
  readonly wildcards: readonly Grant[];
}

export function isOtherLanguage(runtime: string | undefined): boolean {
  return /^(node|java|go|dotnet|ruby|provided|php|powershell)/i.test(runtime ?? "");
}

/** The statement where it allows every action, or every action of a service on every resource. */
export function wildcardOf(statement: DataNode, path: string): Grant | undefined {
  const [effect, action, resource] = ["Effect", "Action", "Resource"].map(
    (key) => statement.get(key) ?? statement.get(key.toLowerCase()) ?? statement.get(`${key.toLowerCase()}s`),
  );
  if (!action || /^deny$/i.test(effect?.text ?? "Allow")) return undefined;
  const all = action.listed.find(({ text }) => text === "*" || text === "*:*");
  if (all) return { path, line: all.line, ofAll: true, says: "A statement allows every action." };
  const ofService = action.listed.find(({ text }) => /^[\w-]+:\*$/.test(text ?? ""));
  if (!ofService || !resource?.texts.includes("*")) return undefined;
  return { path, line: ofService.line, ofAll: false, says: `A statement allows ${ofService.text} on every resource.` };
}

/** The managed policy, by name or ARN, where it grants all of a service or of the account. */
export function wildcardPolicy(policy: DataNode, path: string): Grant | undefined {
  const [, name] = /(?:^|[/:])(AWS\w*|Amazon\w*|\w+)$/.exec(policy.text ?? "") ?? [];
  if (!name || !/(?<!Invoke)FullAccess$|^(AdministratorAccess|PowerUserAccess)$/.test(name)) return undefined;
  const ofAll = !name.endsWith("FullAccess");
  return {
    path,
    line: policy.line,
    ofAll,
    says: `The managed policy ${name} allows ${ofAll ? "everything" : "all of its service"}.`,
  };
}
