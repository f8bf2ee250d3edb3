import { cannotJudge, cannotRepair, defineRule, fail, partial, pass } from "../../src/rule.ts";

/** A text that no tool recognises; metadata that says nothing, or something else. */
const UNRECOGNISED = 0.6;
const CONFLICT = 0.8;
/** Whose text says all: with GNU's, "or later" is said elsewhere. */
const CERTAIN = /^(MIT|MIT-0|Apache-2\.0|BSD-[23]-Clause|ISC|MPL-2\.0|Unlicense|0BSD)$/;
const HELD_BACK = /<|==|~=/;

export default defineRule({
  title: "The terms of use are clear",
  severity: "high",
  why: "Without a licence nobody may use, change or distribute the code, and a company's lawyers will say so late.",
  fix: "Add `LICENSE` with the text of the licence that the owner chose, and its SPDX expression as `license` in `pyproject.toml`.",
  references: ["https://choosealicense.com/", "https://peps.python.org/pep-0639/"],
  peers: ["Scorecard License", "sp-repo-review PY003", "OpenSSF OSPS-LE-03.01"],
  appliesTo: "any",
  scope: "repository",
  needs: ["licence", "githubSettings"],
  check({ licence: { files, known, metadata, conflict, silent, isPrivate, unread }, githubSettings: { community } }) {
    const [first] = files;
    if (!first) {
      if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
      if (isPrivate)
        return pass([{ ...(metadata ?? silent), found: "The metadata says that it is private or proprietary." }]);
      return fail([{ found: "There is no licence file." }]);
    }
    const recognised = community.known ? community.value.licence : null;
    if (!known && recognised !== null)
      return pass([{ path: first.path, line: 1, found: `GitHub recognises the licence as ${recognised}.` }]);
    if (!known)
      return partial(UNRECOGNISED, [
        { path: first.path, line: 1, found: "The licence's text is not one that tools recognise." },
      ]);
    const { path, id } = known;
    const terms = id === "proprietary" ? "The terms are the owner's own." : `The licence is ${id}.`;
    const file = { path, line: 1, found: terms };
    if (conflict)
      return partial(CONFLICT, [
        file,
        { ...conflict, found: `The metadata says ${conflict.text}, and ${path} is ${id}.` },
      ]);
    if (silent && !isPrivate)
      return partial(CONFLICT, [file, { ...silent, found: `The metadata does not name the licence of ${path}.` }]);
    return pass([file]);
  },
  message: ({ found }) => found,
  repairNeeds: ["pyprojects"],
  repair({ licence: { files, known, silent }, pyprojects }) {
    const data = pyprojects.files.find(({ path }) => path === silent?.path)?.data;
    if (!known || !silent || !data || files.length > 1) cannotRepair("which licence it is only its owner says");
    if (!CERTAIN.test(known.id))
      cannotRepair(`the text of ${known.path} leaves open which form of ${known.id} is meant`);
    const builders = data.get("build-system", "requires")?.texts ?? [];
    // Builders of before 2025 take no expression there.
    if (data.has("project") && builders.some((one) => HELD_BACK.test(one)))
      cannotRepair("the version that builds it may not know expressions");
    const table = data.has("project") ? ["project"] : ["tool", "poetry"];
    return [{ kind: "set", path: silent.path, at: [...table, "license"], value: known.id }];
  },
  examples: {
    passes: {
      LICENSE:
        "MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy of this software\n",
      "slug.py": "",
    },
    fails: { "slug.py": "" },
  },
});
