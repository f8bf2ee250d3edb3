import { cannotJudge, defineRule, type Judgement, offer, partial, pass, shareOf, skip } from "../../src/rule.ts";

/** A specific tag can still be moved; only a digest cannot. */
const VALUE = { digest: 1, version: 0.7, floating: 0 } as const;
/** Images of development files alone weigh little. */
const LOW = 0.8;

export default defineRule({
  title: "Images are pinned to a version",
  severity: "medium",
  why: "A tag that moves gives another image tomorrow: what was tested is not what is deployed, and nobody can go back.",
  fix: "Name at least the minor version (`python:3.14-slim`), better the digest as well, and let Dependabot or Renovate raise it.",
  references: ["https://docs.docker.com/build/building/best-practices/#pin-base-image-versions"],
  peers: ["hadolint DL3006", "hadolint DL3007", "kube-linter latest-tag", "Scorecard Pinned-Dependencies"],
  scope: "repository",
  needs: ["imageUses"],
  check({ imageUses: { images, unread } }): Judgement<string> {
    const known = images.flatMap((image) =>
      image.pinning === undefined ? [] : [{ ...image, pinning: image.pinning }],
    );
    if (known.length === 0) {
      if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
      if (images[0]) cannotJudge(`the image ${images[0].text} is computed`);
      return skip("no image from outside is used");
    }
    const floating = known.filter(({ pinning }) => pinning === "floating");
    const places = (floating.length > 0 ? floating : known.slice(0, 1)).map(({ path, line, text }) => ({
      path,
      line,
      found: text,
    }));
    // Specific tags alone pass: digests are better, and no fault.
    if (floating.length === 0) return pass(places);
    if (floating.every(({ isForDevelopment }) => isForDevelopment)) return partial(LOW, places);
    const shipped = known.filter(({ isForDevelopment }) => !isForDevelopment);
    const value = shipped.reduce((sum, { pinning }) => sum + VALUE[pinning], 0);
    return shareOf(value, shipped.length, places);
  },
  message: ({ found }) => `The image is ${found}.`,
  repairNeeds: ["imageVersions"],
  repair: ({ imageVersions }) => offer(imageVersions, "no file says which one version is meant"),
  examples: {
    passes: { Dockerfile: 'FROM python:3.14-slim\nCMD ["python", "-m", "shop"]\n', "shop/api.py": "" },
    fails: { Dockerfile: 'FROM python:latest\nCMD ["python", "-m", "shop"]\n', "shop/api.py": "" },
  },
});
