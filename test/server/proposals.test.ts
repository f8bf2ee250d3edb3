import { describe, expect, test } from "@jest/globals";
import type { GitFiles } from "../sandbox/git-objects.ts";
import type { Comment, Repository } from "../sandbox/state.ts";
import { healthy, ownRules, poor } from "../support/repositories.ts";
import { reactionsTo, useTestBed } from "../support/scene.ts";

const GRANTED = { contents: "read", metadata: "read", checks: "write", pull_requests: "write" } as const;
const WRITING = { ...GRANTED, contents: "write" } as const;
const POLICY = ".github/pyready.yml";
const scene = useTestBed();

/** A draft of the team on a repository where Grace may write; nothing is said on it unless somebody asks. */
async function begun(
  permissions: Readonly<Record<string, string>>,
  files = healthy,
  { fork, changed = poor }: { readonly fork?: string; readonly changed?: GitFiles } = {},
) {
  const { sandbox } = scene.bed;
  const repository = await scene.newRepository(files, { grace: "write" });
  await sandbox.grant(repository, permissions);
  const change = { draft: true, files: changed, ...(fork ? { fork, author: fork } : {}) };
  const pull = await scene.openChange(repository, change);
  const give = async (body: string, login = "grace"): Promise<Comment> => {
    const comment = await sandbox.comment(repository, pull.number, login, body);
    await scene.bed.settled();
    return comment;
  };
  return { repository, pull, give };
}

function textAt({ git, branches }: Repository, branch: string, path: string): string | undefined {
  return git.blobs.get(git.filesOf(branches.get(branch) ?? "").get(path)?.sha ?? "")?.toString("utf8");
}

const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const WAIVE = `/pyready waive readme-essentials README.md until ${until} because the wiki says it all`;

describe("/pyready waive", () => {
  test("proposes the waiver to the policy of the default branch, once, and waives nothing", async () => {
    const policy = "# ours\ncomment: never # please\n";
    const { repository, pull, give } = await begun(WRITING, { ...healthy, [POLICY]: policy }, { fork: "eve" });
    const main = repository.branches.get("main");
    const first = await give(WAIVE);
    const again = await give(`${WAIVE}\nplease`);
    expect([reactionsTo(first), reactionsTo(again)]).toEqual([
      ["eyes", "rocket"],
      ["eyes", "rocket"],
    ]);
    const [, proposal, ...more] = [...repository.pulls.values()];
    expect(more).toEqual([]);
    expect(proposal).toMatchObject({
      title: `Waive documentation/readme-essentials until ${until}`,
      baseRef: "main",
      author: { type: "Bot" },
      body: expect.stringContaining(`Asked for by \`grace\` in #${pull.number}.`),
    });
    expect(textAt(repository, proposal?.headRef ?? "", POLICY)).toBe(
      `${policy}waivers:\n  - rule: documentation/readme-essentials\n    paths:\n      - README.md\n    reason: the wiki says it all\n    owner: "@grace"\n    expires: "${until}"\n`,
    );
    expect(repository.branches.get("main")).toBe(main);
    expect(scene.comments(repository)).toEqual([]);

    if (proposal) await scene.bed.sandbox.closePullRequest(repository, proposal);
    const third = await give(WAIVE);
    expect(reactionsTo(third)).toEqual(["eyes", "confused"]);
    expect(scene.comments(repository)[0]?.body).toContain(`in #${proposal?.number}, which was closed`);
  });

  test("without the permission to write tells what to write, and where", async () => {
    const { repository, give } = await begun(GRANTED, { ...healthy, [POLICY]: "waivers:\n" });
    expect(reactionsTo(await give(WAIVE))).toEqual(["eyes", "rocket"]);
    expect(scene.comments(repository).map(({ body }) => body.split("\n").slice(1).join("\n"))).toEqual([
      [
        "pyready cannot propose this waiver itself, because its App lacks the permission `contents: write` here. " +
          `Nothing is waived before it is merged into \`main\`. Add this to [\`${POLICY}\`](${scene.bed.sandbox.url}/acme/${repository.name}/edit/main/${POLICY}), after line 1:`,
        "",
        "```yaml",
        "  - rule: documentation/readme-essentials",
        "    paths:",
        "      - README.md",
        "    reason: the wiki says it all",
        '    owner: "@grace"',
        `    expires: "${until}"`,
        "```",
      ].join("\n"),
    ]);
    expect([...repository.branches.keys()]).toEqual(["main", "change"]);
  });

  test("that cannot stand is refused with the reasons, and the author alone without a word", async () => {
    const { repository, give } = await begun(WRITING);
    expect(reactionsTo(await give(WAIVE, "ada"))).toEqual(["confused"]);
    expect(scene.comments(repository)).toEqual([]);
    expect(reactionsTo(await give("/pyready waive readme-esentials because <b>@ada</b>"))).toEqual([
      "eyes",
      "confused",
    ]);
    const body = scene.comments(repository)[0]?.body ?? "";
    expect(body).toContain("- There is no rule `readme-esentials`. Did you mean `documentation/readme-essentials`?");
    expect(body).toContain("- It has no end");
    expect([...repository.branches.keys()]).toEqual(["main", "change"]);
  });
});

