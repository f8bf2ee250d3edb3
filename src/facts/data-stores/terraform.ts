import type { HclBlock } from "../formats/hcl.ts";
import type { DataNode } from "../formats/node.ts";
import { nested, type PlacedBlock } from "../terraform/blocks.ts";
import type { TerraformModule } from "../terraform.ts";
import { type DataStore, retention, switched } from "./model.ts";

/** Days that a resource keeps backups for where it says nothing. */
const UNSAID: Readonly<Record<string, number>> = {
  aws_db_instance: 0,
  aws_rds_cluster: 1,
  aws_docdb_cluster: 1,
  aws_neptune_cluster: 1,
  azurerm_postgresql_flexible_server: 7,
  azurerm_mysql_flexible_server: 7,
};
/** Modules that many use, with the resource whose settings they take. */
const MODULES: readonly (readonly [source: RegExp, resource: string])[] = [
  [/^terraform-aws-modules\/rds\/aws$/, "aws_db_instance"],
  [/^terraform-aws-modules\/rds-aurora\/aws$/, "aws_rds_cluster"],
];
/** Folders and files of what holds nothing worth keeping. */
const NOT_PRODUCTION = /(^|[/_.-])(dev|development|test|testing|sandbox|staging|stage|preview|qa|demo)([/_.-]|$)/i;

/** The databases of a module of Terraform. */
export function terraformStores({ blocks }: TerraformModule): readonly DataStore[] {
  return blocks.flatMap((block) => {
    const type = resourceOf(block);
    const { attributes, labels, line, path } = block;
    const judged = type && !NOT_PRODUCTION.test(path) ? judge(type, block, blocks) : undefined;
    if (!judged) return [];
    const at = attributes.lineOfKey("backup_retention_period") ?? attributes.lineOfKey("backup_retention_days") ?? line;
    return [{ name: labels.at(-1) ?? "", path, line: judged.line ?? at, backup: judged.backup, says: judged.says }];
  });
}

function resourceOf({ type, labels, attributes }: PlacedBlock): string | undefined {
  if (type === "resource") return labels[0];
  const source = type === "module" ? (attributes.get("source")?.text ?? "") : "";
  return MODULES.find(([matches]) => matches.test(source))?.[1];
}

type Judged = Pick<DataStore, "backup" | "says"> & { readonly line?: number | undefined };

function judge(type: string, block: PlacedBlock, blocks: readonly PlacedBlock[]): Judged | undefined {
  const { attributes } = block;
  const none = UNSAID[type];
  if (none !== undefined) {
    // A copy is backed up where its source is.
    if (attributes.has("replicate_source_db") || attributes.has("replication_source_identifier")) return undefined;
    const days = attributes.get("backup_retention_period") ?? attributes.get("backup_retention_days");
    const kept = retention(numberOf(days, blocks), days !== undefined, none);
    return kept.backup === 1 ? (lostAtTheEnd(attributes) ?? kept) : kept;
  }
  if (type === "aws_dynamodb_table") {
    // The table by which Terraform locks its state.
    if (attributes.get("hash_key")?.text === "LockID") return undefined;
    const [recovery] = nested(block, "point_in_time_recovery");
    return switched(stateOf(recovery?.attributes.get("enabled"), blocks));
  }
  if (type === "google_sql_database_instance") {
    if (attributes.has("master_instance_name")) return undefined;
    const [backups] = nested(block, "settings").flatMap((settings: HclBlock) =>
      nested(settings, "backup_configuration"),
    );
    const judged = switched(stateOf(backups?.attributes.get("enabled"), blocks));
    return { ...judged, says: judged.says.replace("point-in-time recovery", "automatic backups") };
  }
  return undefined;
}

/** Backups of a deleted instance go with it, unless a last snapshot is taken or nobody can delete it. */
function lostAtTheEnd(attributes: DataNode): Judged | undefined {
  const isSkipped = attributes.get("skip_final_snapshot")?.boolean === true;
  if (!isSkipped || attributes.get("deletion_protection")?.boolean === true) return undefined;
  return { backup: 0.5, says: "is deleted without a last snapshot", line: attributes.lineOfKey("skip_final_snapshot") };
}

/** A number, or the default of the variable that it is. */
function numberOf(node: DataNode | undefined, blocks: readonly PlacedBlock[]): number | undefined {
  return node?.number ?? defaultOf(node, blocks)?.number;
}

function stateOf(node: DataNode | undefined, blocks: readonly PlacedBlock[]): string | undefined {
  return (defaultOf(node, blocks) ?? node)?.text;
}

function defaultOf(node: DataNode | undefined, blocks: readonly PlacedBlock[]): DataNode | undefined {
  const [, name] = /^var\.([\w-]+)$/.exec(node?.text ?? "") ?? [];
  return blocks.find(({ type, labels }) => type === "variable" && labels[0] === name)?.attributes.get("default");
}
