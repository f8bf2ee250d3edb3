import type { LineReviews } from "../publish/suggest.ts";
import { octokitFor } from "./octokit.ts";
import type { Connection } from "./requests.ts";

/** The calls about the lines of a pull request. */
export function lineReviews(
  connection: Connection,
  { owner, name: repo }: { readonly owner: string; readonly name: string },
): LineReviews {
  const octokit = octokitFor(connection);
  const { pulls } = octokit.rest;
  const of = (pull_number: number) => ({ owner, repo, pull_number });
  return {
    async shownLines(number) {
      const files = await octokit.paginate(pulls.listFiles, { ...of(number), per_page: 100 });
      return new Map(files.map(({ filename, patch }) => [filename, linesShownIn(patch ?? "")]));
    },

    async botReviews(number) {
      const all = await octokit.paginate(pulls.listReviews, { ...of(number), per_page: 100 });
      return all.flatMap(({ user, body }) => (user?.type === "Bot" ? [body] : []));
    },

    async review(number, { headSha, body, comments }) {
      await pulls.createReview({
        ...of(number),
        commit_id: headSha,
        event: "COMMENT",
        body,
        comments: comments.map(({ path, from, to, body: said }) => ({
          path,
          body: said,
          line: to,
          side: "RIGHT",
          ...(from < to && { start_line: from, start_side: "RIGHT" }),
        })),
      });
    },
  };
}

/** The lines of the new file that a patch shows, as the heads of its hunks tell: `@@ -1,2 +3,4 @@`. */
function linesShownIn(patch: string): readonly (readonly [number, number])[] {
  return [...patch.matchAll(/^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/gm)].map(([, start, length]) => [
    Number(start),
    Number(start) + Number(length ?? 1) - 1,
  ]);
}
