import { globsAnyCase } from "../fact.ts";
import { isAuxiliary, nameOf, type Tree } from "../tree.ts";
import { type Stage, stageOf } from "./stage.ts";

/** A target as something names it. */
export interface Target {
  readonly stage: Stage;
  /** The word for it; one for all names of production. */
  readonly word: string;
  readonly path: string;
  readonly line: number;
}

/** Files of which there is one for each environment. */
const isOfEnvironment = globsAnyCase(
  "**/{overlays,envs,env,environments,stages,live}/*/**/*.{yml,yaml,tf,tfvars,hcl,json,toml}",
  "**/{deploy,deployment,deployments,deploy-config,infra,infrastructure,iac,terraform,tf,gitops,k8s,kubernetes,helm,environments,envs}/**/*.{yml,yaml,tf,tfvars,hcl,json,toml}",
  "**/values*.{yml,yaml}",
  "**/*.tfvars",
  "**/{fly,manifest,samconfig}[._-]*.{toml,yml,yaml}",
  "**/app.*.{yml,yaml}",
);
/** Settings and compose files of development and tests are for one machine. */
const isOfMachineOrEnvironment = globsAnyCase("**/settings/*.py", "**/{compose,docker-compose}*.{yml,yaml}");
const OF_MACHINE = /^(development|test|integration|preview)$/;

/** The targets that the names of files and folders tell of. */
export function targetsByPath(tree: Tree): readonly Target[] {
  return tree.paths.flatMap((path) => {
    const isShared = isOfMachineOrEnvironment(path);
    if (!isShared && !isOfEnvironment(path)) return [];
    if (!tree.isFirstParty(path) || isAuxiliary(path)) return [];
    const found = stageOf(isShared ? stemOf(path) : path.slice(0, path.lastIndexOf(".")));
    if (!found || (isShared && OF_MACHINE.test(found.word))) return [];
    return [{ ...found, path, line: 1 }];
  });
}

function stemOf(path: string): string {
  return nameOf(path).replace(/\.\w+$/, "");
}
