import { ci } from "./ci.ts";
import { cloudTemplates } from "./cloud-templates.ts";
import type { DeploymentStep } from "./deployments/steps.ts";
import { deployments } from "./deployments.ts";
import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { kubernetes } from "./kubernetes.ts";
import { preCommit } from "./pre-commit.ts";
import { faultsOf, type TerraformFault } from "./terraform/faults.ts";
import { terraform } from "./terraform.ts";
import { isAuxiliary } from "./tree.ts";
import { workflows } from "./workflows.ts";

export interface Place {
  readonly path: string;
  readonly line: number;
}

/** How cloud resources are declared and kept reproducible. */
export interface Infrastructure {
  /** One file of each tool whose service keeps the state itself. */
  readonly declared: readonly (Place & { readonly tool: string })[];
  /** Where a change of the infrastructure is planned, validated or scanned before it is made. */
  readonly check: Place | undefined;
  /** A deployment to a cloud where no file, here or elsewhere, is known to declare what it deploys to. */
  readonly undeclared: DeploymentStep | undefined;
  /** Modules of Terraform that are judged: those that somebody runs, else all. */
  readonly modules: number;
  readonly faults: readonly TerraformFault[];
  /** State files that are tracked. */
  readonly states: readonly string[];
  readonly unread: readonly UnreadFile[];
}

const TOOLS: readonly (readonly [tool: string, matches: (path: string) => boolean])[] = [
  ["CDK", globs("**/cdk.json")],
  ["CDK for Terraform", globs("**/cdktf.json")],
  ["Pulumi", globs("**/Pulumi.{yml,yaml}")],
  ["Bicep", globs("**/*.bicep")],
  ["ARM", globs("**/azuredeploy.json")],
  ["Chalice", globs("**/.chalice/config.json")],
  ["the Serverless Framework", globs("**/serverless.ts")],
];
const CHECK_ACTIONS =
  /^(bridgecrewio\/checkov-action|aquasecurity\/tfsec-action|checkmarx\/kics-github-action|dflook\/(terraform|tofu)-(plan|validate|check)|hashicorp\/tfc-workflows-github|op5dev\/tf-via-pr|pulumi\/actions|scottbrenner\/cfn-lint-action|terraform-linters\/tflint)(\/[\w-]+)*@/i;
const CHECK_HOOKS =
  /^(terraform[_-](validate|tflint|tfsec|trivy|checkov)|tflint|checkov|cfn-(python-)?lint|cfn-lint-rc)$/;
const CLOUD = /^(AWS|Azure|Google Cloud)$/;
/** Services that plan each change on their own. */
const planner = globs("{atlantis,spacelift}.{yml,yaml}", ".spacelift/*", ".terrateam/config.{yml,yaml}", "digger.yml");

/** How cloud resources are declared and checked. */
export const infrastructure = defineFact({
  spans: "repository",
  uses: { ci, cloudTemplates, deployments, kubernetes, preCommit, terraform, workflows },
  combine: ({ tree, uses }): Infrastructure => {
    const product = tree.paths.filter((path) => tree.isFirstParty(path) && !isAuxiliary(path));
    const found = TOOLS.flatMap(([tool, matches]) =>
      product
        .filter(matches)
        .slice(0, 1)
        .map((path) => ({ tool, path, line: 1 })),
    );
    const [template] = uses.cloudTemplates.templates;
    const crossplane = uses.kubernetes.objects.find(({ apiVersion }) =>
      /crossplane\.io|\.upbound\.io/.test(apiVersion),
    );
    const { modules, states, unread } = uses.terraform;
    const roots = modules.filter(({ isRoot }) => isRoot);
    const judged = roots.length > 0 ? roots : modules;
    return {
      undeclared: undeclaredIn(uses.deployments.steps),
      modules: judged.length,
      faults: judged.flatMap(faultsOf),
      states,
      unread,
      declared: [
        ...found,
        ...(template ? [{ tool: "CloudFormation", path: template.path, line: 1 }] : []),
        ...(crossplane ? [{ tool: "Crossplane", path: crossplane.path, line: crossplane.data.line }] : []),
      ],
      check: [
        ...uses.ci.jobs.flatMap(({ commands }) =>
          commands.filter(({ purposes }) => purposes.includes("infrastructure-check")),
        ),
        ...uses.workflows.files.flatMap(({ path, jobs }) =>
          jobs.flatMap(({ steps }) =>
            steps.flatMap(({ uses: action, line, with: given }) => {
              const text = action?.text ?? "";
              const scansFiles =
                /^aquasecurity\/trivy-action@/.test(text) && given?.get("scan-type")?.text === "config";
              return CHECK_ACTIONS.test(text) || scansFiles ? [{ path, line }] : [];
            }),
          ),
        ),
        ...uses.preCommit.hooks.filter(({ id }) => CHECK_HOOKS.test(id)),
        ...product.filter(planner).map((path) => ({ path, line: 1 })),
        ...uses.terraform.modules.flatMap(({ backend }) =>
          backend && /^(cloud|remote)$/.test(backend.kind) ? [backend] : [],
        ),
      ].map(({ path, line }) => ({ path, line }))[0],
    };
  },
});

/** A step that makes its resources from files elsewhere leaves it open for all. */
function undeclaredIn(steps: readonly DeploymentStep[]): DeploymentStep | undefined {
  if (steps.some(({ makesResources }) => makesResources)) return undefined;
  return steps.find(({ platform }) => CLOUD.test(platform));
}
