import type { Judgement, Peer } from "./peer.ts";

interface Report {
  readonly matched_files: readonly { readonly filename: string; readonly matched_license: string | null }[];
}

/** GitHub's own detection of licences. */
export const licensee: Peer = {
  name: "licensee",
  readsWholeTexts: true,
  async judge(start, folder) {
    return readLicensee(await start(["detect", "--json", folder], folder));
  },
};

/** @param json what `licensee detect --json` prints. */
export function readLicensee(json: string): readonly Judgement[] {
  const { matched_files: files } = JSON.parse(json) as Report;
  const named = files.flatMap(({ filename, matched_license: id }) =>
    id === null || id === "NOASSERTION" ? [] : [{ filename, id }],
  );
  const [first] = named;
  const says = first ? named.map(({ filename, id }) => `${id} in ${filename}`).join(", ") : "no licence recognised";
  return [
    { check: "recognised", path: null, verdict: first ? "pass" : "fail", says },
    { check: "identifier", path: null, verdict: first ? "pass" : "none", says: first?.id ?? says },
  ];
}
