import { parseJson } from "../formats/json.ts";
import type { DataNode } from "../formats/node.ts";
import { parseTomlLock } from "../formats/toml.ts";
import { parseYamlDocument } from "../formats/yaml.ts";
import { normalised } from "../manifests/declaration.ts";
import { shippedIn } from "./shipped.ts";

/** One version of a package as a lock holds it. */
export interface LockedVersion {
  /** Undefined where the source decides: a folder, a branch. */
  readonly version: string | undefined;
  /** True where an index provides it, so that the versions that are asked for say something. */
  readonly isIndexed: boolean;
  readonly line: number;
  /** False for what only development needs, or a desktop's operating system. */
  readonly isShipped: boolean;
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
  const data = parseTomlLock(text);
  const packages = data.get(format === "pylock" ? "packages" : "package")?.items ?? [];
  const isShipped = shippedIn(format, packages);
  const items = packages.map((item) => ({
    name: item.get("name")?.text ?? "",
    version: item.get("version")?.text,
    isIndexed: isIndexed(format, item),
    line: item.get("name")?.line ?? item.line,
    isShipped: isShipped(item),
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
  if (format === "pdm") return !["git", "path", "url"].some((key) => item.has(key));
  if (format === "poetry") return !/^(git|directory|file|url)$/.test(item.get("source", "type")?.text ?? "");
  return item.get("source")?.has("registry") === true;
}

function fromPipenv(data: DataNode, signature: string): LockContents {
  const items = data.entries
    .filter(({ key }) => key !== "_meta")
    .flatMap(({ key, value }) => value.entries.map((entry) => ({ ...entry, isShipped: key === "default" })))
    .map(({ key, value, line, isShipped }) => {
      const version = value.get("version")?.text?.replace(/^==/, "");
      return { name: key, version, isIndexed: version !== undefined, line, isShipped };
    });
  const manifestHash = recorded(data.get("_meta", "hash", "sha256"));
  return { packages: byName(items), manifestHash, overridden: new Set(), signature };
}

/** Packages of conda carry name and version in the name of their archive. */
function fromPixi(data: DataNode | undefined, signature: string): LockContents {
  const items = (data?.get("packages")?.items ?? []).map((item) => {
    const archive = /([^/]+)-([^/-]+)-[^/-]+\.(?:conda|tar\.bz2)$/.exec(item.get("conda")?.text ?? "");
    const name = item.get("name")?.text ?? archive?.[1] ?? "";
    const version = item.get("version")?.text ?? archive?.[2];
    return { name, version, isIndexed: item.has("pypi"), line: item.line, isShipped: true };
  });
  return { packages: byName(items), manifestHash: undefined, overridden: new Set(), signature };
}

function byName(items: readonly (LockedVersion & { readonly name: string })[]): LockContents["packages"] {
  const named = items.filter(({ name }) => name !== "").map((item) => ({ ...item, name: normalised(item.name) }));
  return new Map(
    [...Map.groupBy(named, ({ name }) => name)].map(([name, all]) => [
      name,
      all.map(({ name: _, ...version }) => version),
    ]),
  );
}

function recorded(node: DataNode | undefined): LockContents["manifestHash"] {
  return node?.text === undefined ? undefined : { value: node.text.replace(/^sha256:/, ""), line: node.line };
}
