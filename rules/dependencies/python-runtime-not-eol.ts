import { cannotJudge, defineRule, fail, offer, type Place, partial, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "Python still receives security fixes where the code runs",
  severity: "high",
  why: "A version past its end of life gets no security fixes any more: every flaw found from then on stays.",
  fix: "Move to a supported version in the image, the version file and CI; python.org lists them.",
  references: ["https://devguide.python.org/versions/"],
  peers: ["PCI DSS 6.3.3"],
  needs: ["pythonVersions", "profile"],
  check({ pythonVersions: { deployed, running, silentImages, tested, allowed, unread }, profile }) {
    if (profile.id === "library" || profile.id === "cli") {
      // A package may support old versions, as long as a living one is among them, and tested.
      const living = (allowed?.minors ?? tested).find(isLiving);
      const isUntested = tested.length > 0 && !tested.some(isLiving);
      if (living && !isUntested) return pass([at(living)]);
      if (isUntested) return fail(tested.slice(-1).map(at));
      if (allowed) return fail([at({ ...allowed, sentence: "Every version that it allows is past its end of life." })]);
      return skip("no Python version is named");
    }
    const ended = running.filter((version) => !isLiving(version));
    const [silent] = silentImages;
    if (ended.length > 0 && deployed.length === 0 && silent)
      cannotJudge(`${silent.path} runs on ${silent.reference}, which does not say which Python it brings`);
    if (ended.length > 0) return fail(ended.map(at));
    const ending = running.filter(({ support }) => support === "ending");
    if (ending.length > 0) return partial(0.5, ending.map(at));
    if (running[0]) return pass([at(running[0])]);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return skip("no Python version is named");
  },
  message: ({ found }) => found,
  repairNeeds: ["pythonUpgrades"],
  repair: ({ pythonUpgrades }) =>
    offer(pythonUpgrades, "no living version is tested here that an image could be raised to"),
  examples: {
    passes: {
      Dockerfile: 'FROM python:3.14-slim\nCMD ["gunicorn", "shop.wsgi"]\n',
      "requirements.txt": "gunicorn\ndjango\n",
      "shop/wsgi.py": "",
    },
    fails: {
      Dockerfile: 'FROM python:3.9-slim\nCMD ["gunicorn", "shop.wsgi"]\n',
      "requirements.txt": "gunicorn\ndjango\n",
      "shop/wsgi.py": "",
    },
  },
});

function isLiving({ support }: { readonly support: string }): boolean {
  return support !== "ended";
}

function at({ path, line, sentence }: { path: string; line: number; sentence: string }): Place<string> {
  return { path, line, found: sentence };
}
