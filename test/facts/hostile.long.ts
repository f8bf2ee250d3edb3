import { expect, test } from "@jest/globals";
import { miniSnapshot } from "../support/mini-snapshot.ts";
import { AROUND, MAX_SECONDS, NAMES, PATTERNS, repeated, reviewed } from "./hostile-contents.ts";

/** The long form of what hostile.test.ts says of groups of files: each of them alone, among others that are in order. */
test.each(NAMES)("%s of any content is reviewed in time, and crashes no rule", async (name) => {
  for (const [start, pattern] of PATTERNS) {
    const { crashed, seconds } = await reviewed(miniSnapshot({ ...AROUND, [name]: repeated(start, pattern) }));
    expect({ pattern, crashed }).toEqual({ pattern, crashed: [] });
    expect({ pattern, isInTime: seconds < MAX_SECONDS, seconds }).toEqual({ pattern, isInTime: true, seconds });
  }
});
