import type { TreeEntry } from "../snapshot/snapshot.ts";
import { isDockerfile } from "./dockerfiles.ts";
import { defineFact, globsAnyCase, type UnreadFile } from "./fact.ts";
import { nameOf } from "./tree.ts";

export interface DocumentedVariables {
  /** Every name in capitals that documents, examples and manifests hold. */
  readonly names: ReadonlySet<string>;
  /** The example of an environment file. */
  readonly example: string | undefined;
  readonly unread: readonly UnreadFile[];
}

const isEnvironment = globsAnyCase("**/{.env,env,dotenv}*", "**/*.env", "**/*.env.*", "**/.envs/**", "**/.envrc*");
const isDocument = globsAnyCase("**/*.{md,mdx,rst,adoc}", "**/{README,INSTALL,CONFIGURATION}*");
const isManifest = globsAnyCase(
  "**/{docker-compose,compose}*.{yml,yaml}",
  "**/values*.{yml,yaml}",
  "**/*.tf",
  "**/*{config-map,configmap,deployment,task-definition,taskdef}*.{yml,yaml,json}",
  "**/{app.json,app.yaml,fly.toml,render.yaml,serverless.yml,template.yaml,template.yml,manifest.yml,heroku.yml}",
  "**/*{example,sample,template,dist}*.{toml,ini,cfg,conf,yml,yaml,json,env}",
);
const OTHER =
  /(^|\/)(changelog|changes|history|news|releases?)[^/]*$|\.(png|svg|jpg|py|js|ts|lock)$|(^|\/)(environments?|envs?)\.ya?ml$/i;
/** Documents that are read of one repository, those about settings and nearest to the root first. */
const MOST = 250;
const ABOUT_SETTINGS = /env|config|setting|variable|deploy|install|setup|readme|develop|contribut|docker|compose/i;
/** Names that are taken from one file. */
const MOST_NAMES = 5000;
const NAME = /(?<![A-Za-z0-9_])[A-Z][A-Z0-9_]{1,80}(?![A-Za-z0-9_])/g;
/** Names of any case, where a line sets them. */
const SET = /^[ \t]{0,20}#?[ \t]{0,20}(?:export[ \t]{1,9})?([A-Za-z_]\w{1,80})[ \t]{0,20}=/gm;

/** The variables that the documents, examples and manifests of a repository name. */
export const documentedVariables = defineFact({
  spans: "repository",
  readsBeginnings: true,
  reads: (path, tree) => isSource(path) && tree.isFirstParty(path),
  select: (entries) =>
    entries
      .map((entry) => ({ entry, rank: rank(entry) }))
      .sort((a, b) => a.rank - b.rank || (a.entry.path < b.entry.path ? -1 : 1))
      .slice(0, MOST)
      .map(({ entry }) => entry),
  parse: ({ path, text }): readonly string[] => {
    const inCapitals = [...text.matchAll(NAME)].map(([name]) => name);
    const set = isEnvironment(path) ? [...text.matchAll(SET)].map(([, name = ""]) => name.toUpperCase()) : [];
    return [...new Set([...set, ...inCapitals])].slice(0, MOST_NAMES);
  },
  combine: ({ files, unread, tree }): DocumentedVariables => ({
    names: new Set(files.flatMap(({ parsed }) => parsed)),
    example: tree.paths.find((path) => isExample(path) && tree.isFirstParty(path)),
    unread,
  }),
});

function isSource(path: string): boolean {
  if (OTHER.test(path)) return false;
  return isEnvironment(path) || isDocument(path) || isManifest(path) || isDockerfile(path);
}

function isExample(path: string): boolean {
  return isEnvironment(path) && !OTHER.test(path) && /example|sample|template|dist|default/i.test(nameOf(path));
}

function rank({ path }: TreeEntry): number {
  const depth = Math.min(path.split("/").length, 20);
  return (isEnvironment(path) || isManifest(path) ? 0 : 20) + (ABOUT_SETTINGS.test(path) ? 0 : 40) + depth;
}
