import { defineRule, fail, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "One tool owns the lock",
  severity: "low",
  why: "Two locks drift apart, and whoever installs from the stale one gets versions that nobody tested.",
  fix: "Keep the lock of the manager that CI and the image install from, and delete the other.",
  references: ["https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile"],
  needs: ["locks", "lockInstalls", "dependencies"],
  check({ locks: { files }, lockInstalls, dependencies: { manifests } }) {
    const rivals = files.filter(({ format }) => ["poetry", "pipenv", "uv", "pdm"].includes(format));
    const byFolder = Map.groupBy(rivals, ({ path }) => folderOf(path));
    const doubled = rivals.filter(({ path }) => (byFolder.get(folderOf(path))?.length ?? 0) > 1);
    if (doubled.length > 0) {
      const unused = doubled.filter(({ format }) => !lockInstalls.has(format));
      return fail(
        (unused.length > 0 && unused.length < doubled.length ? unused : doubled).map(({ path }) => ({
          path,
          line: 1,
          found: "Another manager's lock lies beside this one.",
        })),
      );
    }
    const [lock] = rivals;
    if (!lock) return skip(files[0] ? "its lock has no rival" : "there is no lock file");
    const stale = manifests
      .filter(
        ({ kind, path, isCompiled }) =>
          kind === "requirements" && !isCompiled && folderOf(path) === folderOf(lock.path),
      )
      .flatMap(({ path, declarations }) => declarations.map((declaration) => ({ path, ...declaration })))
      .map((one) => ({
        ...one,
        locked: lock.contents?.packages.get(one.name)?.flatMap(({ version }) => version ?? []) ?? [],
      }))
      .filter(({ pinned, locked }) => pinned !== undefined && locked.length > 0 && !locked.includes(pinned));
    if (stale.length > 0) {
      return fail(
        stale.map(({ path, line, name, pinned, locked }) => ({
          path,
          line,
          found: `${name} is ${pinned} here and ${locked.join(" or ")} in ${lock.path}.`,
        })),
      );
    }
    return pass([{ path: lock.path, line: 1, found: "It is the only lock." }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: { "pyproject.toml": '[project]\nname = "shop"\n', "uv.lock": "version = 1\n", "shop.py": "" },
    fails: {
      "pyproject.toml": '[project]\nname = "shop"\n',
      "uv.lock": "version = 1\n",
      "poetry.lock": "",
      "shop.py": "",
    },
  },
});

function folderOf(path: string): string {
  return path.split("/").slice(0, -1).join("/");
}
