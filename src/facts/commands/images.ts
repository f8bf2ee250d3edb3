/** What a command does with a container image. */
export type ImagePurpose = "image-build" | "image-scan";

/** Compose builds what it starts, where a service says how. */
const BUILDS_IMAGE =
  /^(\S*docker|\S*podman|nerdctl|\S*buildah|img|\$[({]?\w*(DOCKER|PODMAN|CONTAINER|OCI)\w*[)}]?)( --?\S+)* (build|image build|builder build|buildx (build|bake)|bud|compose( --?\S+( \S+\.ya?ml)?)* (build|up|run|create))\b|^\S*(docker|podman)-compose( --?\S+( \S+\.ya?ml)?)* (build|up|run|create)\b|^\S*kaniko\/executor\b|^(pack|skaffold|earthly) (build|run|\+)|^gcloud (builds submit|run deploy .*--source)|^az acr build|^fly(ctl)? deploy|^heroku container:push/;
const SCANS_IMAGE =
  /^\S*trivy( --?\S+)* (image|i)\b|^grype (?!dir:|sbom:|file:)|^docker (scout|scan)\b|^snyk container\b|\baquasec\/trivy\S*( --?\S+)* image\b|\banchore\/grype\b|^clair(ctl|-scanner)\b|^gcloud artifacts docker images scan\b|^aws ecr (start-image-scan|describe-image-scan-findings)\b/;

/** Whether a whole command builds an image, or looks for vulnerabilities in one. */
export function imagePurposesOf(command: string): readonly ImagePurpose[] {
  return [
    ...(BUILDS_IMAGE.test(command) ? (["image-build"] as const) : []),
    ...(SCANS_IMAGE.test(command) ? (["image-scan"] as const) : []),
  ];
}