test("a rule of one's own is explained and waived as any other", async () => {
  const { repository, give } = await begun(WRITING, { ...healthy, ...ownRules });
  expect(reactionsTo(await give("/pyready explain own/news-are-kept"))).toEqual(["eyes", "rocket"]);
  expect(scene.comments(repository)[0]?.body).toContain(
    "**What is &lt;new&gt; is written down** · `own/news-are-kept`",
  );
  const waiver = `/pyready waive own/news-are-kept until ${until} because the news are elsewhere`;
  expect(reactionsTo(await give(waiver))).toEqual(["eyes", "rocket"]);
  expect(textAt(repository, repository.pulls.get(2)?.headRef ?? "", POLICY)).toContain("rule: own/news-are-kept\n");
  expect(reactionsTo(await give("/pyready explain own/no-such-rule"))).toEqual(["eyes", "confused"]);
});

describe("a waiver that the policy would not take", () => {
  test("because the organisation enforces its rule is refused, and says so", async () => {
    const { sandbox } = scene.bed;
    const floor = `enforce:\n  rules:\n    documentation/readme-essentials: on\n`;
    const organisation = sandbox.createRepository({ owner: "strict", name: ".github", files: { [POLICY]: floor } });
    const repository = sandbox.createRepository({
      owner: "strict",
      name: "orders",
      files: healthy,
      permissions: { grace: "write" },
    });
    await sandbox.install([organisation, repository], WRITING);
    const pull = await scene.openChange(repository, { draft: true });
    const command = await sandbox.comment(repository, pull.number, "grace", WAIVE);
    await scene.bed.settled();
    expect(reactionsTo(command)).toEqual(["eyes", "confused"]);
    expect(scene.comments(repository)[0]?.body).toContain("which the organisation enforces");
    expect([...repository.branches.keys()]).toEqual(["main", "change"]);
  });

  test("because its rule is critical there is refused beyond 90 days", async () => {
    const policy = "rules:\n  documentation/readme-essentials: critical\n";
    const { repository, give } = await begun(WRITING, { ...healthy, [POLICY]: policy });
    const far = new Date(Date.now() + 120 * 86_400_000).toISOString().slice(0, 10);
    expect(reactionsTo(await give(WAIVE.replace(until, far)))).toEqual(["eyes", "confused"]);
    expect(scene.comments(repository)[0]?.body).toContain("of a critical rule at most 90 days are allowed");
  });
});

const CI = ".github/workflows/ci.yml";
const RULE = "ci-cd/workflow-token-least-privilege";
const LOOSE = String(healthy[CI]).replace("permissions:\n  contents: read\n", "");
const loose: GitFiles = { ...healthy, [CI]: LOOSE };
const REPAIRED = "on:\n  pull_request:\n  push:\n    branches: [main]\npermissions:\n  contents: read\njobs:";

