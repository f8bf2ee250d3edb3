/** What a command or an action deploys to. */
export interface Deploying {
  readonly platform: string;
  /** True for one that makes the resources that it deploys to, from files of the repository. */
  readonly makesResources: boolean;
}

type Row = readonly [program: RegExp, words: RegExp, platform: string, makesResources?: true];

/** Programs that deploy with these words behind them; an empty pattern for those that do nothing else. */
const COMMANDS: readonly Row[] = [
  [/^(terraform|tofu|terragrunt)$/, /\bapply\b/, "the cloud", true],
  [/^pulumi$/, /\b(up|update)\b/, "the cloud", true],
  [/^cdk$/, /\bdeploy\b/, "the cloud", true],
  [/^(sam|serverless|sls|chalice|copilot)$/, /\bdeploy\b/, "AWS", true],
  [/^aws$/, /\bcloudformation (deploy|update-stack|create-stack)\b/, "AWS", true],
  [/^az$/, /\bdeployment .{0,100}create\b/, "Azure", true],
  [/^gcloud$/, /\bapp deploy\b|\brun services replace\b/, "Google Cloud", true],
  [
    /^aws$/,
    /\b(ecs (update-service|run-task|deploy)|lambda (update-function-code|publish-version)|elasticbeanstalk (create|update)-environment|deploy (create-deployment|push)|apprunner (start-deployment|(create|update)-service)|autoscaling start-instance-refresh)\b/,
    "AWS",
  ],
  [/^eb$/, /\bdeploy\b/, "AWS"],
  [/^zappa$/, /^(deploy|update)\b/, "AWS"],
  [/^ecs-deploy$/, /./, "AWS"],
  [
    /^gcloud$/,
    /\b(run|functions)( jobs| services)? (deploy|update|replace)\b|\bdeploy releases create\b/,
    "Google Cloud",
  ],
  [
    /^az$/,
    /\b(webapp|functionapp|containerapp|spring)\b.{0,300}\b(up|deploy|deployment|update|config|config-zip)\b/,
    "Azure",
  ],
  [/^func$/, /^azure functionapp publish\b/, "Azure"],
  [/^(kubectl|oc|k3s)$/, /\b(apply|rollout restart|set image|replace|patch|new-app|start-build)\b/, "Kubernetes"],
  [/^helm$/, /\b(upgrade|install)\b/, "Kubernetes"],
  [/^helmfile$/, /\b(apply|sync)\b/, "Kubernetes"],
  [/^argocd$/, /\bapp (sync|set|create)\b/, "Kubernetes"],
  [/^flux$/, /\b(reconcile|bootstrap)\b/, "Kubernetes"],
  [/^skaffold$/, /^(run|deploy)\b/, "Kubernetes"],
  [/^(fly|flyctl)$/, /\bdeploy\b/, "Fly"],
  [/^heroku$/, /\bcontainer:release\b/, "Heroku"],
  [/^git$/, /^push .*\bheroku\b/, "Heroku"],
  [/^git$/, /^push .*\bdokku\b/, "its platform"],
  [/^(netlify|firebase|modal|astro|kamal|prefect|dagster-cloud|fab|cap)$/, /\bdeploy\b/, "its platform"],
  [/^docker$/, /\bstack deploy\b/, "its platform"],
  [/^vercel$/, /--prod\b|\bdeploy\b/, "its platform"],
  [/^wrangler$/, /\b(deploy|publish)\b/, "its platform"],
  [/^railway$/, /^(up|deploy|redeploy)\b/, "its platform"],
  [/^cf$/, /\b(push|deploy)\b/, "its platform"],
  [/^doctl$/, /\bapps (create-deployment|update)\b/, "its platform"],
  [/^nomad$/, /\bjob run\b/, "its platform"],
  [/^dokku$/, /./, "its platform"],
  [/^ansible-playbook$/, /deploy|site\.ya?ml|\bprod/i, "its hosts"],
];
const REHEARSAL = /--(dry-run(?!=none)|check|diff|no-execute-changeset)\b/;
const WITH_NODE = /^(npx|yarn|pnpm|bunx)$/;
/** Characters of a command that are looked at. */
const LONGEST = 4_000;

