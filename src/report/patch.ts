import { structuredPatch } from "diff";

/** A file as it was and as it is to be; null before where it is new. */
export interface PatchedFile {
  readonly path: string;
  readonly before: string | null;
  readonly after: string;
}

/** Changes as a patch that `git apply` takes. It holds text of the repository as it is. */
export function patchOf(files: readonly PatchedFile[]): string {
  return [...files]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(filePatch)
    .join("");
}

function filePatch({ path, before, after }: PatchedFile): string {
  const [old, now] = [quoted(`a/${path}`), quoted(`b/${path}`)];
  const { hunks } = structuredPatch(old, now, before ?? "", after, "", "", { context: 3 });
  const body = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`,
    ...lines,
  ]);
  return [
    `diff --git ${old} ${now}`,
    ...(before === null ? ["new file mode 100644", "--- /dev/null"] : [`--- ${old}`]),
    `+++ ${now}`,
    ...body,
    "",
  ].join("\n");
}

/** Nothing stands before the first line. */
function range(start: number, count: number): string {
  return `${count === 0 ? Math.max(0, start - 1) : start},${count}`;
}

/** As git writes a name that is more than plain. */
function quoted(path: string): string {
  return /^[\w./@+=,~ -]+$/.test(path) ? path : JSON.stringify(path);
}
