import { composeFiles } from "./compose-files.ts";
import { parseImageReference } from "./containers/image-reference.ts";
import { dependencies, runtimeOf } from "./dependencies.ts";
import { deployments } from "./deployments.ts";
import { dockerfiles } from "./dockerfiles.ts";
import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { parseYamlDocument } from "./formats/yaml.ts";
import { kubernetes } from "./kubernetes.ts";
import { platformFiles } from "./platform-files.ts";
import { isServerName } from "./profile/services.ts";
import { profile } from "./profile.ts";
import { isAuxiliary, nameOf } from "./tree.ts";

export interface DeploymentArtifacts {
  /** Files that say how the code is packaged and started, the most telling first. */
  readonly paths: readonly string[];
  /** Why it needs none; undefined for what is deployed. */
  readonly exempt: string | undefined;
  /** Dockerfiles that may say it, and could not be read. */
  readonly unread: readonly UnreadFile[];
}

/** Files of platforms, packagers and service managers that say by their name what they are. */
const isArtifact = globs(
  "**/{Procfile,fly.toml,render.yaml,heroku.yml,nixpacks.toml,project.toml,vercel.json,koyeb.yaml,apprunner.yaml,captain-definition,azure.yaml,.platform.app.yaml,skaffold.yaml,passenger_wsgi.py,snapcraft.yaml}",
  "**/railway.{json,toml}",
  "**/{serverless.{yml,yaml,ts,js},samconfig.toml,cdk.json,zappa_settings.*,host.json,function.json,Pulumi.yaml,prefect.yaml,dagster_cloud.yaml}",
  "**/.chalice/config.json",
  "**/{Chart.yaml,kustomization.yaml,kustomization.yml,helmfile.yaml}",
  "**/*.{service,service.j2,nomad,nomad.hcl}",
  "**/{.ebextensions,.elasticbeanstalk,.do,copilot}/**",
  "**/{playbook*,playbooks/**/*,site}.{yml,yaml}",
  "**/{ansible.cfg,uwsgi.ini,gunicorn.conf.py,gunicorn_config.py,supervisord.conf}",
  "**/debian/{control,rules}",
);
const isCloudFoundry = globs("**/manifest*.{yml,yaml}");
/** What says how a service is packaged and started. */
export const deploymentArtifacts = defineFact({
  spans: "repository",
  uses: { dockerfiles, composeFiles, platformFiles, kubernetes, deployments, dependencies, profile },
  reads: (path, tree) => isCloudFoundry(path) && tree.isFirstParty(path) && !isAuxiliary(path),
  parse: ({ text }): boolean => (parseYamlDocument(text)?.get("applications")?.items.length ?? 0) > 0,
  combine: ({ files, tree, repository, uses }): DeploymentArtifacts => {
    const own = nameOf(repository.name).toLowerCase();
    const tells = ({ purpose }: { readonly purpose: string }): boolean =>
      /^(production|build|development)$/.test(purpose);
    const images = uses.dockerfiles.files.filter(tells);
    const composed = uses.composeFiles.files.filter(
      ({ purpose, services }) =>
        /^(production|development)$/.test(purpose) &&
        services.some(({ build, image }) => build || (image && parseImageReference(image.text).name === own)),
    );
    const named = tree.paths.filter((path) => isArtifact(path) && tree.isFirstParty(path) && !isAuxiliary(path));
    return {
      paths: [
        ...[...images, ...composed, ...uses.platformFiles.files, ...uses.kubernetes.workloads].map(({ path }) => path),
        ...named,
        ...files.filter(({ parsed }) => parsed).map(({ path }) => path),
        ...uses.deployments.steps.map(({ path }) => path),
      ],
      exempt: exemption(uses.profile, [...runtimeOf(uses.dependencies).keys()]),
      unread: uses.dockerfiles.unread.filter(tells),
    };
  },
});

/** A package of an index brings its own start; models that nobody asks are trained, not deployed. */
function exemption(
  found: { readonly id: string; readonly isInstalled: boolean },
  needs: readonly string[],
): string | undefined {
  if (found.isInstalled) return "it reaches its users as a package";
  if (found.id === "ml" && !needs.some(isServerName)) return "it trains models, and serves none";
  return undefined;
}
