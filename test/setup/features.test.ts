import { expect, test } from "@jest/globals";
import { settingsPermissions } from "../../src/github/settings/permissions.ts";
import { permissionsWith } from "../../src/setup/features.ts";

const base = { contents: "read", checks: "write" } as const;

test.each([
  [[], base],
  [["fix"], { contents: "write", workflows: "write", checks: "write" }],
  [["sarif", "fix"], { contents: "write", workflows: "write", security_events: "write", checks: "write" }],
])("an App with the features %j asks for no more than they need", (named, expected) => {
  expect(permissionsWith(base, named)).toEqual(expected);
});

test("the feature of settings asks for what reading them takes", () => {
  expect(permissionsWith({}, ["settings"])).toEqual(settingsPermissions);
});

test("what is written already is not lowered to reading", () => {
  expect(permissionsWith({ actions: "write" }, ["settings"])).toMatchObject({
    actions: "write",
    administration: "read",
  });
});
