import { acceptanceTests } from "./acceptance-tests.ts";
import { actionReferences } from "./action-references.ts";
import { ignoredAdvisories } from "./advisories/ignored.ts";
import { agentSigns } from "./agent-signs.ts";
import { allowedHosts } from "./allowed-hosts.ts";
import { functionAnnotations } from "./annotations.ts";
import { apiSchema } from "./api-schema.ts";
import { apiTests } from "./api-tests.ts";
import { architectureRecords } from "./architecture-records.ts";
import { attributes } from "./attributes.ts";
import { autoscaling } from "./autoscaling.ts";
import { availability } from "./availability.ts";
import { backgroundJobs } from "./background-jobs.ts";
import { binaryArtifacts } from "./binary-artifacts.ts";
import { blockingCalls } from "./blocking-calls.ts";
import { branchProtection } from "./branch-protection.ts";
import { cardNumbers } from "./card-numbers.ts";
import { changelog } from "./changelog.ts";
import { ci } from "./ci.ts";
import { claimedPythons } from "./claimed-pythons.ts";
import { cloudTemplates } from "./cloud-templates.ts";
import { codeAnalysis } from "./code-analysis.ts";
import { codeLoads } from "./code-loads.ts";
import { codeOwners } from "./code-owners.ts";
import { codeTools } from "./code-tools.ts";
import { codeqlWorkflow } from "./codeql-workflow.ts";
import { committedCredentials } from "./committed-credentials.ts";
import { committedSecrets } from "./committed-secrets.ts";
import { complianceScope } from "./compliance-scope.ts";
import { components } from "./components.ts";
import { composeFiles } from "./compose-files.ts";
import { containerRights } from "./container-rights.ts";
import { containerStarts } from "./container-starts.ts";
import { containerUsers } from "./container-users.ts";
import { contributionGuide } from "./contribution-guide.ts";
import { cookieEdits } from "./cookie-edits.ts";
import { coverage } from "./coverage.ts";
import { credentialExposures } from "./credential-exposures.ts";
import { crossOrigin } from "./cross-origin.ts";
import { currentActions } from "./current-actions.ts";
import { currentHooks } from "./current-hooks.ts";
import { dataStores } from "./data-stores.ts";
import { debugLeftovers } from "./debug-leftovers.ts";
import { debugModes } from "./debug-modes.ts";
import { demonstration } from "./demonstration.ts";
import { dependabotGaps } from "./dependabot-gaps.ts";
import { dependencies } from "./dependencies.ts";
import { dependencyScans } from "./dependency-scans.ts";
import { deploymentArtifacts } from "./deployment-artifacts.ts";
import { deployments } from "./deployments.ts";
import { developmentLists } from "./development-lists.ts";
import { disclosurePolicy } from "./disclosure-policy.ts";
import { dockerfiles } from "./dockerfiles.ts";
import { documentationSite } from "./documentation-site.ts";
import { documentedVariables } from "./documented-variables.ts";
import { documents } from "./documents.ts";
import { dynaconfFiles } from "./dynaconf-files.ts";
import { enginesInTests } from "./engines-in-tests.ts";
import { environmentFiles } from "./environment-files.ts";
import { environments } from "./environments.ts";
import { exactRequirements } from "./exact-requirements.ts";
import { exposedRunners } from "./exposed-runners.ts";
import type { ValueOf } from "./fact.ts";
import { fixedPins } from "./fixed-pins.ts";
import { freshHooks } from "./fresh-hooks.ts";
import { functions } from "./functions.ts";
import { gateways } from "./gateways.ts";
import { gitHooks } from "./git-hooks.ts";
import { githubSettings } from "./github-settings.ts";
import { goals } from "./goals.ts";
import { hardcodedSettings } from "./hardcoded-settings.ts";
import { hashChecks } from "./hash-checks.ts";
import { healthEndpoints } from "./health-endpoints.ts";
import { healthProbes } from "./health-probes.ts";
import { healthRoutes } from "./health-routes.ts";
import { heavyWork } from "./heavy-work.ts";
import { hollowGates } from "./hollow-gates.ts";
import { identities } from "./identities.ts";
import { ignoredPaths } from "./ignored-paths.ts";
import { imageBuilds } from "./image-builds.ts";
import { imageChecks } from "./image-checks.ts";
import { imageInstalls } from "./image-installs.ts";
import { imageUses } from "./image-uses.ts";
import { imageVersions } from "./image-versions.ts";
import { importPlaces } from "./import-places.ts";
import { imports } from "./imports.ts";
import { infrastructure } from "./infrastructure.ts";
import { iniFiles } from "./ini-files.ts";
import { instrumentation } from "./instrumentation.ts";
import { integrationTests } from "./integration-tests.ts";
import { inventories } from "./inventories.ts";
import { kubernetes } from "./kubernetes.ts";
import { leastPermissions } from "./least-permissions.ts";
import { licence } from "./licence.ts";
import { licenceEdits } from "./licence-edits.ts";
import { lintExclusions } from "./lint-exclusions.ts";
import { lintRules } from "./lint-rules.ts";
import { loadTests } from "./load-tests.ts";
import { lockDrift } from "./lock-drift.ts";
import { lockInstalls } from "./lock-installs.ts";
import { lockRivals } from "./lock-rivals.ts";
import { lockedVersions } from "./locked-versions.ts";
import { locks } from "./locks.ts";
import { logFiles, logging } from "./logging.ts";
import { maintenance } from "./maintenance.ts";
import { maskedChecks } from "./masked-checks.ts";
import { migrations } from "./migrations.ts";
import { missingAttestations } from "./missing-attestations.ts";
import { missingGates } from "./missing-gates.ts";
import { missingMigrationChecks } from "./missing-migration-checks.ts";
import { missingProbes } from "./missing-probes.ts";
import { missingVersions } from "./missing-versions.ts";
import { modelArtifacts } from "./model-artifacts.ts";
import { modelServing } from "./model-serving.ts";
import { monitoring } from "./monitoring.ts";
import { namedDistributions } from "./named-distributions.ts";
import { notebooks } from "./notebooks.ts";
import { openRequirements } from "./open-requirements.ts";
import { operation } from "./operation.ts";
import { ormMigrations } from "./orm-migrations.ts";
import { outboundRequests } from "./outbound-requests.ts";
import { outputStripping } from "./output-stripping.ts";
import { ownership } from "./ownership.ts";
import { packageMetadata } from "./package-metadata.ts";
import { packageSources } from "./package-sources.ts";
import { packages } from "./packages.ts";
import { pageTemplates } from "./page-templates.ts";
import { performanceClaims } from "./performance-claims.ts";
import { permissionEdits } from "./permission-edits.ts";
import { pipelineEngines } from "./pipeline-engines.ts";
import { platformFiles } from "./platform-files.ts";
import { preCommit } from "./pre-commit.ts";
import { probedPaths } from "./probed-paths.ts";
import { productionVariables } from "./production-variables.ts";
import { profile } from "./profile.ts";
import { publishedRequirements } from "./published-requirements.ts";
import { publishing } from "./publishing.ts";
import { pullTriggers } from "./pull-triggers.ts";
import { pyprojects } from "./pyprojects.ts";
import { pytestConfigs } from "./pytest-configs.ts";
import { pytestStrictness } from "./pytest-strictness.ts";
import { pythonClaim } from "./python-claim.ts";
import { pythonCoverage } from "./python-coverage.ts";
import { pythonFiles } from "./python-files.ts";
import { pythonUpdates } from "./python-updates.ts";
import { pythonUpgrades } from "./python-upgrades.ts";
import { pythonVersions } from "./python-versions.ts";
import { dbtTests, qualityChecks } from "./quality-checks.ts";
import { readme } from "./readme.ts";
import { readmeEssentials } from "./readme-essentials.ts";
import { regulatedSignals } from "./regulated-signals.ts";
import { releaseAttestations } from "./release-attestations.ts";
import { releaseGates } from "./release-gates.ts";
import { releaseInstalls } from "./release-installs.ts";
import { releases } from "./releases.ts";
import { reportsPolicy } from "./reports-policy.ts";
import { repositoryInfo } from "./repository-info.ts";
import { resourceMetrics } from "./resource-metrics.ts";
import { retiredPieces } from "./retired-pieces.ts";
import { reviewElsewhere } from "./review-elsewhere.ts";
import { reviewWorkflow } from "./review-workflow.ts";
import { rootlessImages } from "./rootless-images.ts";
import { routes } from "./routes.ts";
import { ruffConfigs } from "./ruff-configs.ts";
import { runbooks } from "./runbooks.ts";
import { schemaHistory } from "./schema-history.ts";
import { scriptInjections } from "./script-injections.ts";
import { secretAllowlists } from "./secret-allowlists.ts";
import { secretScans } from "./secret-scans.ts";
import { securityContexts } from "./security-contexts.ts";
import { sensitiveFields } from "./sensitive-fields.ts";
import { sensitiveLogs } from "./sensitive-logs.ts";
import { serverStarts } from "./server-starts.ts";
import { serviceTargets } from "./service-targets.ts";
import { shellCommands } from "./shell-commands.ts";
import { shippedTools } from "./shipped-tools.ts";
import { signingKeys } from "./signing-keys.ts";
import { siteEdits } from "./site-edits.ts";
import { sourceConfiguration } from "./source-configuration.ts";
import { sourceConnections } from "./source-connections.ts";
import { sourceImports } from "./source-imports.ts";
import { sourceSettings } from "./source-settings.ts";
import { sqlValues } from "./sql-values.ts";
import { startCommands } from "./start-commands.ts";
import { startScripts } from "./start-scripts.ts";
import { staticChecks } from "./static-checks.ts";
import { storeConnections } from "./store-connections.ts";
import { strictPytest } from "./strict-pytest.ts";
import { swallowedErrors } from "./swallowed-errors.ts";
import { syntaxErrors } from "./syntax-errors.ts";
import { targetFiles } from "./target-files.ts";
import { terraform } from "./terraform.ts";
import { testLayout } from "./test-layout.ts";
import { testRunners } from "./test-runners.ts";
import { testServices } from "./test-services.ts";
import { testWorkflow } from "./test-workflow.ts";
import { testedPythons } from "./tested-pythons.ts";
import { tlsChecks } from "./tls-checks.ts";
import { tokenPermissions } from "./token-permissions.ts";
import { toolCommands } from "./tool-commands.ts";
import { toolSettings } from "./tool-settings.ts";
import { transportHardening } from "./transport-hardening.ts";
import { typedMarkers } from "./typed-markers.ts";
import { untrustedCheckouts } from "./untrusted-checkouts.ts";
import { updateBots } from "./update-bots.ts";
import { updateCoverage } from "./update-coverage.ts";
import { updateSettings } from "./update-settings.ts";
import { versionLists } from "./version-lists.ts";
import { vulnerabilities } from "./vulnerabilities.ts";
import { weakCrypto } from "./weak-crypto.ts";
import { webSettings } from "./web-settings.ts";
import { webhooks } from "./webhooks.ts";
import { workflows } from "./workflows.ts";

