import type { Judgement, Peer, Verdict } from "./peer.ts";

interface Report {
  readonly checks: Readonly<Record<string, { readonly description: string; readonly result: boolean | null }>>;
}

/**
 * What we compare of its checks. Two of them that ask for the same in two places are joined: the
 * project does it when it does it in either.
 */
const ASKED = [
  "PY001",
  "PY002",
  "PY003",
  "PY005",
  "PY006",
  "PP004",
  "PP301",
  "PP305",
  "PP307",
  "GH100",
  "GH105",
  "GH200",
  "RF001 or PC190",
  "RF101",
  "RTD101",
  "PC110",
  "MY100 or PC140",
  "SEC001",
] as const;

/** Scientific Python's review of a repository's set-up, by the files in its root. */
export const spRepoReview: Peer = {
  name: "sp-repo-review",
  async judge(start, folder) {
    return readSpRepoReview(await start(["--format", "json", folder], folder));
  },
};

/** @param json what `sp-repo-review --format json` prints of one folder. */
export function readSpRepoReview(json: string): readonly Judgement[] {
  const { checks } = JSON.parse(json) as Report;
  return ASKED.map((check): Judgement => {
    const parts = check.split(" or ").flatMap((name) => checks[name] ?? []);
    return {
      check,
      path: null,
      verdict: verdictOf(parts.map(({ result }) => result)),
      says: parts.map(({ description }) => description).join(", or "),
    };
  });
}

function verdictOf(results: readonly (boolean | null)[]): Verdict {
  if (results.includes(true)) return "pass";
  return results.includes(false) ? "fail" : "none";
}
