import { expect, test } from "@jest/globals";
import { MIGRATIONS } from "../../src/store/migrations.ts";

const ADDS = [
  /^create (table|sequence) pyready\.\w+/,
  /^create index \w+ on pyready\.\w+/,
  /^alter table pyready\.\w+ add column \w+ \w+( not null default .+| default .+)?$/,
];

test.each(MIGRATIONS.flat().map((statement) => [statement]))("the release before works beside: %s", (statement) => {
  expect(ADDS.some((allowed) => allowed.test(statement))).toBe(true);
  expect(statement).not.toContain(";");
});
