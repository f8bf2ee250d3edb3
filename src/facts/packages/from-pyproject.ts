import type { DataNode } from "../formats/node.ts";
import type { Package, Part } from "./model.ts";

const PARTS: Readonly<Record<Part, { readonly project: readonly string[]; readonly poetry: readonly string[] }>> = {
  version: { project: ["version"], poetry: ["version"] },
  description: { project: ["description"], poetry: ["description"] },
  readme: { project: ["readme"], poetry: ["readme"] },
  license: { project: ["license", "license-files"], poetry: ["license"] },
  urls: { project: ["urls"], poetry: ["homepage", "repository", "documentation", "urls"] },
  "requires-python": { project: ["requires-python"], poetry: [] },
};

/** The package that a pyproject.toml describes, if it describes one. */
export function fromPyproject(path: string, data: DataNode): readonly Package[] {
  const project = data.get("project");
  const poetry = data.get("tool", "poetry");
  const name = (project?.get("name") ?? poetry?.get("name"))?.text;
  const isBuilt = data.has("build-system") || poetry?.has("name") === true;
  if (name === undefined && !isBuilt && !project && !poetry?.has("dependencies")) return [];
  const python = project?.get("requires-python") ?? poetry?.get("dependencies", "python");
  const classifiers = [...(project?.get("classifiers")?.texts ?? []), ...(poetry?.get("classifiers")?.texts ?? [])];
  const commands = [
    project?.get("scripts"),
    project?.get("gui-scripts"),
    poetry?.get("scripts"),
    data.get("tool", "flit", "scripts"),
  ].flatMap((table) => table?.entries ?? []);
  const isManaged =
    data.get("tool", "uv", "package")?.boolean !== false && poetry?.get("package-mode")?.boolean !== false;
  return [
    {
      path,
      line: data.lineOfKey("project") ?? data.get("tool")?.lineOfKey("poetry") ?? data.lineOfKey("build-system") ?? 1,
      name,
      version: (project?.get("version") ?? poetry?.get("version"))?.text,
      isBuilt: isBuilt && name !== undefined && isManaged,
      buildSystem: new Set(
        (["requires", "build-backend"] as const).filter((key) => data.get("build-system", key) !== undefined),
      ),
      classifiers,
      commands: commands.map(({ key }) => key),
      requiresPython: python?.text === undefined ? undefined : { text: python.text, line: python.line },
      states: statedBy(data, classifiers, python !== undefined),
      isComputed: false,
    },
  ];
}

function statedBy(data: DataNode, classifiers: readonly string[], hasPython: boolean): ReadonlySet<Part> {
  const project = data.get("project");
  const poetry = data.get("tool", "poetry");
  const dynamic = new Set(project?.get("dynamic")?.texts);
  const stated = (Object.entries(PARTS) as [Part, (typeof PARTS)[Part]][])
    .filter(
      ([, keys]) =>
        keys.project.some((key) => project?.has(key) || dynamic.has(key)) ||
        keys.poetry.some((key) => poetry?.has(key)),
    )
    .map(([part]) => part);
  // flit takes version and description from the module itself.
  const flit = data.get("tool", "flit", "metadata");
  return new Set<Part>([
    ...stated,
    ...(classifiers.some((one) => one.startsWith("License ::")) ? (["license"] as const) : []),
    ...(hasPython || flit?.has("requires-python") ? (["requires-python"] as const) : []),
    ...(flit ? (["version", "description"] as const) : []),
    ...(flit?.has("description-file") ? (["readme"] as const) : []),
    ...(flit?.has("home-page") || flit?.has("urls") ? (["urls"] as const) : []),
    ...(flit?.has("license") ? (["license"] as const) : []),
  ]);
}
