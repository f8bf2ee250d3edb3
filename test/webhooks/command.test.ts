import { describe, expect, test } from "@jest/globals";
import { commandIn } from "../../src/webhooks/command.ts";
import { requestOf } from "../../src/webhooks/request-of.ts";

const waive = {
  name: "waive",
  rule: "security/no-weak-crypto",
  path: null,
  until: "2027-01-31",
  reason: "the hash is no secret",
};
const WAIVE = "/pyready waive security/no-weak-crypto until 2027-01-31 because the hash is no secret";

describe("a first line", () => {
  test.each<[string, string, unknown]>([
    ["/recheck", "/recheck", { name: "recheck" }],
    ["/recheck with more text below", "/recheck\nplease", { name: "recheck" }],
    ["/recheck with Windows' line ends", "/recheck\r\nplease\r\n", { name: "recheck" }],
    ["with spaces around it", "   /recheck \t", { name: "recheck" }],
    ["as a telephone writes it", "/Recheck", { name: "recheck" }],
    ["/pyready recheck", "/pyready recheck", { name: "recheck" }],
    ["/pyready alone", "/pyready", { name: "help", about: null }],
    ["/pyready help", "/PyReady Help", { name: "help", about: null }],
    ["help about a word", "/pyready help wiave", { name: "help", about: "wiave" }],
    ["pause", "/pyready pause", { name: "pause" }],
    ["resume, with a tab", "/pyready\tresume", { name: "resume" }],
    ["explain", "/pyready explain Testing/Tests-Present", { name: "explain", rule: "testing/tests-present" }],
    ["explain a rule in back-ticks", "/pyready explain `ci-cd/x`", { name: "explain", rule: "ci-cd/x" }],
    ["fix", "/pyready fix", { name: "fix", rule: null }],
    ["fix of a rule", "/pyready fix ci-cd/x", { name: "fix", rule: "ci-cd/x" }],
    ["waive", WAIVE, waive],
    [
      "waive with a path, quotes and capitals",
      '/pyready Waive security/no-weak-crypto "legacy code/hash.py" Until 2027-01-31, BECAUSE "the hash is no secret"',
      { ...waive, path: "legacy code/hash.py" },
    ],
    [
      "waive with a path that has spaces",
      "/pyready waive security/no-weak-crypto legacy code/hash.py until 2027-01-31 because the hash is no secret",
      { ...waive, path: "legacy code/hash.py" },
    ],
    [
      "a reason that is quoted in part, and says because",
      '/pyready waive security/no-weak-crypto until 2027-01-31 because of "md5", and because until now it held',
      { ...waive, reason: 'of "md5", and because until now it held' },
    ],
    ["waive with nothing", "/pyready waive", { name: "waive", rule: null, path: null, until: null, reason: null }],
    ["waive without a date", "/pyready waive a/b because c", { ...waive, rule: "a/b", until: null, reason: "c" }],
    ["waive without a reason", "/pyready waive a/b until 2027-01-31", { ...waive, rule: "a/b", reason: null }],
    ["what nobody can see", "/pyready\u200b pause\u0000\ud800", { name: "unknown" }],
    ["a non-breaking space", "/pyready\u00a0pause", { name: "pause" }],
    ["an unknown verb", "/pyready dance", { name: "unknown" }],
    ["explain without a rule", "/pyready explain", { name: "unknown" }],
    ["pause with more words", "/pyready pause the build", { name: "unknown" }],
    ["fix with more words", "/pyready fix a/b c/d", { name: "unknown" }],
    ["a line that never ends", `/pyready waive ${"a ".repeat(40_000)}`, { name: "unknown" }],
  ])("is a command: %s", (_, body, expected) => {
    expect(commandIn(body)).toEqual(expected);
  });

  test.each<[string, string]>([
    ["nothing", ""],
    ["in the middle of a sentence", "Please /recheck"],
    ["on the second line", "Thanks\n/recheck"],
    ["below an empty line", "\n/recheck"],
    ["quoted from another comment", "> /recheck"],
    ["in code", "`/recheck`"],
    ["in a fence", "```\n/recheck\n```"],
    ["indented as code", "    /recheck"],
    ["for another App", "/recheck cla"],
    ["of a longer name", "/pyready-next help"],
    ["of a path", "/pyready/help"],
  ])("is no command: %s", (_, body) => {
    expect(commandIn(body)).toBeUndefined();
  });
});

describe("a comment", () => {
  const payload = {
    action: "created",
    installation: { id: 1 },
    repository: { id: 10, name: "orders", owner: { login: "acme" } },
    issue: { number: 5, pull_request: {}, user: { login: "ada" }, state: "open" },
    comment: { id: 50, body: "/pyready pause", user: { login: "grace" }, performed_via_github_app: null },
    sender: { type: "User" },
  };
  const commandOf = (changes: object) => {
    const request = requestOf("issue_comment", { ...payload, ...changes }, 7);
    return request?.kind === "command" ? request.command : undefined;
  };

  test("of a person is asked for by who wrote it", () => {
    expect(commandOf({})).toMatchObject({
      number: 5,
      commentId: 50,
      login: "grace",
      isAuthor: false,
      command: { name: "pause" },
    });
  });

  test.each<[string, object]>([
    ["that was edited", { action: "edited" }],
    ["that was deleted", { action: "deleted" }],
    ["of a bot", { sender: { type: "Bot" } }],
    ["that an App wrote for a person", { comment: { ...payload.comment, performed_via_github_app: { id: 9 } } }],
    ["on an issue", { issue: { ...payload.issue, pull_request: undefined } }],
  ])("%s commands nothing", (_, changes) => {
    expect(commandOf(changes)).toBeUndefined();
  });
});

describe("the button that proposes repairs", () => {
  const payload = {
    action: "requested_action",
    requested_action: { identifier: "fix" },
    installation: { id: 1 },
    repository: { id: 10, name: "orders", owner: { login: "acme" } },
    check_run: { id: 70, app: { id: 7 }, head_sha: "a".repeat(40), pull_requests: [{ number: 5 }] },
    sender: { type: "User", login: "grace" },
  };
  const pressed = (changes: object) => requestOf("check_run", { ...payload, ...changes }, 7);

  test("is a command without a comment", () => {
    expect(pressed({})).toMatchObject({
      kind: "command",
      command: { number: 5, commentId: -70, login: "grace", isAuthor: false, command: { name: "fix", rule: null } },
    });
  });

  test("of the default branch's check is one of no pull request", () => {
    const of = (head_branch: string) => ({
      repository: { ...payload.repository, default_branch: "main" },
      check_run: { ...payload.check_run, pull_requests: [], check_suite: { head_branch } },
    });
    expect(pressed(of("main"))).toMatchObject({ kind: "command", command: { number: 0, commentId: -70 } });
    expect(pressed(of("release"))).toBeUndefined();
  });

  test.each<[string, object]>([
    ["of another App", { check_run: { ...payload.check_run, app: { id: 8 } } }],
    ["of a check that belongs to no pull request", { check_run: { ...payload.check_run, pull_requests: [] } }],
    ["that a bot presses", { sender: { type: "Bot", login: "helper[bot]" } }],
    ["of another name", { requested_action: { identifier: "dance" } }],
  ])("%s does nothing", (_, changes) => {
    expect(pressed(changes)).toBeUndefined();
  });
});
