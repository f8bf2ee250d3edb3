import { describe, expect, test } from "@jest/globals";
import { organisationPolicies } from "../../src/server/organisation-policies.ts";
import { createSnapshotCache, type RepositoryReader } from "../../src/snapshot/github.ts";
import { maker, POLICY } from "../support/policies.ts";
import { useStore } from "../support/store.ts";

const store = useStore("organisation_policies");

const floor = "extends: [base.yml]\nenforce: { gate: { fail-on: blocker } }\n";

/** The `.github` repository of an organisation, as GitHub answers today; undefined where it does not. */
interface Answer {
  readonly commit?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly status?: number;
}

function blobOf(texts: readonly string[], sha: string) {
  return { text: texts[Number(sha.slice(-1))] ?? "", isBinary: false, isTruncated: false };
}

/** What is held of an organisation after looking at these answers, an hour apart. */
async function afterAnswers(answers: readonly Answer[], also: readonly string[] = []) {
  const filesOf = organisationPolicies({ maker, records: store.records });
  let asked = 0;
  let last: Awaited<ReturnType<typeof filesOf>> | undefined;
  for (const { commit = "a".repeat(40), files = {}, status } of answers) {
    const texts = Object.values(files);
    const reader = {
      tree: async () => ({
        entries: Object.keys(files).map((path, index) => ({
          path,
          mode: "100644",
          sha: `${index}`.padStart(40, commit),
          size: 10,
        })),
        truncated: false,
      }),
      blobs: async (shas: readonly string[]) => new Map(shas.map((sha) => [sha, blobOf(texts, sha)])),
      blob: async (sha: string) => Buffer.from(texts[Number(sha.slice(-1))] ?? ""),
    } as unknown as RepositoryReader;
    const commitOf = async () => {
      asked++;
      if (status !== undefined) throw Object.assign(new Error("no"), { status });
      return commit;
    };
    const client = async () => ({ reader, commitOf });
    const organisation = { installationId: 1, owner: "acme", isChanged: false, cache: createSnapshotCache(), client };
    await store.database.query("update pyready.organisation_policies set looked_at = now() - interval '1 hour'");
    last = await filesOf(organisation, also);
    // Within ten minutes nobody is asked again.
    expect(await filesOf(organisation, also)).toEqual(last);
  }
  const texts = Object.entries(last?.files ?? {}).map(([path, content]) => [
    path,
    content?.kind === "text" ? content.text : null,
  ]);
  return { asked, stale: last?.stale, files: Object.fromEntries(texts) };
}

describe("the policy of an organisation", () => {
  test("is read with what it builds on, and not asked for again within ten minutes", async () => {
    expect(await afterAnswers([{ files: { [POLICY]: floor, "base.yml": "comment: never\n" } }])).toEqual({
      asked: 1,
      stale: undefined,
      files: { [POLICY]: floor, "base.yml": "comment: never\n" },
    });
  });

  test("that is not there is remembered as absent", async () => {
    expect(await afterAnswers([{ status: 404 }])).toEqual({ asked: 1, stale: undefined, files: {} });
  });

  test("knows of a file that a repository builds on whether it is there", async () => {
    const { files, asked } = await afterAnswers([{ files: { [POLICY]: "comment: never\n" } }], ["gone.yml"]);
    expect([files, asked]).toEqual([{ [POLICY]: "comment: never\n", "gone.yml": null }, 1]);
  });

  test.each([404, 403, 500])("once seen is kept while it cannot be read, and that is said: %s", async (status) => {
    const { files, stale } = await afterAnswers([{ files: { [POLICY]: "comment: never\n" } }, { status }]);
    expect(files).toEqual({ [POLICY]: "comment: never\n" });
    expect(stale).toBe("acme/.github cannot be read; what its commit aaaaaaa says holds until it can.");
  });

  test("that was deleted from a repository that can be read is gone", async () => {
    const { files, stale } = await afterAnswers([{ files: { [POLICY]: floor } }, { commit: "b".repeat(40) }]);
    expect([Object.values(files).filter(Boolean), stale]).toEqual([[], undefined]);
  });

  test("that cannot be used gives way to the one before, until it is mended", async () => {
    const broken = { commit: "b".repeat(40), files: { [POLICY]: "gate: strict\n" } };
    const good = { files: { [POLICY]: "comment: never\n" } };
    const { files, stale } = await afterAnswers([good, broken]);
    expect(files).toEqual({ [POLICY]: "comment: never\n" });
    expect(stale).toBe(
      'The policy of acme/.github cannot be used; the one of commit aaaaaaa holds until it is mended. Line 1: gate is "strict", and has to be a map of fail-on, min-score and max-drop. The file is not used.',
    );
    const mended = await afterAnswers([{ ...good, commit: "c".repeat(40) }]);
    expect(mended.stale).toBeUndefined();
  });

  test("is never taken for absent because GitHub fails", async () => {
    await expect(afterAnswers([{ status: 500 }])).rejects.toThrow("no");
  });
});