/** What a command brings a version to; undefined for one that does not deploy. */
export function deployedBy(program: string, words: readonly string[]): Deploying | undefined {
  // `npx cdk deploy` is `cdk deploy`.
  if (WITH_NODE.test(program)) {
    const [inner = "", ...rest] = words.filter((word) => !/^(-y|--yes|run|exec|dlx)$/.test(word));
    return WITH_NODE.test(inner) ? undefined : deployedBy(inner.replace(/^aws-(?=cdk)|(?!^)@.*$/g, ""), rest);
  }
  const line = words.join(" ").slice(0, LONGEST);
  const row = COMMANDS.find(([name, behind]) => name.test(program) && behind.test(line));
  return row && !REHEARSAL.test(line) ? { platform: row[2], makesResources: row[3] ?? false } : undefined;
}

const ACTIONS: readonly (readonly [action: RegExp, platform: string, makesResources?: true])[] = [
  [/^aws-actions\/aws-cloudformation-github-deploy@/i, "AWS", true],
  [/^serverless\/github-action@/i, "AWS", true],
  [/^google-github-actions\/deploy-appengine@/i, "Google Cloud", true],
  [/^azure\/(arm-deploy|bicep-deploy)@/i, "Azure", true],
  [/^pulumi\/actions@/i, "the cloud", true],
  [/^aws-actions\/(amazon-ecs-deploy|aws-lambda-deploy|aws-codedeploy|aws-elasticbeanstalk-deploy)[\w-]*@/i, "AWS"],
  [/^(einaregilsson\/beanstalk-deploy|appleboy\/lambda-action)@/i, "AWS"],
  [/^google-github-actions\/(deploy-[\w-]+|create-cloud-deploy-release)@/i, "Google Cloud"],
  [
    /^azure\/(webapps-deploy|functions-action|container-apps-deploy-action|static-web-apps-deploy|spring-apps-deploy)@/i,
    "Azure",
  ],
  [/^(azure\/(k8s-deploy|aks-deploy)|steebchen\/kubectl|actions-hub\/kubectl|deliverybot\/helm)@/i, "Kubernetes"],
  [/^akhileshns\/heroku-deploy@/i, "Heroku"],
  [/^superfly\/flyctl-actions@/i, "Fly"],
  [/^(appleboy\/(ssh|scp)-action|burnett01\/rsync-deployments|easingthemes\/ssh-deploy)@/i, "its hosts"],
  [
    /^(amondnet\/vercel-action|cloudflare\/(wrangler|pages)-action|digitalocean\/app_action(\/deploy)?|nwtgck\/actions-netlify|[\w-]+\/render-deploy[\w-]*|bervprojet\/railway-deploy|cloud-gov\/cg-cli-tools|18f\/cg-deploy-action|koyeb\/action-git-deploy(\/[\w-]+)?)@/i,
    "its platform",
  ],
];

/** What an action brings a version to; undefined for one that does not deploy. */
export function deployedByAction(uses: string): Deploying | undefined {
  const row = ACTIONS.find(([action]) => action.test(uses));
  return row && { platform: row[1], makesResources: row[2] ?? false };
}

const PUBLISHES: readonly (readonly [program: RegExp, words: RegExp])[] = [
  [
    /^(docker|podman|buildah|nerdctl|crane)$/,
    /^((image|manifest|compose) )?push\b|^(buildx )?(build|bake)\b.* --push\b/,
  ],
  [/^skopeo$/, /^copy\b/],
  [/^(twine|maturin)$/, /^upload\b/],
  [/^(uv|poetry|hatch|flit|pdm|rye|maturin)$/, /^publish\b/],
  [/^gh$/, /^release (create|upload)\b/],
];

/** True for a command that puts a version where others fetch it. */
export function publishes(program: string, words: readonly string[]): boolean {
  const line = words.join(" ");
  return !REHEARSAL.test(line) && PUBLISHES.some(([name, behind]) => name.test(program) && behind.test(line));
}
