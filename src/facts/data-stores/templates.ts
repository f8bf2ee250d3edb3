import type { CloudResource, CloudTemplate } from "../cloud-templates.ts";
import { type DataStore, retention, switched } from "./model.ts";

const KEPT_BY_RETENTION = /^AWS::(RDS::DBInstance|RDS::DBCluster|DocDB::DBCluster|Neptune::DBCluster)$/;
/** Properties of what copies another database. */
const ELSEWHERE = ["SourceDBInstanceIdentifier", "ReplicationSourceIdentifier"];

/** The databases of a template of CloudFormation. */
export function templateStores({ path, resources }: CloudTemplate): readonly DataStore[] {
  return resources.flatMap((resource) => {
    const judged = judge(resource);
    if (!judged) return [];
    const line = resource.properties?.lineOfKey("BackupRetentionPeriod") ?? resource.line;
    return [{ name: resource.name, path, line, ...judged }];
  });
}

function judge({ type, properties }: CloudResource): Pick<DataStore, "backup" | "says"> | undefined {
  // The members of a cluster are backed up with it.
  if (type === "AWS::RDS::DBInstance" && properties?.has("DBClusterIdentifier")) return undefined;
  if (KEPT_BY_RETENTION.test(type)) {
    const isElsewhere = ELSEWHERE.some((key) => properties?.has(key));
    const days = properties?.get("BackupRetentionPeriod");
    return isElsewhere ? undefined : retention(days?.number, days !== undefined, 1);
  }
  if (type !== "AWS::DynamoDB::Table") return undefined;
  const state = properties?.get("PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled");
  return switched(state?.boolean === undefined ? state?.text : String(state.boolean));
}
