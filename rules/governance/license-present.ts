import { cannotJudge, cannotRepair, defineRule, fail, partial, pass } from "../../src/rule.ts";

/** A text that no tool recognises; metadata that says nothing, or something else. */
const UNRECOGNISED = 0.6;
const CONFLICT = 0.8;

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
  repairNeeds: ["licenceEdits"],
  repair({ licenceEdits }) {
    if ("reason" in licenceEdits) cannotRepair(licenceEdits.reason);
    return licenceEdits.edits;
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
