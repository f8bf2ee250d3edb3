import { expect, test } from "@jest/globals";
import { satisfies, validRange } from "@renovatebot/pep440";

/** What locks are compared by: PEP 440 as the library reads it, in the cases that are easily got wrong. */
test.each([
  ["1.10", ">=1.9", true],
  ["2.0.0", "==2", true],
  ["2.0.post1", ">2.0", false],
  ["2.1", "==2.*", true],
  ["2.10.1", "~=2.2", true],
  ["3.0", "~=2.2", false],
  ["2.2.5", "~=2.2.1", true],
  ["2.3", "~=2.2.1", false],
  ["2.7.0+cu126", "==2.7.0", true],
  ["2.7.0", "==2.7.0+cu126", false],
  ["5.0rc1", ">=4.2", true],
  ["5.0rc1", "<5.0", false],
  ["5.0rc1", ">=5.0rc1,<6", true],
  ["1!1.0", ">=2024", true],
  ["1.9.1", ">=1.6,!=1.9.*", false],
  ["2025.8.3", ">=2017.4.17", true],
  ["v1.0", "===v1.0", true],
])("%s and %s: %s", (version, range, allowed) => {
  expect(validRange(range)).toBe(true);
  expect(satisfies(version, range, { prereleases: true })).toBe(allowed);
});

test.each(["^5.2", "~5", "5.2", ">=5,,", "latest"])("%s is no range", (range) => {
  expect(validRange(range)).toBe(false);
});
