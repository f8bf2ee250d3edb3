import type { DataNode } from "../formats/node.ts";
import { type InstallCommand, installsIn } from "../installs/command.ts";
import { isPublicIndex, type SourceSetting } from "./assess.ts";

type Setting = Pick<SourceSetting, "kind" | "value" | "line">;

/** Options of pip and uv that say where packages come from. */
const OPTIONS: Readonly<Record<string, Setting["kind"]>> = {
  "--index-url": "index",
  "--find-links": "index",
  "--index": "index",
  "--extra-index-url": "extra-index",
  "--trusted-host": "trusted-host",
  "--allow-insecure-host": "trusted-host",
  "--index-strategy": "strategy",
};
/** The same as variables; uv's further indexes come first, so that its extra ones are safe. */
const VARIABLES: Readonly<Record<string, Setting["kind"]>> = {
  PIP_INDEX_URL: "index",
  PIP_FIND_LINKS: "index",
  PIP_EXTRA_INDEX_URL: "extra-index",
  PIP_TRUSTED_HOST: "trusted-host",
  UV_INDEX_URL: "index",
  UV_DEFAULT_INDEX: "index",
  UV_INDEX: "index",
  UV_EXTRA_INDEX_URL: "index",
  UV_FIND_LINKS: "index",
  UV_INSECURE_HOST: "trusted-host",
  UV_INDEX_STRATEGY: "strategy",
};

/** The sources that an installation names. */
export function inCommand({ options, text }: InstallCommand, line: number): readonly Setting[] {
  const isUv = /^uv\b/.test(text);
  const found = [...options].flatMap(([name, values]) => {
    const kind = OPTIONS[name];
    if (kind === undefined) return [];
    return values.flatMap((value) => setting(isUv && kind === "extra-index" ? "index" : kind, value, line));
  });
  return withoutHarmlessStrategy(found);
}

/** Between public indexes alone no private name can be taken over. */
function withoutHarmlessStrategy(settings: readonly Setting[]): readonly Setting[] {
  const urls = settings.filter(({ kind }) => kind === "index" || kind === "extra-index");
  const isHarmless = urls.length > 0 && urls.every(({ value }) => isPublicIndex(value));
  return settings.filter(({ kind }) => kind !== "strategy" || !isHarmless);
}

/** The options in a requirements file, as pip reads them. */
export function inOptions(options: readonly { readonly text: string; readonly line: number }[]): readonly Setting[] {
  return options.flatMap(({ text, line }) =>
    installsIn(`pip install ${text.replace(/[;|&]/g, " ")}`).flatMap((command) => inCommand(command, line)),
  );
}

/** A variable of an image or a job. */
export function inVariable(name: string, value: string, line: number): readonly Setting[] {
  const kind = VARIABLES[name];
  return kind ? setting(kind, value, line) : [];
}

/** The tables of Poetry, PDM and uv in pyproject.toml, and of uv.toml. */
export function inPyproject(data: DataNode): readonly Setting[] {
  const sources = ["poetry", "pdm"].flatMap((tool) => data.get("tool", tool, "source")?.items ?? []);
  return [...inSources(sources), ...inUv(data.get("tool", "uv"))];
}

/** `[[source]]` of Poetry, PDM and Pipenv. */
export function inSources(sources: readonly DataNode[]): readonly Setting[] {
  return sources.flatMap((source) => [
    ...setting("index", source.get("url")?.text ?? "", source.get("url")?.line ?? source.line),
    ...(source.get("verify_ssl")?.boolean === false
      ? [{ kind: "unverified" as const, value: "verify_ssl", line: source.lineOfKey("verify_ssl") ?? source.line }]
      : []),
  ]);
}

export function inUv(data: DataNode | undefined): readonly Setting[] {
  const named = (data?.get("index")?.items ?? []).map((index) => index.get("url"));
  const listed = ["index-url", "extra-index-url", "find-links"].flatMap((key) => data?.get(key)?.listed ?? []);
  const hosts = data?.get("allow-insecure-host")?.listed ?? [];
  const strategy = data?.get("index-strategy");
  return withoutHarmlessStrategy([
    ...[...named, ...listed].flatMap((node) => (node?.text ? setting("index", node.text, node.line) : [])),
    ...hosts.flatMap(({ text, line }) => setting("trusted-host", text ?? "", line)),
    ...(strategy?.text ? setting("strategy", strategy.text, strategy.line) : []),
  ]);
}

/** pip.conf, whose keys are options without their dashes. */
export function inPipConf(data: DataNode): readonly Setting[] {
  return data.entries.flatMap(({ value: section }) =>
    section.entries.flatMap(({ key, value, line }) => {
      const kind = OPTIONS[`--${key}`];
      return kind ? setting(kind, value.text ?? "", line) : [];
    }),
  );
}

function setting(kind: Setting["kind"], values: string, line: number): readonly Setting[] {
  return values
    .split(/\s+/)
    .filter(Boolean)
    .map((value) => ({ kind, value, line }));
}
