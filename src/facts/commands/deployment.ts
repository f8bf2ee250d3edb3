/** Programs that deploy with these words behind them; an empty pattern for those that do nothing else. */
const DEPLOYS: readonly (readonly [program: RegExp, words: RegExp])[] = [
  [/^(kubectl|oc|k3s)$/, /\b(apply|rollout restart|set image|replace|patch|new-app|start-build)\b/],
  [/^helm$/, /\b(upgrade|install)\b/],
  [/^helmfile$/, /\b(apply|sync)\b/],
  [/^argocd$/, /\bapp (sync|set|create)\b/],
  [/^flux$/, /\b(reconcile|bootstrap)\b/],
  [/^skaffold$/, /^(run|deploy)\b/],
  [/^(terraform|tofu|terragrunt)$/, /\bapply\b/],
  [/^pulumi$/, /\b(up|update)\b/],
  [/^(cdk|sam|serverless|sls|chalice|eb|fly|flyctl|netlify|firebase|modal|astro|copilot|kamal)$/, /\bdeploy\b/],
  [/^zappa$/, /^(deploy|update)\b/],
  [/^vercel$/, /--prod\b|\bdeploy\b/],
  [/^wrangler$/, /\b(deploy|publish)\b/],
  [/^gcloud$/, /\b(run|app|functions)( jobs| services)? (deploy|update|replace)\b|\bdeploy releases create\b/],
  [
    /^az$/,
    /\b(webapp|functionapp|containerapp|spring)\b.{0,300}\b(up|deploy|deployment|update|config)\b|\bdeployment .{0,100}create\b/,
  ],
  [
    /^aws$/,
    /\b(ecs (update-service|run-task)|lambda (update-function-code|publish-version)|cloudformation deploy|elasticbeanstalk update-environment|deploy (create-deployment|push)|apprunner start-deployment|autoscaling start-instance-refresh)\b/,
  ],
  [/^heroku$/, /\bcontainer:release\b/],
  [/^git$/, /^push .*\b(heroku|dokku)\b/],
  [/^railway$/, /^(up|deploy|redeploy)\b/],
  [/^cf$/, /^(push|deploy)\b/],
  [/^docker$/, /\bstack deploy\b/],
  [/^nomad$/, /\bjob run\b/],
  [/^(prefect|dagster-cloud)$/, /\bdeploy\b/],
  [/^(fab|cap)$/, /\bdeploy\b/],
  [/^ansible-playbook$/, /deploy|site\.ya?ml|\bprod/i],
  [/^(ecs-deploy|dokku)$/, /./],
];
const REHEARSAL = /--(dry-run(?!=none)|check|diff|no-execute-changeset)\b/;
const WITH_NODE = /^(npx|yarn|pnpm|bunx)$/;

/** True for a command that brings a version to where it runs. */
export function deploys(program: string, words: readonly string[]): boolean {
  // `npx cdk deploy` is `cdk deploy`.
  if (WITH_NODE.test(program)) {
    const [inner = "", ...rest] = words.filter((word) => !/^(-y|--yes|run|exec|dlx)$/.test(word));
    return !WITH_NODE.test(inner) && deploys(inner.replace(/^(?:aws-)?(\w[\w-]*)@.*$/, "$1"), rest);
  }
  const line = words.join(" ");
  return !REHEARSAL.test(line) && DEPLOYS.some(([name, behind]) => name.test(program) && behind.test(line));
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
