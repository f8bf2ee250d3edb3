import { isOfficialImage } from "./official-images.ts";

/** Images that end with a USER other than root, by their publishers' word. */
const NON_ROOT =
  /(^|[:/._-])(nonroot|non-root|unprivileged|rootless|chiseled)([:@._-]|$)|^(cgr\.dev|dhi\.io)\/|\/chainguard\/|^((docker\.io\/)?(apache\/airflow|jupyter|bitnami(legacy)?|mambaorg|selenium|rayproject|locustio|grafana|prom)|quay\.io\/jupyter|quay\.io\/astronomer|astrocrpublic\.azurecr\.io)([/:]|$)|\/ubi\d+\/(python|nodejs|nginx|go-toolset)-|\/(ubi\d+-)?s2i-/i;
/** Images that are known to stay root, beside Docker's official ones. */
const ROOT =
  /^((docker\.io\/)?(nvidia\/cuda|continuumio|condaforge|pytorch|tensorflow|tiangolo|astral|google|nikolaik|balenalib|oven|amazon|rust|circleci\/python)\/?|ghcr\.io\/astral-sh\/uv|gcr\.io\/(distroless|google\.com\/cloudsdktool|google-appengine)\/|mcr\.microsoft\.com\/|nvcr\.io\/nvidia\/|public\.ecr\.aws\/(amazonlinux|ubuntu|debian)\/|(registry\.access\.redhat\.com\/|registry\.redhat\.io\/|redhat\/)(ubi|rhel)\d+(\/(ubi|rhel)\b|[:-]|$)|quay\.io\/(centos|fedora)\/)/i;

/** As which user an image from outside starts; undefined where that is not known. */
export function userOfBase(reference: string): "root" | "other" | undefined {
  if (NON_ROOT.test(reference)) return "other";
  return isOfficialImage(reference) || ROOT.test(reference) ? "root" : undefined;
}
