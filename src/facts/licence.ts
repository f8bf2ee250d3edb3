import { defineFact, globsAnyCase, type UnreadFile } from "./fact.ts";
import { type Pyproject, pyprojects } from "./pyprojects.ts";
import { folderOf } from "./tree.ts";

export interface LicenceFile {
  readonly path: string;
  /** SPDX id, `proprietary`, or undefined for a text that is not recognised. */
  readonly id: string | undefined;
}

/** A licence as the package's metadata states it. */
export interface StatedLicence {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

export interface Licence {
  readonly files: readonly LicenceFile[];
  /** The first file whose text is recognised. */
  readonly known: (LicenceFile & { readonly id: string }) | undefined;
  /** What the package's metadata says of it. */
  readonly metadata: StatedLicence | undefined;
  /** Metadata that names another licence than the only file. */
  readonly conflict: StatedLicence | undefined;
  /** Metadata of the root's package that says nothing of its licence. */
  readonly silent: { readonly path: string; readonly line: number } | undefined;
  /** The package is kept off indexes on purpose, or its metadata says that the terms are the owner's own. */
  readonly isPrivate: boolean;
  readonly unread: readonly UnreadFile[];
}

const isLicence = globsAnyCase(
  "{licen[cs]e,copying,copyright,unlicense}{,.md,.txt,.rst,-*,.*}",
  "LICENSES/*",
  ".github/licen[cs]e{,.md,.txt}",
);
/** Words that one licence has, in a text whose white space is single spaces. */
const KNOWN: readonly (readonly [words: RegExp, id: string])[] = [
  [/GNU AFFERO GENERAL PUBLIC LICENSE/i, "AGPL-3.0"],
  [/GNU (LESSER|LIBRARY) GENERAL PUBLIC LICENSE,? Version 2/i, "LGPL-2.1"],
  [/GNU LESSER GENERAL PUBLIC LICENSE/i, "LGPL-3.0"],
  [/GNU GENERAL PUBLIC LICENSE,? Version 2/i, "GPL-2.0"],
  [/GNU GENERAL PUBLIC LICENSE/i, "GPL-3.0"],
  [/Mozilla Public License,? (Version|v\.?) ?2/i, "MPL-2.0"],
  [/Apache License,? Version 2\.0|licensed under the Apache License|apache\.org\/licenses/i, "Apache-2.0"],
  [
    /Permission is hereby granted, free of charge, to any person obtaining a copy.{0,400} furnished to do so\./i,
    "MIT-0",
  ],
  [/Permission is hereby granted, free of charge, to any person obtaining a copy/i, "MIT"],
  [/Permission to use, copy, modify, and(\/or)? distribute this software[^.]{0,100} is hereby granted\. THE/i, "0BSD"],
  [/Permission to use, copy, modify, and(\/or)? distribute this software/i, "ISC"],
  [/Redistributions? (and use in source and|in) binary form.{0,1500}Neither the name/i, "BSD-3-Clause"],
  [/Redistribution and use in source and binary forms/i, "BSD-2-Clause"],
  [/This is free and unencumbered software/i, "Unlicense"],
  [/CC0 1\.0 Universal|public domain/i, "CC0-1.0"],
  [/European Union Public Licen[cs]e/i, "EUPL-1.2"],
  [/Eclipse Public License/i, "EPL-2.0"],
  [/PYTHON SOFTWARE FOUNDATION LICENSE/i, "PSF-2.0"],
  [/Zope Public License/i, "ZPL-2.1"],
  [/Artistic License 2/i, "Artistic-2.0"],
  [/boost software license/i, "BSL-1.0"],
  [/Attribution-NonCommercial/i, "CC-BY-NC-4.0"],
  [/Attribution-ShareAlike/i, "CC-BY-SA-4.0"],
  [/Creative Commons|Attribution 4\.0 International/i, "CC-BY-4.0"],
  [/Business Source License/i, "BUSL-1.1"],
  [/Server Side Public License/i, "SSPL-1.0"],
  [/Elastic License/i, "Elastic-2.0"],
  [/\bMIT License\b/i, "MIT"],
];
/** Names of licences in prose are written in many ways; ids of SPDX in one. */
const EXPRESSION = /^[\w.+()-]+( (OR|AND|WITH) [\w.+()-]+)*$/i;
const OWN_TERMS = /\bproprietary\b|all rights reserved|confidential/i;
/** More than any licence has before its title or grant. */
const MAX_LENGTH = 20_000;

/** The repository's licence, and what the package's metadata says of it. */
export const licence = defineFact({
  spans: "repository",
  uses: { pyprojects },
  reads: isLicence,
  readsBeginnings: true,
  parse: ({ path, text }): string | undefined => idByName(path) ?? idByText(text),
  combine: ({ files, unread, uses }): Licence => {
    const project = uses.pyprojects.files.find(
      ({ data }) => data.get("project", "name") ?? data.get("tool", "poetry", "name"),
    );
    const table = project?.data.get("project") ?? project?.data.get("tool", "poetry");
    const node = table?.get("license");
    const classifiers = table?.get("classifiers")?.items ?? [];
    const classifier = classifiers.find(({ text }) => text?.startsWith("License ::"));
    const told = node ?? classifier;
    const text = node?.text ?? node?.get("text")?.text ?? node?.get("file")?.text ?? classifier?.text ?? "";
    const metadata = project && told ? { path: project.path, line: told.line, text } : undefined;
    const found = files.map(({ path, parsed }): LicenceFile => ({ path, id: parsed }));
    const known = found.find((file): file is LicenceFile & { id: string } => file.id !== undefined);
    const isOther = known !== undefined && found.length === 1 && node?.kind === "scalar" && contradicts(text, known.id);
    return {
      files: found,
      known,
      metadata,
      conflict: isOther ? metadata : undefined,
      silent: project && !told && isBuilt(project) ? { path: project.path, line: table?.line ?? 1 } : undefined,
      isPrivate: classifiers.some(({ text: one }) => one?.startsWith("Private ::")) || OWN_TERMS.test(text),
      unread,
    };
  },
});

/** Of the root's, a table that makes a package; one that only holds settings of tools needs no licence. */
function isBuilt({ path, data }: Pyproject): boolean {
  const dynamic = data.get("project", "dynamic")?.items ?? [];
  if (folderOf(path) !== "" || dynamic.some(({ text }) => /^(license|classifiers)$/.test(text ?? ""))) return false;
  return data.has("build-system") || data.get("tool", "poetry", "name") !== undefined;
}

/** In REUSE's layout the file's name is the SPDX id. */
function idByName(path: string): string | undefined {
  return /^LICENSES\/(?!LicenseRef-)([\w.+-]+)\.txt$/.exec(path)?.[1];
}

/** The licence whose words come first: licences name others further down. */
function idByText(text: string): string | undefined {
  const words = text.slice(0, MAX_LENGTH).replace(/\s+/g, " ");
  let first: { readonly at: number; readonly id: string } | undefined;
  for (const [pattern, id] of KNOWN) {
    const at = words.search(pattern);
    if (at >= 0 && (!first || at < first.at)) first = { at, id };
  }
  return first?.id ?? (OWN_TERMS.test(words) ? "proprietary" : undefined);
}

/** An expression of SPDX that does not hold the licence's family. */
function contradicts(expression: string, id: string): boolean {
  return id !== "proprietary" && EXPRESSION.test(expression) && !familyOf(expression).includes(familyOf(id));
}

/** `BSD-3-Clause` and `BSD` are of one family. */
function familyOf(name: string): string {
  return name.toLowerCase().replace(/license|licence|the|\s|-|clause|only|or-later|\d(\.\d)*|\+|"/g, "");
}
