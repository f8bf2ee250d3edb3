/** What a command does to what runs, rather than for the quality of the code. */
export type Operation = "deployment" | "infrastructure-check" | "migration" | "migration-check" | "throwaway-cluster";

/** A command or action that deploys, with what it deploys to; `makesResources` where it makes that as well. */
export type Deploying = readonly [matches: RegExp, platform: string, makesResources?: true];

/** Commands that deploy. */
export const DEPLOYING: readonly Deploying[] = [
  [/^(terraform|tofu|terragrunt) (.{0,200} )?apply\b|^terragrunt run-all apply\b/, "the cloud", true],
  [/^(pulumi up|cdk deploy|npx (aws-)?cdk deploy)\b/, "the cloud", true],
  [
    /^(sam deploy|aws cloudformation (deploy|update-stack|create-stack)|chalice deploy|copilot .{0,80}deploy)\b/,
    "AWS",
    true,
  ],
  [/^(npx )?(serverless|sls) (.{0,80} )?deploy\b/, "AWS", true],
  [/^az deployment\b/, "Azure", true],
  [/^gcloud (beta |alpha )?(app deploy|run services replace)\b/, "Google Cloud", true],
  [
    /^aws (ecs (update-service|deploy)|lambda update-function-code|elasticbeanstalk|deploy create-deployment|apprunner)\b/,
    "AWS",
  ],
  [/^(eb deploy|ecs-deploy|zappa (deploy|update))\b/, "AWS"],
  [/^gcloud (beta |alpha )?(run|functions) deploy\b/, "Google Cloud"],
  [/^az (webapp|functionapp|containerapp) (.{0,80} )?(up|deploy|deployment|update|config-zip)\b/, "Azure"],
  [/^func azure functionapp publish\b/, "Azure"],
  [
    /^(kubectl (.{0,80} )?(apply|set image)|helm (.{0,80} )?upgrade|helmfile (.{0,80} )?(apply|sync)|argocd app (sync|set)|skaffold run)\b/,
    "Kubernetes",
  ],
  [/^(flyctl|fly) deploy\b/, "Fly"],
  [/^(heroku container:release|git push (.{0,80} )?heroku)\b/, "Heroku"],
  [
    /^(git push (.{0,80} )?dokku|cf (.{0,80} )?push|railway up|kamal deploy|docker stack deploy|doctl apps (create-deployment|update))\b/,
    "its platform",
  ],
];

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
  const plain = text.replace(/["'[\],\\]+/g, " ").replace(/ +/g, " ");
  const checks = CHECKS_MIGRATIONS.test(plain);
  return [
    ...(DEPLOYING.some(([matches]) => matches.test(text)) ? (["deployment"] as const) : []),
    ...(CHECKS_INFRASTRUCTURE.test(text) ? (["infrastructure-check"] as const) : []),
    ...(checks ? (["migration-check"] as const) : []),
    ...(!checks && MIGRATES.test(plain) ? (["migration"] as const) : []),
    ...(THROWAWAY.test(text) ? (["throwaway-cluster"] as const) : []),
  ];
}
