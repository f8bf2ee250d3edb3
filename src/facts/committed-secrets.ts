import { defineFact, type UnreadFile } from "./fact.ts";
import { secretAllowlists } from "./secret-allowlists.ts";
import { type FoundSecret, findSecrets } from "./secrets/find-secrets.ts";
import { type Setting, settingOf } from "./secrets/setting.ts";

/** A credential that anybody who reads the repository can use; its value is nowhere. */
export interface CommittedSecret extends Omit<FoundSecret, "isSilenced"> {
  readonly path: string;
  readonly setting: Setting;
}

export interface CommittedSecrets {
  readonly secrets: readonly CommittedSecret[];
  /** Files that may hold one and that nobody could look at. */
  readonly unread: readonly UnreadFile[];
}

const BINARY =
  /\.(png|jpe?g|gif|ico|icns|webp|avif|bmp|tiff?|psd|woff2?|ttf|otf|eot|mp[34]|m4[av]|mov|avi|webm|wav|ogg|flac|pdf|zip|gz|tgz|bz2|xz|zst|7z|rar|tar|whl|egg|jar|war|pyc|so|dll|dylib|exe|o|a|bin|dat|npy|npz|pt|pth|onnx|h5|hdf5|ckpt|safetensors|pkl|pickle|joblib|parquet|feather|arrow|avro|docx?|xlsx?|pptx?|odt|db|sqlite3?|mo|shp|tif|wasm)$/i;
/** Measurements and drawings: where they are too large to be looked at, nobody misses it. */
const DATA = /\.(csv|tsv|jsonl|ndjson|geojson|topojson|svg|xml|html?|map|po|txt|sql|lock|log|vcf|fasta)$/i;

/** Credentials in the text of any tracked file: fixtures, examples and documentation are told apart. */
export const committedSecrets = defineFact({
  spans: "repository",
  canBeSilenced: true,
  uses: { secretAllowlists },
  scans: (path) => !BINARY.test(path),
  parse: ({ text }) => findSecrets(text),
  combine: ({ files, unread, tree, uses, silenced }): CommittedSecrets => ({
    secrets: files.flatMap(({ path, parsed }) => {
      const setting = parsed.length > 0 ? settingOf(path, tree) : "product";
      return parsed
        .filter(({ shape, line, mark, isSilenced }) => {
          const by = uses.secretAllowlists.allows(path, line) ?? (isSilenced ? "place" : null);
          return counts(shape, setting) && !silenced({ path, line, mark }, by);
        })
        .map(({ isSilenced: _, ...secret }) => ({ ...secret, path, setting }));
    }),
    unread: unread.filter(({ path, reason }) => !(DATA.test(path) && reason.includes("over the limit"))),
  }),
});

/** What only its name tells is an example wherever examples stand; keys that others published open nothing of ours. */
function counts(shape: FoundSecret["shape"], setting: Setting): boolean {
  if (shape === "named") return setting === "product";
  return shape !== "key" || setting !== "third-party";
}
