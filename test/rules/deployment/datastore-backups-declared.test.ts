import rule from "../../../rules/deployment/datastore-backups-declared.ts";
import { describeRule } from "../../support/describe-rule.ts";

const code = { "manage.py": "", "requirements.txt": "django\n" };
const terraform = (text: string) => ({ ...code, "infra/db.tf": text });
const instance = (settings: string) => terraform(`resource "aws_db_instance" "shop" {\n${settings}}\n`);
const template = (type: string, properties: string) => ({
  ...code,
  "infra/stack.yaml": `Resources:\n  Orders:\n    Type: ${type}\n    Properties:\n${properties}`,
});
const stateful = (image: string) =>
  `apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: db\nspec:\n  template:\n    spec:\n      containers:\n        - name: db\n          image: ${image}\n`;

describeRule(rule, [
  { name: "a database that stands elsewhere", repo: code, expect: "skip" },
  {
    name: "a database of compose alone",
    repo: { ...code, "compose.yml": "services:\n  db:\n    image: postgres:17.2\n" },
    expect: "skip",
  },
  { name: "an instance without a word of backups", repo: instance(""), expect: "fail", evidence: ["infra/db.tf:1"] },
  {
    name: "no backups",
    repo: instance("  backup_retention_period = 0\n"),
    expect: "fail",
    evidence: ["infra/db.tf:2"],
  },
  {
    name: "three days",
    repo: instance("  backup_retention_period = 3\n"),
    expect: "partial",
    value: 0.5,
    evidence: ["infra/db.tf:2"],
  },
  {
    name: "a copy of another instance",
    repo: instance("  replicate_source_db = aws_db_instance.main.id\n"),
    expect: "skip",
  },
  {
    name: "a week that a variable has by default",
    repo: terraform(
      'variable "days" {\n  default = 7\n}\nresource "aws_db_instance" "shop" {\n  backup_retention_period = var.days\n}\n',
    ),
    expect: "pass",
    evidence: ["infra/db.tf:5"],
  },
  {
    name: "a number of days that is computed",
    repo: instance("  backup_retention_period = local.days\n"),
    expect: "unknown",
  },
  {
    name: "no last snapshot",
    repo: instance("  backup_retention_period = 7\n  skip_final_snapshot     = true\n"),
    expect: "partial",
    value: 0.5,
    evidence: ["infra/db.tf:3"],
  },
  {
    name: "no last snapshot of what nobody can delete",
    repo: instance("  backup_retention_period = 7\n  skip_final_snapshot = true\n  deletion_protection = true\n"),
    expect: "pass",
  },
  {
    name: "an instance for development",
    repo: { ...code, "infra/dev/db.tf": 'resource "aws_db_instance" "shop" {\n  skip_final_snapshot = true\n}\n' },
    expect: "skip",
  },
  {
    name: "servers that Azure backs up by itself",
    repo: terraform('resource "azurerm_postgresql_flexible_server" "shop" {\n}\n'),
    expect: "pass",
  },
  {
    name: "Cloud SQL",
    repo: terraform(
      'resource "google_sql_database_instance" "shop" {\n  settings {\n    tier = "db-f1-micro"\n  }\n}\nresource "google_sql_database_instance" "billing" {\n  settings {\n    backup_configuration {\n      enabled = true\n    }\n  }\n}\n',
    ),
    expect: "partial",
    value: 0.5,
    evidence: ["infra/db.tf:1"],
  },
  {
    name: "a table without point-in-time recovery, beside the one that locks the state",
    repo: terraform(
      'resource "aws_dynamodb_table" "lock" {\n  hash_key = "LockID"\n}\nresource "aws_dynamodb_table" "orders" {\n  hash_key = "id"\n}\n',
    ),
    expect: "fail",
    evidence: ["infra/db.tf:4"],
  },
  {
    name: "a plan of AWS Backup",
    repo: terraform('resource "aws_dynamodb_table" "orders" {\n}\nresource "aws_backup_plan" "all" {\n}\n'),
    expect: "pass",
    evidence: ["infra/db.tf:3"],
  },
  {
    name: "CloudFormation's one day",
    repo: template("AWS::RDS::DBInstance", "      Engine: postgres\n"),
    expect: "partial",
    value: 0.5,
    evidence: ["infra/stack.yaml:2"],
  },
  {
    name: "a member of a cluster",
    repo: template("AWS::RDS::DBInstance", "      DBClusterIdentifier: !Ref Cluster\n"),
    expect: "skip",
  },
  {
    name: "a table of CloudFormation with point-in-time recovery",
    repo: template(
      "AWS::DynamoDB::Table",
      "      PointInTimeRecoverySpecification:\n        PointInTimeRecoveryEnabled: true\n",
    ),
    expect: "pass",
  },
  {
    name: "a database in the cluster",
    repo: { ...code, "k8s/db.yaml": stateful("postgres:17.2") },
    expect: "fail",
    evidence: ["k8s/db.yaml:9"],
  },
  { name: "a cache in the cluster", repo: { ...code, "k8s/db.yaml": stateful("redis:7.4") }, expect: "skip" },
  {
    name: "a database of a local cluster",
    repo: { ...code, "k8s/overlays/dev/db.yaml": stateful("postgres:17.2") },
    expect: "skip",
  },
  {
    name: "a job that dumps it",
    repo: {
      ...code,
      "k8s/db.yaml": stateful("postgres:17.2"),
      "k8s/dump.yaml":
        "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: nightly\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n            - name: dump\n              image: postgres:17.2\n              command: [sh, -c, pg_dump shop > /out/shop.sql]\n",
    },
    expect: "pass",
  },
  {
    name: "a procedure for people",
    repo: { ...code, "k8s/db.yaml": stateful("postgres:17.2"), "docs/backup-and-restore.md": "# Restore\n" },
    expect: "partial",
    value: 0.5,
  },
  {
    name: "an operator's cluster with a schedule",
    repo: {
      ...code,
      "k8s/db.yaml":
        "apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata:\n  name: shop\nspec:\n  instances: 3\n---\napiVersion: postgresql.cnpg.io/v1\nkind: ScheduledBackup\nmetadata:\n  name: nightly\n",
    },
    expect: "pass",
  },
  {
    name: "an operator's cluster without backups",
    repo: {
      ...code,
      "k8s/db.yaml":
        "apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata:\n  name: shop\nspec:\n  instances: 3\n",
    },
    expect: "fail",
    evidence: ["k8s/db.yaml:4"],
  },
  {
    name: "a Terraform file that cannot be read",
    repo: { ...code, "infra/db.tf": { unreadable: "it is too large" } },
    expect: "unknown",
  },
  {
    name: "a resource after Windows line ends, a byte order mark and a comment",
    repo: {
      ...code,
      "infra/db.tf":
        '\uFEFF/* data\r\n   of the shop */\r\nresource "aws_db_instance" "shop" {\r\n  engine = "postgres"\r\n}\r\n',
    },
    expect: "fail",
    evidence: ["infra/db.tf:3"],
  },
]);
