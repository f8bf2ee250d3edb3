import type { PackFiles } from "../../compliance/chain.ts";
import type { EvidencePack } from "../../compliance/pack.ts";
import { evidenceCsv } from "./csv.ts";
import { evidenceHtml } from "./html.ts";
import { evidenceOscal } from "./oscal.ts";

/** A pack in each of its forms, by the names of their files. */
export function evidenceFiles(pack: EvidencePack): PackFiles {
  const texts = {
    "evidence.json": `${JSON.stringify(pack, null, 2)}\n`,
    "evidence.html": evidenceHtml(pack),
    "evidence.csv": evidenceCsv(pack),
    "assessment-results.json": `${JSON.stringify(evidenceOscal(pack), null, 2)}\n`,
  };
  return new Map(Object.entries(texts).map(([name, text]) => [name, Buffer.from(text)]));
}
