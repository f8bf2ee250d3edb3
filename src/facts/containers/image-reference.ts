/** A container image as it is referred to. */
export interface ImageReference {
  /** Host and port; undefined means Docker Hub. */
  readonly registry: string | undefined;
  /** Without registry, tag and digest. */
  readonly repository: string;
  /** The last segment of the repository. */
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** The parts of `registry/repository:tag@digest`. */
export function parseImageReference(reference: string): ImageReference {
  const [beforeDigest = "", digest] = reference.trim().split(/@(.*)/s);
  const slash = beforeDigest.indexOf("/");
  const first = slash < 0 ? "" : beforeDigest.slice(0, slash);
  const isHost = /[.:]/.test(first) || first === "localhost";
  const path = isHost ? beforeDigest.slice(slash + 1) : beforeDigest;
  const colon = path.lastIndexOf(":");
  const repository = colon < 0 ? path : path.slice(0, colon);
  return {
    registry: isHost ? first : undefined,
    repository,
    name: repository.slice(repository.lastIndexOf("/") + 1),
    tag: colon < 0 ? undefined : path.slice(colon + 1),
    digest: digest || undefined,
  };
}

/** How firmly a reference names one image: by content, by a specific version, or by a name that moves. */
export type Pinning = "digest" | "version" | "floating";

/** Images whose one-number tags are releases that only take fixes. */
const WHOLE_NUMBERED =
  /^(postgres|openjdk|eclipse-temurin|amazoncorretto|sapmachine|ibm-semeru-runtimes|postgis|pgvector|debian|rockylinux|almalinux|centos|fedora|amazonlinux|oraclelinux|rhel\d*|ubi\d*(-minimal|-micro)?)$/;
/** Images whose code names are versions. */
const CODE_NAMED = /^(debian|ubuntu|buildpack-deps)$/;
const CODE_NAME = /^(buster|bullseye|bookworm|trixie|forky|bionic|focal|jammy|noble|plucky|questing)(-|$)/;
const MOVING = /^(latest|stable|edge|nightly|main|master|dev|develop|current|lts|rolling|unstable|head)(-|$)/i;
/** `3.13-slim`, `v1.2`, `release-1.2`, `python3.12-bookworm`: in `3-alpine3.20` the minor version is another's. */
const MINOR_VERSION = /^[a-z]*[-_]?v?\d+[._]\d+/i;
const DATE_OR_BUILD = /(^|[-_.bv])\d{3,}([-_.]|$)/;
const COMMIT = /(^|[-_])(?=[a-f]*\d)[0-9a-f]{7,40}$/i;

/** @returns how firmly it is pinned: a tag needs a minor version, a date or a commit to be specific. */
export function pinningOf({ tag, digest, name, repository }: ImageReference): Pinning {
  if (digest && /^sha\d+:[0-9a-f]{32,}$/i.test(digest)) return "digest";
  if (!tag) return "floating";
  if (DATE_OR_BUILD.test(tag) || COMMIT.test(tag)) return "version";
  if (MOVING.test(tag)) return "floating";
  if (MINOR_VERSION.test(tag)) return "version";
  // The images of functions have no more specific tags.
  if ((WHOLE_NUMBERED.test(name) || /^lambda\//.test(repository)) && /^(pg)?\d+(-|$)/.test(tag)) return "version";
  return CODE_NAMED.test(name) && CODE_NAME.test(tag) ? "version" : "floating";
}
