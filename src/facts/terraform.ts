import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { type HclBlock, parseHcl } from "./formats/hcl.ts";
import { type Backend, backendOf } from "./terraform/backend.ts";
import { isCalled, type PlacedBlock } from "./terraform/blocks.ts";
import { type Provider, providersOf } from "./terraform/providers.ts";
import { wrapperOf, wrappingOf } from "./terraform/terragrunt.ts";
import { folderOf, isAuxiliary, nameOf, type Tree } from "./tree.ts";

/** A folder of Terraform or OpenTofu files. */
export interface TerraformModule {
  readonly folder: string;
  readonly blocks: readonly PlacedBlock[];
  /** True where somebody runs it, rather than another module calling it. */
  readonly isRoot: boolean;
  /** Where its state is kept; undefined where nothing says so, which is beside the files. */
  readonly backend: Backend | undefined;
  /** The providers that it names. */
  readonly providers: readonly Provider[];
  readonly hasLock: boolean;
}

export interface Terraform {
  readonly modules: readonly TerraformModule[];
  /** State files that are tracked. */
  readonly states: readonly string[];
  readonly unread: readonly UnreadFile[];
}

const isSource = globs("**/*.{tf,tofu}");
const isTerragrunt = globs("**/{terragrunt,root}.hcl");
const isState = globs("**/*.tfstate", "**/*.tfstate.backup");
/** Files that are read of one repository. */
const MOST = 500;
/** Configurations of Terragrunt that every module is compared with. */
const MOST_WRAPPERS = 200;

/** The modules of Terraform and OpenTofu that the product has. */
export const terraform = defineFact({
  spans: "repository",
  reads: (path, tree) => (isSource(path) || isTerragrunt(path)) && tree.isFirstParty(path) && !isAuxiliary(path),
  select: (entries) => entries.slice(0, MOST),
  parse: ({ text }): readonly HclBlock[] => parseHcl(text).blocks,
  combine: ({ files, unread, tree }): Terraform => {
    const sources = files.filter(({ path }) => isSource(path));
    const wrappers = files
      .filter(({ path }) => isTerragrunt(path))
      .slice(0, MOST_WRAPPERS)
      .map(({ path, parsed }) => wrapperOf(path, parsed));
    const blocksByFolder = new Map(
      [...Map.groupBy(sources, ({ path }) => folderOf(path))].map(([folder, own]) => [
        folder,
        own.flatMap(({ path, parsed }) => parsed.map((block): PlacedBlock => ({ path, ...block }))),
      ]),
    );
    return {
      modules: [...blocksByFolder].map(([folder, blocks]) => {
        const wrapping = wrappingOf(folder, wrappers);
        const backend = backendOf(blocks) ?? wrapping.backend;
        const isRun = backend !== undefined || blocks.some(({ type }) => type === "provider");
        return {
          folder,
          blocks,
          isRoot: isRun && !isCalled(folder, blocksByFolder),
          backend,
          providers: providersOf(blocks, wrapping.generated),
          hasLock: [folder, ...wrapping.folders].some((one) => tree.has(inFolder(one, ".terraform.lock.hcl"))),
        };
      }),
      states: tree.paths.filter((path) => isState(path) && isProduct(path, tree)),
      unread,
    };
  },
});

function inFolder(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

function isProduct(path: string, tree: Tree): boolean {
  return tree.isFirstParty(path) && !isAuxiliary(path) && nameOf(path) !== "";
}
