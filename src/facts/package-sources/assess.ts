/** What a place says of where packages come from. */
export interface SourceSetting {
  readonly kind: "index" | "extra-index" | "trusted-host" | "unverified" | "strategy";
  /** An address, a host, or the value of the setting. */
  readonly value: string;
  readonly path: string;
  readonly line: number;
  /** True where it serves development or tests, and nothing that is shipped. */
  readonly isForDevelopment: boolean;
}

/** Why a source cannot be trusted. */
export interface UntrustedSource {
  readonly path: string;
  readonly line: number;
  readonly sentence: string;
  /** True for what no stranger can use: the own machine, or a network of the development. */
  readonly isMinor: boolean;
}

/** Public indexes with names of their own, which everybody uses beside PyPI. */
const PUBLIC =
  /^(pypi\.org|files\.pythonhosted\.org|download\.pytorch\.org|download-r2\.pytorch\.org|data\.pyg\.org|pypi\.nvidia\.com|pypi\.ngc\.nvidia\.com|wheels\.vllm\.ai|pypi\.anaconda\.org|storage\.googleapis\.com|www\.piwheels\.org|wheels\.home-assistant\.io|[\w-]+\.github\.io|flashinfer\.ai|pypi\.tuna\.tsinghua\.edu\.cn|mirrors\.aliyun\.com|test\.pypi\.org)$/;
const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[?::1\]?|host\.docker\.internal)$/;
const INTERNAL =
  /^[^.]+$|\.(local|localdomain|internal|svc|cluster\.local|lan|test)$|^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/;

/** Whether a setting lets packages come from where they should not; `computed` where a variable decides. */
export function assess(setting: SourceSetting): UntrustedSource | "computed" | undefined {
  const { kind, value, path, line, isForDevelopment } = setting;
  const found = (sentence: string, isMinor: boolean): UntrustedSource => ({ path, line, sentence, isMinor });
  if (kind === "unverified") return found("The certificate of the index is not verified.", false);
  if (kind === "strategy")
    return /^unsafe-/.test(value)
      ? found(`\`${value}\` takes a package from whichever index has the highest version.`, false)
      : undefined;
  const host = hostOf(value);
  if (kind === "trusted-host")
    return value.includes("$")
      ? "computed"
      : found(`${value} is trusted without a valid certificate.`, LOCAL.test(host));
  if (/^http:\/\//i.test(value)) {
    if (host.includes("$")) return "computed";
    const isMinor = LOCAL.test(host) || (isForDevelopment && INTERNAL.test(host));
    return found(`Packages come from ${host} without encryption.`, isMinor);
  }
  if (kind !== "extra-index") return undefined;
  if (value.includes("$") || host === "") return "computed";
  if (PUBLIC.test(host) || LOCAL.test(host)) return undefined;
  return found(`pip asks ${host} and PyPI for every name, and takes the higher version.`, false);
}

/** True for an index that everybody may read, and where no project's private names are looked for. */
export function isPublicIndex(url: string): boolean {
  return PUBLIC.test(hostOf(url));
}

function hostOf(value: string): string {
  return /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]*)/i.exec(value)?.[1] ?? "";
}
