import { cannotJudge, defineRule, fail, type Place, partial, pass, skip } from "../../src/rule.ts";

/** With fewer days of support left, the move to a newer version must be under way. */
const SOON = 90;

type Found = { readonly minor: string; readonly until: string | null; readonly days: number };

export default defineRule({
  title: "Python still receives security fixes where the code runs",
  severity: "high",
  why: "A version past its end of life gets no security fixes any more: every flaw found from then on stays.",
  fix: "Move to a supported version in the image, the version file and CI; python.org lists them.",
  references: ["https://devguide.python.org/versions/"],
  peers: ["PCI DSS 6.3.3"],
  needs: ["pythonVersions", "profile"],
  check({ pythonVersions: { deployed, silentImages, tested, allowed, unread }, profile }) {
    if (profile.id === "library" || profile.id === "cli") {
      // A package may support old versions, as long as a living one is among them, and tested.
      const living = (allowed?.minors ?? tested).find(isLiving);
      const isUntested = tested.length > 0 && !tested.some(isLiving);
      if (living && !isUntested) return pass([at(living)]);
      if (isUntested) return fail(tested.slice(-1).map(at));
      if (allowed)
        return fail([{ path: allowed.path, line: allowed.line, found: { minor: "", until: null, days: -1 } }]);
      return skip("no Python version is named");
    }
    const [assumed] = [...tested.slice(-1), ...(allowed?.minors.slice(-1) ?? [])];
    const running = deployed.length > 0 ? deployed : assumed ? [assumed] : [];
    const ended = running.filter((version) => !isLiving(version));
    const [silent] = silentImages;
    if (ended.length > 0 && deployed.length === 0 && silent)
      cannotJudge(`${silent.path} runs on ${silent.reference}, which does not say which Python it brings`);
    if (ended.length > 0) return fail(ended.map(at));
    const ending = running.filter(({ support }) => support !== undefined && support.daysLeft < SOON);
    if (ending.length > 0) return partial(0.5, ending.map(at));
    if (running[0]) return pass(running.slice(0, 1).map(at));
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return skip("no Python version is named");
  },
  message({ found: { minor, until, days } }) {
    if (minor === "3.x") return "It follows the newest Python.";
    if (minor === "") return "Every version that it allows is past its end of life.";
    if (until === null)
      return days < 0 ? `Python ${minor} has been without support for years.` : `Python ${minor} is supported.`;
    return days < 0 ? `Python ${minor} left support on ${until}.` : `Python ${minor} is supported until ${until}.`;
  },
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

interface Named {
  readonly minor: string;
  readonly path: string;
  readonly line: number;
  readonly support: { readonly until: string | null; readonly daysLeft: number } | undefined;
}

function isLiving({ support }: Named): boolean {
  return !support || support.daysLeft >= 0;
}

function at({ minor, path, line, support }: Named): Place<Found> {
  return { path, line, found: { minor, until: support?.until ?? null, days: support?.daysLeft ?? 0 } };
}
