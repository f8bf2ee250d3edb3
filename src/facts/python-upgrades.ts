import type { Edit } from "../rule.ts";
import { type Dockerfile, dockerfiles } from "./dockerfiles.ts";
import { defineFact } from "./fact.ts";
import { pythonVersions } from "./python-versions.ts";

/** Python's official image at a minor version, in a kind that there is of every newer one. */
const OFFICIAL = /^((?:docker\.io\/)?(?:library\/)?python):(3\.\d+)(-(?:slim|alpine|(?:slim-)?(?:bookworm|trixie)))?$/;

/** Images of Python past its end of life, at the newest living version that the tests run on. */
export const pythonUpgrades = defineFact({
  uses: { dockerfiles, pythonVersions },
  combine: ({ uses }): readonly Edit[] => {
    const { deployed, tested, allowed } = uses.pythonVersions;
    const living = tested.findLast(({ support, minor }) => support === "supported" && /^3\.\d+$/.test(minor));
    const isAllowed = !allowed || allowed.minors.some(({ minor }) => minor === living?.minor);
    if (!living || !isAllowed) return [];
    const ended = deployed.filter(({ support }) => support === "ended");
    return uses.dockerfiles.files.flatMap((file) => {
      const old = new Set(ended.filter(({ path }) => path === file.path).map(({ minor }) => minor));
      return [...old].flatMap((minor) => imagesOf(file, minor, living.minor));
    });
  },
});

/** All images of a file, or none: stages copy from each other, by paths that hold the version. */
function imagesOf({ path, images, stages }: Dockerfile, from: string, to: string): readonly Edit[] {
  const ofVersion = images.filter(({ text, reference = text }) => reference.includes(`python:${from}`));
  const isNamed = stages.some(({ instructions }) => instructions.some(({ text }) => namesVersion(text, from)));
  if (isNamed || ofVersion.some(({ text }) => OFFICIAL.exec(text)?.[2] !== from)) return [];
  return ofVersion.map(({ line, text }): Edit => {
    const by = text.replace(OFFICIAL, (_, name: string, _minor, kind = "") => `${name}:${to}${kind}`);
    return { kind: "replace", path, line, piece: text, by };
  });
}

/** True for `/usr/lib/python3.9/…` and the like, the base images left out. */
function namesVersion(text: string, minor: string): boolean {
  return text.includes(`python${minor}`) || text.includes(`cp${minor.replace(".", "")}`);
}
