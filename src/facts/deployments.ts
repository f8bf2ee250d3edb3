import { ci } from "./ci.ts";
import { type DeploymentStep, deploymentSteps } from "./deployments/steps.ts";
import { defineFact, globs } from "./fact.ts";
import { kubernetes } from "./kubernetes.ts";
import { publishing } from "./publishing.ts";
import { releases } from "./releases.ts";
import { isAuxiliary } from "./tree.ts";
import type { Workflows } from "./workflows/model.ts";
import { workflows } from "./workflows.ts";

/** A place, with what stands there. */
export interface DeploymentSign {
  readonly path: string;
  readonly line: number;
  readonly what: string;
}

export interface Deployments {
  /** Commands and actions of CI that deploy, whatever starts them. */
  readonly steps: readonly DeploymentStep[];
  /** What deploys without a person at a laptop. */
  readonly automated: readonly DeploymentSign[];
  /** What leaves it open: something that others deploy from elsewhere, or that nobody can follow. */
  readonly open: DeploymentSign | undefined;
}

/** Files by which a platform deploys what is pushed, without a pipeline. */
const isPlatformSpec = globs(
  "{,*/}{render.yaml,railway.json,railway.toml,vercel.json,koyeb.yaml,northflank.json,apprunner.yaml,.platform.app.yaml}",
  "{.do/app.yaml,.do/deploy.template.yaml,.upsun/config.yaml}",
);
/** Files of platforms that deploy what is pushed only where somebody switched that on. */
const isPlatformFile = globs("{,*/}{Procfile,heroku.yml,fly.toml,app.json,captain-definition,Aptfile}");
/** Actions whose name says that they bring something to others. */
const DELIVERS = /[-_/.](release|publish|push|upload-release|deploy|deliver)([-_/.@]|$)/i;
const DELIVERS_BY_NAME = /release|publish|registry|push|promote|sync/i;
const OF_DOCUMENTS = /pages|docs|test-results|unit-test|coverage|drafter|labeler/i;

/** How the repository is deployed, as far as its files tell. */
export const deployments = defineFact({
  spans: "repository",
  uses: { ci, kubernetes, publishing, releases, workflows },
  combine: ({ tree, uses }): Deployments => {
    const { releases: own, elsewhere, hidden } = uses.releases;
    const product = tree.paths.filter((path) => tree.isFirstParty(path) && !isAuxiliary(path));
    const file = (matches: (path: string) => boolean, what: string) =>
      product.filter(matches).map((path) => ({ path, line: 1, what }));
    const deploying = [...own, ...elsewhere].filter(({ kind }) => kind === "deployment");
    const delivering = [...own, ...elsewhere].filter(({ kind }) => kind !== "deployment");
    const doubt = uses.ci.mayHide(["deployment"]);
    const workload = uses.kubernetes.workloads[0] ?? uses.kubernetes.charts.flatMap((chart) => chart.workloads)[0];
    const open: readonly (DeploymentSign | undefined)[] = [
      hidden && { ...hidden, what: `${hidden.name} is a workflow of another repository` },
      doubt && { ...doubt, what: doubt.reason },
      ...[...delivering, ...uses.publishing.uploads].map(({ path, line, how }) => ({
        path,
        line,
        what: `CI publishes with \`${how}\``,
      })),
      ...deliveriesIn(uses.workflows.files),
      ...uses.ci.jobs
        .filter(({ system, name }) => system !== "GitHub Actions" && DELIVERS_BY_NAME.test(name))
        .map(({ path, line, name }) => ({ path, line, what: `the job \`${name}\` may` })),
      workload && { path: workload.path, line: 1, what: "a controller elsewhere may apply the manifests" },
      ...file(isPlatformFile, "the platform may deploy each push"),
    ];
    return {
      steps: deploymentSteps(uses.ci, uses.workflows),
      automated: [
        ...deploying.map(({ path, line, how }) => ({
          path,
          line,
          what: how ? `\`${how}\` deploys` : "The job deploys",
        })),
        ...uses.kubernetes.gitOps.map(({ path, line, kind }) => ({
          path,
          line,
          what: `\`${kind}\` deploys by GitOps`,
        })),
        ...file(isPlatformSpec, "The platform deploys each push by this file"),
      ],
      open: open.find((one) => one !== undefined),
    };
  },
});

function deliveriesIn(files: Workflows["files"]): readonly DeploymentSign[] {
  return files.flatMap(({ path, jobs }) =>
    jobs.flatMap(({ steps }) =>
      steps.flatMap(({ uses }) =>
        uses && DELIVERS.test(uses.text) && !OF_DOCUMENTS.test(uses.text)
          ? [{ path, line: uses.line, what: `CI publishes with \`${uses.text.split("@")[0]}\`` }]
          : [],
      ),
    ),
  );
}