describe("/pyready fix", () => {
  test("proposes the repairs to the branch of the pull request, once", async () => {
    const { repository, pull, give } = await begun({ ...WRITING, workflows: "write" }, healthy, { changed: loose });
    const commands = [await give(`/pyready fix ${RULE}`), await give("/pyready fix workflow-token-least-privilege")];
    expect(commands.map(reactionsTo)).toEqual([
      ["eyes", "rocket"],
      ["eyes", "rocket"],
    ]);
    const [, proposal, ...more] = [...repository.pulls.values()];
    expect(more).toEqual([]);
    expect(proposal).toMatchObject({
      title: `Repair ${RULE}`,
      baseRef: pull.headRef,
      body: expect.stringContaining(`in #${pull.number}.`),
    });
    expect(textAt(repository, proposal?.headRef ?? "", CI)).toContain(REPAIRED);
    expect(repository.branches.get(pull.headRef)).toBe(pull.headSha);
    expect([scene.comments(repository), repository.reviews]).toEqual([[], []]);
  });

  test("pins an action to the commit that GitHub knows its tag by, and leaves what it does not know", async () => {
    const { sandbox } = scene.bed;
    const action = sandbox.createRepository({ owner: "tools", name: "lint", files: { "action.yml": "name: Lint\n" } });
    const commit = action.branches.get("main") ?? "";
    action.tags.set("v2", commit);
    const steps = "      - uses: tools/lint@v2\n      - uses: tools/none@v1\n";
    const text = `${healthy[CI]}${steps}`;
    const { repository, give } = await begun({ ...WRITING, workflows: "write" }, healthy, {
      changed: { ...healthy, [CI]: text },
    });
    expect(reactionsTo(await give("/pyready fix actions-pinned-to-commit"))).toEqual(["eyes", "rocket"]);
    const proposal = repository.pulls.get(2);
    expect(proposal?.title).toBe("Repair ci-cd/actions-pinned-to-commit");
    expect(textAt(repository, proposal?.headRef ?? "", CI)).toBe(
      text.replace("tools/lint@v2", `tools/lint@${commit} # v2`),
    );
  });

  test.each<[string, Readonly<Record<string, string>>, { readonly fork?: string }, string]>([
    ["without the permission to write", GRANTED, {}, "its App lacks the permission `contents: write` here"],
    ["without the permission for workflows", WRITING, {}, "its App lacks the permission `workflows: write` here"],
    [
      "in a fork",
      { ...WRITING, workflows: "write" },
      { fork: "eve" },
      "its branch is in a fork, and pyready writes into no fork",
    ],
  ])("%s suggests the repairs on the lines of the change", async (_, permissions, where, because) => {
    const { repository, pull, give } = await begun(permissions, healthy, { changed: loose, ...where });
    expect(reactionsTo(await give(`/pyready fix ${RULE}`))).toEqual(["eyes", "rocket"]);
    expect(repository.reviews).toMatchObject([
      {
        number: pull.number,
        commitId: pull.headSha,
        body: expect.stringContaining(`, because ${because}.`),
        comments: [
          { path: CI, line: 5, body: "```suggestion\n    branches: [main]\npermissions:\n  contents: read\n```" },
        ],
      },
    ]);
    expect([...repository.branches.keys()].filter((name) => name.startsWith("pyready/"))).toEqual([]);
    expect(scene.comments(repository)).toEqual([]);
  });

  test("shows a patch for what is on no line of the change, and one answer whatever becomes of the receipt", async () => {
    const { repository, give } = await begun(GRANTED, loose, { changed: { ...loose, "notes.txt": "x" } });
    const path = new RegExp(`/${repository.name}/issues/1/comments$`);
    scene.bed.sandbox.fault({ method: "POST", path, effect: "reset after commit" });
    expect(reactionsTo(await give(`/pyready fix ${RULE}`))).toEqual(["eyes", "rocket"]);
    const [answer, ...more] = scene.comments(repository);
    expect(more).toEqual([]);
    expect(answer?.body).toContain("<summary>A patch for git apply</summary>");
    expect(answer?.body).toContain(
      `\`\`\`diff\ndiff --git a/${CI} b/${CI}\n--- a/${CI}\n+++ b/${CI}\n@@ -3,6 +3,8 @@\n`,
    );
    expect(answer?.body).toContain("\n+permissions:\n+  contents: read\n");
  });

  test("falls back to the patch where GitHub does not take the lines", async () => {
    const { repository, give } = await begun(GRANTED, healthy, { changed: loose });
    const path = new RegExp(`/${repository.name}/pulls/1/reviews$`);
    scene.bed.sandbox.fault({ method: "POST", path, effect: { status: 422, body: '{"message":"no such line"}' } });
    expect(reactionsTo(await give(`/pyready fix ${RULE}`))).toEqual(["eyes", "rocket"]);
    expect([repository.reviews.length, scene.comments(repository).length]).toEqual([0, 1]);
  });

  test.each([
    ["a rule that holds", `/pyready fix ${RULE}`, /finds nothing to repair here/],
    ["a rule that takes a person", "/pyready fix readme-present", /is not repaired: /],
    ["a rule that is none", "/pyready fix readme-esentials", /Did you mean `documentation\/readme-essentials`/],
  ])("says so where it repairs %s", async (_, command, expected) => {
    const { repository, give } = await begun(WRITING);
    expect(reactionsTo(await give(command))).toEqual(["eyes", "confused"]);
    expect(scene.comments(repository).map(({ body }) => body)).toEqual([expect.stringMatching(expected)]);
  });
});

