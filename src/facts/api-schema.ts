import { dependencies, runtimeOf } from "./dependencies.ts";
import { defineFact, globsAnyCase } from "./fact.ts";
import { routes } from "./routes.ts";
import { sourceImports } from "./source-imports.ts";

interface Place {
  readonly path: string;
  readonly line: number;
}

export interface ApiSchema {
  /** Where the contract of the API shows. */
  readonly signs: readonly (Place & { readonly says: string })[];
  /** Routes that answer with data. */
  readonly dataRoutes: readonly Place[];
}

const isSchema = globsAnyCase(
  "**/*{openapi,swagger,asyncapi}*.{yml,yaml,json}",
  "**/{openapi,swagger,asyncapi}/**/*.{yml,yaml,json}",
  "**/*.{graphql,graphqls,gql,proto,raml,apib}",
  "**/api-spec/**/*.{yml,yaml,json}",
);
/** Files that may be a schema by what they begin with. */
const mayBeSchema = globsAnyCase("**/*{api,spec,schema}*.{yml,yaml,json}");
const BEGINNING = /^\s*\{?\s*["']?(openapi|swagger|asyncapi)["']?\s*:/m;
const HEAD = 2000;
const MOST = 40;

/** What others' tools keep their own schemas in. */
const NOT_OURS = /(^|\/)(node_modules|vendor|static|frontend|client|web|ui)\/.*\.(graphql|gql)$/;
const GENERATES =
  /^(drf-spectacular|drf-yasg2?|drf-openapi3?|django-ninja(-extra)?|ninja|apispec|flask-(smorest|apispec|restx|restplus|openapi3|rebar|pydantic-spec)|flasgger|apiflask|connexion|spectree|fastapi|litestar|starlite|aiohttp-(apispec|swagger|pydantic)|tornado-swagger|sanic-ext|sanic-openapi|strawberry-graphql.*|graphene.*|ariadne.*|quart-schema|grpcio|robyn|blacksheep|chalice-spec|coreapi|djangorestframework-jsonapi)$/;
const MODULES = [
  "drf_spectacular",
  "drf_yasg",
  "ninja",
  "apispec",
  "flask_smorest",
  "flask_restx",
  "flasgger",
  "apiflask",
  "connexion",
  "strawberry",
  "graphene",
  "ariadne",
  "spectree",
  "rest_framework.schemas",
];
const DESCRIBES = /^(fastapi|litestar|starlite|ninja|ninja_extra|apiflask|flask_restx|flask_restplus|connexion)\b/;

/** The contract of the API: a schema that is kept, or one that the framework makes. */
export const apiSchema = defineFact({
  uses: { routes, dependencies, sourceImports },
  readsBeginnings: true,
  reads: (path, tree) => mayBeSchema(path) && !isSchema(path) && tree.isFirstParty(path),
  select: (entries) => entries.slice(0, MOST),
  parse: ({ text }): boolean => BEGINNING.test(text.slice(0, HEAD)),
  combine: ({ files, tree, uses }): ApiSchema => {
    const kept = [
      ...tree.paths.filter((path) => isSchema(path) && tree.isFirstParty(path) && !NOT_OURS.test(path)),
      ...files.filter(({ parsed }) => parsed).map(({ path }) => path),
    ];
    const hidden = uses.routes.routers.filter(({ hidesSchema }) => hidesSchema);
    const made = uses.routes.routers.filter((router) => DESCRIBES.test(router.made) && !hidden.includes(router));
    const generators = [...runtimeOf(uses.dependencies)].filter(
      ([name]) => GENERATES.test(name) && !(name === "fastapi" && hidden.length > 0),
    );
    return {
      signs: [
        ...kept.map((path) => ({ path, line: 1, says: "A schema is kept here." })),
        ...generators.map(([name, { path, line }]) => ({ path, line, says: `${name} makes the schema.` })),
        ...uses.sourceImports
          .of(...MODULES)
          .map(({ path, line, name }) => ({ path, line, says: `${name} makes the schema.` })),
        ...made.map(({ path, line, made: name }) => ({ path, line, says: `${name} makes the schema.` })),
      ],
      dataRoutes: uses.routes.all
        .filter(({ returnsData, made: by, url }) => returnsData || DESCRIBES.test(by ?? "") || /\/api(\/|$)/.test(url))
        .map(({ path, line }) => ({ path, line })),
    };
  },
});
