import { actionReferences } from "./action-references.ts";
import { attributes } from "./attributes.ts";
import { ci } from "./ci.ts";
import { codeAnalysis } from "./code-analysis.ts";
import { codeTools } from "./code-tools.ts";
import { components } from "./components.ts";
import { composeFiles } from "./compose-files.ts";
import { coverage } from "./coverage.ts";
import { dependencies } from "./dependencies.ts";
import { dockerfiles } from "./dockerfiles.ts";
import type { ValueOf } from "./fact.ts";
import { imports } from "./imports.ts";
import { iniFiles } from "./ini-files.ts";
import { kubernetes } from "./kubernetes.ts";
import { locks } from "./locks.ts";
import { preCommit } from "./pre-commit.ts";
import { profile } from "./profile.ts";
import { pyprojects } from "./pyprojects.ts";
import { pythonFiles } from "./python-files.ts";
import { pythonVersions } from "./python-versions.ts";
import { readme } from "./readme.ts";
import { repositoryInfo } from "./repository-info.ts";
import { scriptInjections } from "./script-injections.ts";
import { targetFiles } from "./target-files.ts";
import { testLayout } from "./test-layout.ts";
import { tokenPermissions } from "./token-permissions.ts";
import { updateBots } from "./update-bots.ts";
import { workflows } from "./workflows.ts";

/** Every fact by the name that rules ask for. */
export const facts = {
  actionReferences,
  attributes,
  ci,
  codeAnalysis,
  codeTools,
  components,
  composeFiles,
  coverage,
  dependencies,
  dockerfiles,
  imports,
  iniFiles,
  kubernetes,
  locks,
  preCommit,
  profile,
  pyprojects,
  pythonFiles,
  pythonVersions,
  readme,
  repositoryInfo,
  scriptInjections,
  targetFiles,
  testLayout,
  tokenPermissions,
  updateBots,
  workflows,
};

/** The values that rules see. */
export type Facts = { readonly [Name in keyof typeof facts]: ValueOf<(typeof facts)[Name]> };
