import { rules } from "../../rules/index.ts";
import { reviewSnapshot } from "../../src/engine/review-snapshot.ts";
import { assess } from "../../src/policy/assess.ts";
import { defaultPolicy } from "../../src/policy/policy.ts";
import { createPythonReader } from "../../src/python/pool.ts";
import type { GitFiles } from "../sandbox/git-objects.ts";
import { miniSnapshot } from "../support/mini-snapshot.ts";

/** Repositories so small that a review of one costs next to nothing. */
export const CONTENTS = {
  sound: { "orders.py": "def total(prices):\n    return sum(prices)\n" },
  blocked: {
    "orders.py": "def total(prices):\n    return sum(prices)\n",
    Dockerfile: "FROM python:3.13-slim\nENV WAREHOUSE_TOKEN=wh-7f3a91c2-pine-harbour\nCMD python orders.py\n",
  },
  other: { "notes/today.txt": "Nothing is sold today.\n" },
} as const satisfies Readonly<Record<string, GitFiles>>;

export type Contents = keyof typeof CONTENTS;

/** What must come of a head that holds them. */
export interface Expected {
  readonly conclusion: string;
}

export type Expectations = Readonly<Record<Contents, Expected>>;

/** Judges each directly, by the engine alone: no queue, no network, no store. */
export async function judgeContents(): Promise<Expectations> {
  const python = createPythonReader({ threads: 1 });
  const date = new Date().toISOString().slice(0, 10);
  const judged: [Contents, Expected][] = [];
  for (const name of Object.keys(CONTENTS) as Contents[]) {
    const review = await reviewSnapshot(miniSnapshot(CONTENTS[name]), { rules, date, python });
    judged.push([name, { conclusion: assess(review, null, defaultPolicy).conclusion }]);
  }
  await python.close();
  return Object.fromEntries(judged) as unknown as Expectations;
}
