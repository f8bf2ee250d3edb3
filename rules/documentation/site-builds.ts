import { cannotJudge, cannotRepair, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

/** A small library that its README documents; a generator that nothing runs; pages without one. */
const README_ONLY = 0.7;
const NOT_BUILT = 0.5;
export default defineRule({
  title: "The reference documentation builds from the repository",
  severity: "low",
  why: "Documentation that nothing builds breaks unseen, and users of a library read its source instead.",
  fix: "Set up Sphinx, MkDocs or Zensical, and build the site in CI or by a .readthedocs.yaml with version, build.os and build.tools.",
  references: ["https://docs.readthedocs.io/en/stable/config-file/v2.html"],
  peers: ["sp-repo-review PY004", "sp-repo-review RTD100", "OpenSSF Best Practices documentation_interface"],
  appliesTo: ["library", "docs-only"],
  scope: "repository",
  needs: ["documentationSite", "profile", "repositoryInfo"],
  check({ documentationSite, profile, repositoryInfo: { visibility } }) {
    if (!/^(library|cli|docs-only)$/.test(profile.id)) return skip("as a whole, the repository is no library");
    const { generator, builds, refused, page, manual, readme, isForAnIndex, unread } = documentationSite;
    const [wrong] = refused;
    const [build] = builds;
    if (wrong && !build) return fail([{ ...wrong, found: `Read the Docs refuses the file: ${wrong.reason}.` }]);
    if (build) {
      const site = generator ? [{ ...generator, found: `${generator.name} generates the site.` }] : [];
      return pass([...site, { ...build, found: `${build.name} builds the documentation.` }]);
    }
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (visibility !== "public" && !isForAnIndex) return skip("no package here is made for an index");
    if (generator)
      return partial(NOT_BUILT, [{ ...generator, found: `${generator.name} is set up, and nothing here builds it.` }]);
    if (manual)
      return partial(README_ONLY, [
        { path: manual, line: 1, found: "The README documents it, or leads to what does; nothing here builds a site." },
      ]);
    if (page) return partial(NOT_BUILT, [{ path: page, line: 1, found: "Nothing makes a site of the pages." }]);
    const place = { path: readme, line: readme === undefined ? undefined : 1 };
    return fail([{ ...place, found: "There is no documentation beside a short README." }]);
  },
  message: ({ found }) => found,
  repairNeeds: ["siteEdits"],
  repair({ siteEdits }) {
    if ("reason" in siteEdits) cannotRepair(siteEdits.reason);
    return siteEdits.edits;
  },
  examples: {
    passes: {
      ".readthedocs.yaml":
        'version: 2\nbuild:\n  os: ubuntu-24.04\n  tools: { python: "3.13" }\nsphinx: { configuration: docs/conf.py }\n',
      "docs/conf.py": "",
      "pyproject.toml": '[project]\nname = "slug"\n\n[build-system]\nrequires = ["hatchling"]\n',
      "slug.py": "",
    },
    fails: {
      ".readthedocs.yaml": "version: 2\nsphinx: { configuration: docs/conf.py }\n",
      "docs/conf.py": "",
      "pyproject.toml": '[project]\nname = "slug"\n\n[build-system]\nrequires = ["hatchling"]\n',
      "slug.py": "",
    },
  },
});
