import { defineFact, globsAnyCase, type UnreadFile } from "./fact.ts";
import { pyprojects } from "./pyprojects.ts";

export interface LicenceFile {
  readonly path: string;
  /** SPDX id, `proprietary`, or undefined for a text that is not recognised. */
  readonly id: string | undefined;
}

export interface Licence {
  readonly files: readonly LicenceFile[];
  /** What the package's metadata says of it. */
  readonly metadata:
    | { readonly path: string; readonly line: number; readonly text: string; readonly isExpression: boolean }
    | undefined;
  /** Metadata of a package that says nothing of its licence. */
  readonly silent: { readonly path: string; readonly line: number } | undefined;
  /** The package is kept off indexes on purpose. */
  readonly isPrivate: boolean;
  readonly unread: readonly UnreadFile[];
}

const isLicence = globsAnyCase(
  "{licen[cs]e,copying,copyright,unlicense}{,.md,.txt,.rst,-*,.*}",
  "LICENSES/*",
  ".github/licen[cs]e{,.md,.txt}",
);
/** Words that only one licence has, the longer texts first. */
const KNOWN: readonly (readonly [text: RegExp, id: string])[] = [
  [/GNU AFFERO GENERAL PUBLIC LICENSE/i, "AGPL-3.0"],
  [/GNU LESSER GENERAL PUBLIC LICENSE/i, "LGPL-3.0"],
  [/GNU (LIBRARY )?GENERAL PUBLIC LICENSE[\s\S]{0,80}Version 2/i, "GPL-2.0"],
  [/GNU GENERAL PUBLIC LICENSE/i, "GPL-3.0"],
  [/Mozilla Public License[\s,]*(Version|v\.?) ?2/i, "MPL-2.0"],
  [/Apache License[\s,]*Version 2\.0|licensed under the Apache License|apache\.org\/licenses/i, "Apache-2.0"],
  [/Permission is hereby granted, free of charge, to any person obtaining a copy/i, "MIT"],
  [/Permission to use, copy, modify, and(\/or)? distribute this software/i, "ISC"],
  [/Redistributions? in binary form[\s\S]*Neither the name/i, "BSD-3-Clause"],
  [/Redistribution and use in source and binary forms/i, "BSD-2-Clause"],
  [/This is free and unencumbered software/i, "Unlicense"],
  [/CC0 1\.0 Universal|public domain/i, "CC0-1.0"],
  [/European Union Public Licen[cs]e/i, "EUPL-1.2"],
  [/Eclipse Public License/i, "EPL-2.0"],
  [/PYTHON SOFTWARE FOUNDATION LICENSE/i, "PSF-2.0"],
  [/Zope Public License/i, "ZPL-2.1"],
  [/boost software license/i, "BSL-1.0"],
  [/Creative Commons/i, "CC-BY-4.0"],
  [/Business Source License/i, "BUSL-1.1"],
  [/Elastic License/i, "Elastic-2.0"],
  [/\bMIT License\b/i, "MIT"],
  [/\bproprietary\b|all rights reserved|confidential/i, "proprietary"],
];

/** The repository's licence, and what the package's metadata says of it. */
export const licence = defineFact({
  spans: "repository",
  uses: { pyprojects },
  reads: isLicence,
  readsBeginnings: true,
  parse: ({ text }): string | undefined => KNOWN.find(([pattern]) => pattern.test(text.slice(0, 20_000)))?.[1],
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
    return {
      files: files.map(({ path, parsed }) => ({ path, id: parsed })),
      metadata:
        project && told
          ? { path: project.path, line: told.line, text, isExpression: node?.kind === "scalar" }
          : undefined,
      silent: project && !told ? { path: project.path, line: table?.line ?? 1 } : undefined,
      isPrivate: classifiers.some(({ text: one }) => one?.startsWith("Private ::")),
      unread,
    };
  },
});
