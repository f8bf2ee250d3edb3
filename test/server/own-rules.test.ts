import { describe, expect, test } from "@jest/globals";
import { healthy, ownRules } from "../support/repositories.ts";
import { useTestBed } from "../support/scene.ts";

const scene = useTestBed();

const withNews = { ...healthy, "NEWS.md": "# News\n" };
const { "NEWS.md": _, ...withoutNews } = withNews;

const runOf = async (repository: Parameters<typeof scene.completedRun>[0], sha: string) =>
  scene.completedRun(repository, sha);

describe("rules of one's own", () => {
  test("of an organisation hold in its repositories", async () => {
    const { sandbox } = scene.bed;
    const shared = sandbox.createRepository({ owner: "hooli", name: ".github", files: ownRules });
    const repository = sandbox.createRepository({ owner: "hooli", name: "orders", files: withNews });
    await sandbox.install([shared, repository]);
    const kept = await scene.openChange(repository, { branch: "kept", files: { ...withNews, "a.txt": "" } });
    expect((await runOf(repository, kept.headSha)).conclusion).toBe("success");
    const broken = await scene.openChange(repository, { branch: "broken", files: withoutNews });
    const run = await runOf(repository, broken.headSha);
    expect(run.conclusion).toBe("failure");
    expect(run.summary).toContain("own/news-are-kept");
  });

  test("of a repository hold as they stand at the base, whatever a pull request does to them", async () => {
    const repository = await scene.newRepository({ ...withNews, ...ownRules });
    const dropped = await scene.openChange(repository, { branch: "dropped", files: withoutNews });
    const run = await runOf(repository, dropped.headSha);
    expect(run.conclusion).toBe("failure");
    expect(run.summary).toContain("holds after the merge");
  });

  test("that a pull request brings apply after the merge", async () => {
    const repository = await scene.newRepository(withoutNews);
    const brought = await scene.openChange(repository, { files: { ...withoutNews, ...ownRules } });
    expect((await runOf(repository, brought.headSha)).conclusion).toBe("success");
  });
});
