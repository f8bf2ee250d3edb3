import { defineFact, globs } from "./fact.ts";
import { isAuxiliary } from "./tree.ts";

interface Place {
  readonly path: string;
  readonly line: number;
}

export interface Gateways {
  /** Where something before the service asks who sends a request. */
  readonly authentication: Place | undefined;
  /** Where the platform or the database records what is done. */
  readonly audit: Place | undefined;
}

const isConfiguration = globs(
  "**/{compose,docker-compose}*.{yml,yaml}",
  "**/*.{tf,conf}",
  "**/{template,serverless,samconfig}.{yml,yaml}",
  "**/{k8s,kubernetes,kube,deploy*,helm*,chart*,kustomize,manifests,infra*,istio*,kubernetes-manifests,nginx,traefik}/**/*.{yml,yaml,json,tpl}",
);
const AUTHENTICATION =
  /nginx\.ingress\.kubernetes\.io\/auth-|kind:\s*(AuthorizationPolicy|RequestAuthentication|SecurityPolicy)\b|oauth2-proxy|forwardauth|\bauth_request\b|\bauth_basic\b|aws_api_gateway_authorizer|aws_apigatewayv2_authorizer|authenticate-(cognito|oidc)|DefaultAuthorizer|alb\.ingress\.kubernetes\.io\/auth-|google_iap_|authelia|authentik/i;
const AUDIT = /pgaudit|aws_cloudtrail\b|AWS::CloudTrail::Trail|google_logging_\w+_sink|audit_log_config/i;

/** What stands before a service and around it: gateways that ask for an identity, trails of a platform. */
export const gateways = defineFact({
  spans: "repository",
  reads: (path, tree) => isConfiguration(path) && tree.isFirstParty(path) && !isAuxiliary(path),
  parse: ({ text }) => ({ authentication: lineOf(AUTHENTICATION, text), audit: lineOf(AUDIT, text) }),
  combine: ({ files }): Gateways => {
    const first = (kind: "authentication" | "audit"): Place | undefined =>
      files.flatMap(({ path, parsed }) => (parsed[kind] === undefined ? [] : [{ path, line: parsed[kind] }]))[0];
    return { authentication: first("authentication"), audit: first("audit") };
  },
});

function lineOf(pattern: RegExp, text: string): number | undefined {
  const index = text.search(pattern);
  return index < 0 ? undefined : text.slice(0, index).split("\n").length;
}
