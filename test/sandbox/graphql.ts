import { buildSchema, graphqlSync } from "graphql";
import type { Repository } from "./state.ts";

/** The part of GitHub's GraphQL schema that is asked for. */
const schema = buildSchema(`
  type Query { repository(owner: String!, name: String!): Repository }
  type Repository { object(oid: String, expression: String): GitObject }
  interface GitObject { oid: String! }
  type Blob implements GitObject { oid: String! text: String byteSize: Int! isBinary: Boolean isTruncated: Boolean! }
  type Commit implements GitObject { oid: String! }
`);
/** GitHub cuts the text of larger blobs. */
const CUT_AT = 512_000;

/** Answers a query over the repositories that the token may see. */
export function answerQuery(body: unknown, visible: (owner: string, name: string) => Repository | undefined): unknown {
  const { query, variables } = body as { query: string; variables?: Record<string, unknown> };
  return graphqlSync({
    schema,
    source: query,
    ...(variables ? { variableValues: variables } : {}),
    rootValue: {
      repository: ({ owner, name }: { owner: string; name: string }) => {
        const repository = visible(owner, name);
        return repository ? { object: ({ oid }: { oid?: string }) => objectOf(repository, oid ?? "") } : null;
      },
    },
  });
}

function objectOf({ git }: Repository, oid: string) {
  const blob = git.blobs.get(oid);
  if (!blob) return git.commits.has(oid) ? { __typename: "Commit", oid } : null;
  const isBinary = blob.includes(0);
  const text = blob.toString("utf8");
  return {
    __typename: "Blob",
    oid,
    byteSize: blob.byteLength,
    isBinary,
    isTruncated: blob.byteLength > CUT_AT,
    text: isBinary ? null : text.slice(0, CUT_AT),
  };
}