/** Every fact by the name that rules ask for. */
export const facts = {
  codeqlWorkflow,
  demonstration,
  licenceEdits,
  lockInstalls,
  monitoring,
  acceptanceTests,
  actionReferences,
  apiSchema,
  apiTests,
  allowedHosts,
  agentSigns,
  architectureRecords,
  attributes,
  cardNumbers,
  changelog,
  backgroundJobs,
  binaryArtifacts,
  autoscaling,
  availability,
  blockingCalls,
  ci,
  claimedPythons,
  cloudTemplates,
  codeAnalysis,
  codeOwners,
  codeTools,
  committedCredentials,
  committedSecrets,
  complianceScope,
  components,
  containerRights,
  containerStarts,
  composeFiles,
  containerUsers,
  contributionGuide,
  coverage,
  cookieEdits,
  crossOrigin,
  currentActions,
  currentHooks,
  dataStores,
  credentialExposures,
  debugModes,
  dependabotGaps,
  dependencies,
  dependencyScans,
  deployments,
  deploymentArtifacts,
  developmentLists,
  disclosurePolicy,
  dockerfiles,
  documentedVariables,
  documentationSite,
  documents,
  dynaconfFiles,
  enginesInTests,
  environmentFiles,
  environments,
  exactRequirements,
  goals,
  functionAnnotations,
  fixedPins,
  freshHooks,
  functions,
  exposedRunners,
  gitHooks,
  healthEndpoints,
  healthProbes,
  healthRoutes,
  hollowGates,
  gateways,
  heavyWork,
  identities,
  ignoredPaths,
  imageBuilds,
  hardcodedSettings,
  hashChecks,
  imageChecks,
  imageInstalls,
  imageUses,
  importPlaces,
  imageVersions,
  imports,
  infrastructure,
  iniFiles,
  inventories,
  instrumentation,
  integrationTests,
  kubernetes,
  leastPermissions,
  licence,
  lockDrift,
  lintExclusions,
  lintRules,
  loadTests,
  lockRivals,
  locks,
  openRequirements,
  operation,
  ormMigrations,
  ownership,
  packageSources,
  logFiles,
  logging,
  maskedChecks,
  migrations,
  missingAttestations,
  missingGates,
  missingMigrationChecks,
  missingProbes,
  missingVersions,
  modelArtifacts,
  modelServing,
  namedDistributions,
  notebooks,
  pageTemplates,
  outputStripping,
  packageMetadata,
  packages,
  performanceClaims,
  permissionEdits,
  pipelineEngines,
  platformFiles,
  preCommit,
  probedPaths,
  productionVariables,
  profile,
  publishedRequirements,
  publishing,
  pullTriggers,
  pyprojects,
  pytestConfigs,
  pytestStrictness,
  pythonClaim,
  pythonCoverage,
  pythonFiles,
  pythonUpdates,
  pythonUpgrades,
  pythonVersions,
  dbtTests,
  qualityChecks,
  readme,
  readmeEssentials,
  regulatedSignals,
  releaseAttestations,
  releaseGates,
  releaseInstalls,
  releases,
  reportsPolicy,
  repositoryInfo,
  resourceMetrics,
  runbooks,
  retiredPieces,
  reviewWorkflow,
  rootlessImages,
  routes,
  ruffConfigs,
  schemaHistory,
  scriptInjections,
  secretAllowlists,
  secretScans,
  signingKeys,
  siteEdits,
  sourceConfiguration,
  sourceConnections,
  securityContexts,
  sensitiveFields,
  sourceImports,
  sourceSettings,
  startScripts,
  staticChecks,
  startCommands,
  serverStarts,
  sensitiveLogs,
  serviceTargets,
  shippedTools,
  codeLoads,
  debugLeftovers,
  outboundRequests,
  shellCommands,
  sqlValues,
  strictPytest,
  swallowedErrors,
  tlsChecks,
  weakCrypto,
  storeConnections,
  syntaxErrors,
  targetFiles,
  terraform,
  testLayout,
  testRunners,
  testServices,
  testWorkflow,
  testedPythons,
  tokenPermissions,
  toolCommands,
  toolSettings,
  transportHardening,
  untrustedCheckouts,
  updateBots,
  updateCoverage,
  typedMarkers,
  updateSettings,
  versionLists,
  webhooks,
  webSettings,
  workflows,
  branchProtection,
  githubSettings,
  lockedVersions,
  maintenance,
  reviewElsewhere,
  vulnerabilities,
  ignoredAdvisories,
};

/** The values that rules see. */
export type Facts = { readonly [Name in keyof typeof facts]: ValueOf<(typeof facts)[Name]> };
