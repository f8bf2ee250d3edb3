import { expect, test } from "@jest/globals";
import { requestOf } from "../../src/webhooks/request-of.ts";

const REPOSITORY = {
  id: 10,
  name: "orders",
  owner: { login: "acme", type: "Organization" },
  private: true,
  visibility: "private",
  default_branch: "main",
};
const INSTALLATION = { id: 1, updated_at: "2026-01-01T00:00:00Z" };

const changeOf = (event: string, payload: object): unknown => {
  const request = requestOf(event, { installation: INSTALLATION, ...payload }, 7);
  return request?.kind === "life-cycle" ? request.change : request;
};
const orders = (archived: boolean) => ({
  installationId: 1,
  repositoryId: 10,
  owner: "acme",
  name: "orders",
  visibility: "private",
  ownerType: "organization",
  defaultBranch: "main",
  archived,
});
const told = (suspended: boolean) => ({
  kind: "suspension",
  installationId: 1,
  suspended,
  toldAt: "2026-01-01T00:00:00.000Z",
});

test.each<[string, string, object, unknown]>([
  ["an installation is known", "installation", { action: "created" }, { kind: "installed", installationId: 1 }],
  [
    "so is one that gets more repositories",
    "installation_repositories",
    { action: "added" },
    { kind: "installed", installationId: 1 },
  ],
  [
    "what is taken from it is removed",
    "installation_repositories",
    { action: "removed", repositories_removed: [{ id: 11 }] },
    { kind: "removal", installationId: 1, repositoryIds: [11] },
  ],
  [
    "an installation that is deleted is removed whole",
    "installation",
    { action: "deleted" },
    { kind: "removal", installationId: 1, repositoryIds: null },
  ],
  ["one that is suspended waits", "installation", { action: "suspend" }, told(true)],
  ["one that comes back goes on", "installation", { action: "unsuspend" }, told(false)],
  [
    "one whose time is no time is heeded all the same",
    "installation",
    { action: "suspend", installation: { id: 1, updated_at: "soon" } },
    { ...told(true), toldAt: undefined },
  ],
  [
    "new permissions ask for new tokens",
    "installation",
    { action: "new_permissions_accepted" },
    { kind: "permissions", installationId: 1 },
  ],
  [
    "a repository that is renamed is known by its new name",
    "repository",
    { action: "renamed", repository: REPOSITORY },
    { kind: "repositories", installationId: 1, repositories: [orders(false)] },
  ],
  [
    "one that is archived takes no writes",
    "repository",
    { action: "archived", repository: { ...REPOSITORY, archived: true } },
    { kind: "repositories", installationId: 1, repositories: [orders(true)] },
  ],
  [
    "one that is deleted is removed",
    "repository",
    { action: "deleted", repository: REPOSITORY },
    { kind: "removal", installationId: 1, repositoryIds: [10] },
  ],
  ["one that gets a star is the same", "repository", { action: "starred", repository: REPOSITORY }, undefined],
])("%s", (_, event, payload, expected) => {
  expect(changeOf(event, payload)).toEqual(expected);
});
