import { describe, expect, test } from "@jest/globals";
import type { Comment, Repository } from "../sandbox/state.ts";
import { healthy } from "../support/repositories.ts";
import { reactionsTo, useTestBed } from "../support/scene.ts";

const GRANTED = { contents: "read", metadata: "read", checks: "write", pull_requests: "write" } as const;
const WRITING = { ...GRANTED, contents: "write" } as const;
const POLICY = ".github/pyready.yml";
const scene = useTestBed();

/** A draft of the team on a repository where Grace may write; nothing is said on it unless somebody asks. */
async function begun(permissions: Readonly<Record<string, string>>, files = healthy, fork?: string) {
  const { sandbox } = scene.bed;
  const repository = await scene.newRepository(files, { grace: "write" });
  if (repository.installationId !== null) await sandbox.grant(repository, permissions);
  const pull = await scene.openChange(repository, { draft: true, ...(fork ? { fork, author: fork } : {}) });
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
    const { repository, pull, give } = await begun(WRITING, { ...healthy, [POLICY]: policy }, "eve");
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
