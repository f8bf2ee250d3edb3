import { parseJson } from "../formats/json.ts";
import type { DataNode } from "../formats/node.ts";
import { parseToml } from "../formats/toml.ts";
import { parseYamlDocument } from "../formats/yaml.ts";
import { normalised } from "../manifests/declaration.ts";

/** One version of a package as a lock holds it. */
export interface LockedVersion {
  /** Undefined where the source decides: a folder, a branch. */
  readonly version: string | undefined;
  /** True where an index provides it, so that the versions that are asked for say something. */
  readonly isIndexed: boolean;
}

/** What a lock file says. */
export interface LockContents {
  /** By normalised name; a lock for several environments holds several versions of one. */
  readonly packages: ReadonlyMap<string, readonly LockedVersion[]>;
  /** The hash of the manifest that the lock was made from, and its line. */
  readonly manifestHash: { readonly value: string; readonly line: number } | undefined;
  /** Names for which the project replaced or left out what is asked for. */
  readonly overridden: ReadonlySet<string>;
  /** The first line, in which some managers sign. */
  readonly signature: string;
}

type Format = "uv" | "poetry" | "pdm" | "pipenv" | "pylock" | "pixi";

/** Reads a lock of a known format. @throws FormatError */
export function readLock(format: Format, text: string): LockContents {
  const signature = text.slice(0, 200).split("\n", 1)[0] ?? "";
  if (format === "pipenv") return fromPipenv(parseJson(text), signature);
  if (format === "pixi") return fromPixi(parseYamlDocument(text), signature);
  const data = parseToml(text, Number.POSITIVE_INFINITY);
  const items = (data.get(format === "pylock" ? "packages" : "package")?.items ?? []).map((item) => ({
    name: item.get("name")?.text ?? "",
    version: item.get("version")?.text,
    isIndexed: isIndexed(format, item),
  }));
  const manifestHash = data.get("metadata", "content-hash") ?? data.get("metadata", "content_hash");
  return {
    packages: byName(items),
    manifestHash: recorded(manifestHash),
    overridden: new Set(
      ["overrides", "excludes"]
        .flatMap((key) => data.get("manifest", key)?.items ?? [])
        .flatMap((item) => item.get("name")?.text ?? item.text ?? [])
        .map(normalised),
    ),
    signature,
  };
}

function isIndexed(format: Format, item: DataNode): boolean {
  if (format === "pylock") return !["vcs", "directory", "archive"].some((key) => item.has(key));
  return format !== "uv" || item.get("source")?.has("registry") === true;
}

function fromPipenv(data: DataNode, signature: string): LockContents {
  const items = data.entries
    .filter(({ key }) => key !== "_meta")
    .flatMap(({ value }) => value.entries)
    .map(({ key, value }) => {
      const version = value.get("version")?.text?.replace(/^==/, "");
      return { name: key, version, isIndexed: version !== undefined };
    });
  const manifestHash = recorded(data.get("_meta", "hash", "sha256"));
  return { packages: byName(items), manifestHash, overridden: new Set(), signature };
}

/** Packages of conda carry name and version in the name of their archive. */
function fromPixi(data: DataNode | undefined, signature: string): LockContents {
  const items = (data?.get("packages")?.items ?? []).map((item) => {
    const archive = /([^/]+)-([^/-]+)-[^/-]+\.(?:conda|tar\.bz2)$/.exec(item.get("conda")?.text ?? "");
    const name = item.get("name")?.text ?? archive?.[1] ?? "";
    return { name, version: item.get("version")?.text ?? archive?.[2], isIndexed: item.has("pypi") };
  });
  return { packages: byName(items), manifestHash: undefined, overridden: new Set(), signature };
}

function byName(items: readonly (LockedVersion & { readonly name: string })[]): LockContents["packages"] {
  const named = items.filter(({ name }) => name !== "").map((item) => ({ ...item, name: normalised(item.name) }));
  return new Map(
    [...Map.groupBy(named, ({ name }) => name)].map(([name, all]) => [
      name,
      all.map(({ version, isIndexed }) => ({ version, isIndexed })),
    ]),
  );
}

function recorded(node: DataNode | undefined): LockContents["manifestHash"] {
  return node?.text === undefined ? undefined : { value: node.text.replace(/^sha256:/, ""), line: node.line };
}
