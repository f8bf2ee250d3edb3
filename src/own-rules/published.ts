import type { Dependencies } from "../facts/dependencies.ts";
import type { Dockerfiles } from "../facts/dockerfiles.ts";
import type { UnreadFile } from "../facts/fact.ts";
import type { Facts } from "../facts/index.ts";
import type { ProfileFound } from "../facts/profile.ts";
import type { Workflows } from "../facts/workflows.ts";
import type { Documents } from "./documents.ts";
import { plain } from "./plain.ts";

/** What is published of one fact: plain values, and what of it could not be read. */
interface Published {
  /** Its type in CEL. */
  readonly type: string;
  /** The fact that it is made of; undefined for those that own rules bring along. */
  readonly need?: keyof Facts;
  of(fact: never): { readonly value: unknown; readonly unread: readonly UnreadFile[] };
}

/** What expressions may look at, by name. What stands here is a promise: names and shapes only ever grow. */
export const published: Readonly<Record<string, Published>> = {
  files: { type: "list<string>", of: (paths: readonly string[]) => ({ value: paths, unread: [] }) },
  documents: {
    type: "list",
    of: ({ files, unread }: Documents) => ({
      value: files.map(({ path, data }) => ({ path, line: data.line, data: plain(data) })),
      unread,
    }),
  },
  profile: { type: "string", need: "profile", of: ({ id }: ProfileFound) => ({ value: id, unread: [] }) },
  dependencies: {
    type: "list",
    need: "dependencies",
    of: ({ manifests, unread }: Dependencies) => ({
      value: manifests.flatMap(({ path, declarations }) =>
        declarations.map(({ name, group, constraint, line }) => ({ name, group, constraint, path, line })),
      ),
      unread,
    }),
  },
  images: {
    type: "list",
    need: "dockerfiles",
    of: ({ files, unread }: Dockerfiles) => ({
      value: files.map(({ path, purpose, shipped: { origin, user } }) => ({
        path,
        line: origin.line,
        purpose,
        base: "reference" in origin ? origin.reference : "",
        user: user?.value ?? "",
      })),
      unread,
    }),
  },
  steps: {
    type: "list",
    need: "workflows",
    of: ({ files, unread }: Workflows) => ({
      value: files.flatMap(({ path, triggers, jobs }) =>
        jobs.flatMap(({ id, steps }) =>
          steps.map(({ line, node, run }) => ({
            path,
            line,
            job: id,
            events: [...triggers.keys()],
            uses: node.get("uses")?.text ?? "",
            run: run?.text ?? "",
          })),
        ),
      ),
      unread,
    }),
  },
};