describe("the button that proposes repairs", () => {
  const buttonsOf = (run: { readonly actions: readonly { readonly identifier: string }[] }) =>
    run.actions.map(({ identifier }) => identifier);

  test("is there where the App may write, and does what the command does, as often as it is pressed", async () => {
    const { repository, pull } = await begun({ ...WRITING, workflows: "write" }, healthy, { changed: loose });
    const run = await scene.completedRun(repository, pull.headSha);
    expect(buttonsOf(run)).toEqual(["recheck", "fix"]);
    for (const login of ["eve", "grace", "grace"]) {
      await scene.bed.sandbox.press(repository, run, "fix", login);
      await scene.bed.settled();
      expect(repository.pulls.size).toBe(login === "eve" ? 1 : 2);
    }
    expect(repository.pulls.get(2)).toMatchObject({ baseRef: pull.headRef, author: { type: "Bot" } });
    expect(textAt(repository, repository.pulls.get(2)?.headRef ?? "", CI)).toContain(REPAIRED);
    expect(scene.comments(repository)).toEqual([]);
  });

  test("repairs the default branch where it is pressed there, by who may write and as often as anybody does", async () => {
    const { repository } = await begun({ ...WRITING, workflows: "write" }, loose, { changed: loose });
    await scene.bed.sandbox.push(repository, "main", { ...loose, "notes.txt": "x" });
    await scene.bed.settled();
    const main = repository.branches.get("main") ?? "";
    const run = await scene.completedRun(repository, main);
    expect(buttonsOf(run)).toEqual(["recheck", "fix"]);
    for (const login of ["eve", "grace", "grace"]) {
      await scene.bed.sandbox.press(repository, run, "fix", login);
      await scene.bed.settled();
      expect(repository.pulls.size).toBe(login === "eve" ? 1 : 2);
    }
    const proposal = repository.pulls.get(2);
    expect(proposal).toMatchObject({ baseRef: "main", body: expect.stringContaining("Asked for by `grace`.") });
    expect(textAt(repository, proposal?.headRef ?? "", CI)).toContain(REPAIRED);
    expect([repository.branches.get("main"), scene.comments(repository)]).toEqual([main, []]);
  });

  test("is not on the default branch where the App may not write workflows", async () => {
    const { repository } = await begun(WRITING, loose, { changed: loose });
    await scene.bed.sandbox.push(repository, "main", { ...loose, "notes.txt": "x" });
    await scene.bed.settled();
    const run = await scene.completedRun(repository, repository.branches.get("main") ?? "");
    expect(buttonsOf(run)).toEqual(["recheck"]);
  });

  test.each<[string, Readonly<Record<string, string>>, { readonly fork?: string }]>([
    ["the App may not write", GRANTED, {}],
    ["the branch is in a fork", { ...WRITING, workflows: "write" }, { fork: "eve" }],
  ])("is not there where %s", async (_, permissions, where) => {
    const { repository, pull } = await begun(permissions, healthy, { changed: loose, ...where });
    expect(buttonsOf(await scene.completedRun(repository, pull.headSha))).toEqual(["recheck"]);
  });
});

test("what the policy of the base switches off is not repaired", async () => {
  const policy = { ...healthy, [POLICY]: `rules:\n  ${RULE}: off\n` };
  const changed = { ...loose, [POLICY]: "comment: always\n" };
  const { repository, give } = await begun({ ...WRITING, workflows: "write" }, policy, { changed });
  expect(reactionsTo(await give(`/pyready fix ${RULE}`))).toEqual(["eyes", "confused"]);
  expect(scene.comments(repository)[0]?.body).toContain("finds nothing to repair here");
  expect(repository.pulls.size).toBe(1);
});
