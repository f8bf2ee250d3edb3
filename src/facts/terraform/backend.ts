import { nested, type PlacedBlock } from "./blocks.ts";

/** Where the state of a module is kept. */
export interface Backend {
  /** `s3`, `gcs`, `cloud`, …; `local` is beside the files. */
  readonly kind: string;
  readonly path: string;
  readonly line: number;
  /** False where two runs at once can overwrite each other's state. */
  readonly locks: boolean;
}

/** The backend that the module's own files name. */
export function backendOf(blocks: readonly PlacedBlock[]): Backend | undefined {
  const [found] = blocks
    .filter(({ type }) => type === "terraform")
    .flatMap((block) =>
      [...nested(block, "backend"), ...nested(block, "cloud")].map(({ type, labels, line, attributes }): Backend => {
        const kind = type === "cloud" ? "cloud" : (labels[0] ?? "");
        // Without a bucket the settings come with `-backend-config`, locks included.
        const isWhole = kind === "s3" && attributes.has("bucket");
        const locks = attributes.get("use_lockfile")?.text !== "false" && attributes.has("use_lockfile");
        return { kind, path: block.path, line, locks: !isWhole || locks || attributes.has("dynamodb_table") };
      }),
    );
  return found;
}
