/** What a command does to what runs, rather than for the quality of the code. */
export type Operation = "infrastructure-check" | "migration" | "migration-check" | "throwaway-cluster";

const CHECKS_INFRASTRUCTURE =
  /^((terraform|tofu|terragrunt) (.{0,80} )?(plan|validate|test)|tfsec|checkov|tflint|terrascan|kics|trivy (config|fs)|cfn-lint|cfn_nag_scan|sam validate|(npx )?(aws-)?cdk (synth|diff)|pulumi preview|az bicep (build|lint)|az deployment .{0,80}what-if)\b/;
const THROWAWAY = /^(kind (create|load)|minikube|k3d|ctlptl|microk8s|localstack|samlocal|tflocal)\b/;

/** Django's own command, by any name, and up to three options of it. */
const DJANGO = String.raw`(^|[\s/])(manage(\.py)?|django-admin|django) (-\S+ ){0,3}`;
const MIGRATES = new RegExp(
  `${DJANGO}(migrate|db upgrade)\\b|(^|[\\s/])(alembic (-\\S+ \\S+ ){0,3}upgrade|flask (-\\S+ \\S+ ){0,2}db upgrade|aerich upgrade|yoyo (-\\S+ ){0,3}apply|dbmate (.{0,80} )?(up|migrate)|flyway (.{0,200} )?migrate|sqitch deploy|piccolo migrations forwards?|\\S{1,100} db upgrade|jobs execute \\S*migrat|atlas migrate apply|tortoise migrate)\\b`,
);
const CHECKS_MIGRATIONS = new RegExp(
  `${DJANGO}(makemigrations .{0,200}--check|migrate .{0,200}--check|lintmigrations)(\\s|$)|(^|[\\s/])(alembic (-\\S+ \\S+ ){0,3}check|flask db check|squawk|atlas migrate lint|pytest .{0,400}--(test-alembic|check-migrations|test-migrations))(\\s|$)`,
);

/** Characters of a command that are looked at. */
const LONGEST = 4_000;

/** The operations that an unwrapped command does. */
export function operationsOf(words: readonly string[]): readonly Operation[] {
  const text = words.join(" ").slice(0, LONGEST);
  // What runs elsewhere stands between quotes: `run-task --overrides '{"command": ["manage.py", "migrate"]}'`.
  const plain = text.replace(/["'[\],\\;]+/g, " ").replace(/ +/g, " ");
  const checks = CHECKS_MIGRATIONS.test(plain);
  return [
    ...(CHECKS_INFRASTRUCTURE.test(text) ? (["infrastructure-check"] as const) : []),
    ...(checks ? (["migration-check"] as const) : []),
    ...(!checks && MIGRATES.test(plain) ? (["migration"] as const) : []),
    ...(THROWAWAY.test(text) ? (["throwaway-cluster"] as const) : []),
  ];
}
