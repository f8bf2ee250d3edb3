import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { dump } from "js-yaml";
import { rules } from "../../rules/index.ts";
import { judgeSnapshot, reviewSnapshot } from "../../src/engine/review-snapshot.ts";
import { defaultTerms, type Terms } from "../../src/engine/terms.ts";
import { createParseCache, type ParseCache } from "../../src/facts/parse-cache.ts";
import { readOwnRules } from "../../src/own-rules/read.ts";
import { type AnyRule, pass } from "../../src/rule.ts";
import { type Advisory, keyOf } from "../../src/snapshot/advisories.ts";
import { known, settingsWith } from "../../src/snapshot/settings.ts";
import type { RepositoryInfo } from "../../src/snapshot/snapshot.ts";
import { advisoryAbout } from "../support/advisories.ts";
import { type MiniFile, miniSnapshot } from "../support/mini-snapshot.ts";
import { python } from "../support/python.ts";

const mailer = 'from celery import Celery\n\napp = Celery()\n\n\n@app.task\ndef send(to):\n    print("sent", to)\n';
const pyproject = '[project]\nname = "shop"\nrequires-python = ">=3.11"\ndependencies = ["fastapi"]\n';

/** Two components, of which one is a service, with something to find in most categories. */
const shop: Readonly<Record<string, MiniFile>> = {
  ".gitattributes": "*.sh text\n",
  ".github/workflows/ci.yml":
    "on: pull_request\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v4\n      - run: pytest\n",
  "README.md": "# Shop\n\nRun `uvicorn shop.main:app`. Set DATABASE_URL.\n",
  "analysis.ipynb": '{"cells": []}',
  "ruff.toml": 'select = ["E", "F"]\n',
  "services/shop/Dockerfile": 'FROM python:3.12-slim\nCOPY . .\nCMD ["uvicorn", "shop.main:app"]\n',
  "services/shop/pyproject.toml": pyproject,
  "services/shop/requirements.txt": "fastapi==0.99.0\n",
  "services/shop/shop/main.py":
    'import subprocess\n\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/orders")\ndef orders(name):\n    return subprocess.run(f"ls {name}", shell=True)\n',
  "services/shop/tests/test_main.py": "def test_orders():\n    assert True\n",
  "services/mailer/pyproject.toml": '[project]\nname = "mailer"\ndependencies = ["celery"]\n',
  "services/mailer/mailer.py": mailer,
};

/** All that a review rests on. */
interface State {
  readonly files: Readonly<Record<string, MiniFile>>;
  readonly repository: Partial<RepositoryInfo>;
  readonly isProtected: boolean | undefined;
  readonly advisories: readonly Advisory[];
  readonly terms: Partial<Terms>;
  readonly date: string;
  readonly ownRules: string;
  readonly withRepairs: boolean;
  readonly complete: boolean;
}

const start: State = {
  files: shop,
  repository: {},
  isProtected: undefined,
  advisories: [],
  terms: {},
  date: "2026-11-22",
  ownRules: "",
  withRepairs: true,
  complete: true,
};

type Step = readonly [string, (state: State) => State];

const write =
  (files: Readonly<Record<string, MiniFile>>) =>
  (state: State): State => ({ ...state, files: { ...state.files, ...files } });
const remove =
  (path: string) =>
  (state: State): State => ({
    ...state,
    files: Object.fromEntries(Object.entries(state.files).filter(([other]) => other !== path)),
  });
const rename = (from: string, to: string) => (state: State) =>
  remove(from)(write({ [to]: state.files[from] ?? "x = 1\n" })(state));
const set =
  (changes: Partial<State>) =>
  (state: State): State => ({ ...state, ...changes });
const terms =
  (changes: Partial<Terms>) =>
  (state: State): State => ({ ...state, terms: { ...state.terms, ...changes } });

const advisory = advisoryAbout("fastapi", "< 0.109.1", { fixedIn: "0.109.1" });
const ownRules = dump({
  rules: {
    "own/owned": {
      ...{ title: "Every service has an owner", category: "governance", severity: "medium" },
      ...{ why: "Somebody has to be called.", fix: "Add the file OWNERS.", message: "Nobody owns it." },
      check: { present: ["OWNERS"] },
      tests: { passes: [{ OWNERS: "" }], fails: [{ "app.py": "" }] },
    },
  },
});
const everything = { profile: null, components: [], exclude: [], elsewhere: { deploy: null, alerts: null } };

const steps: readonly Step[] = [
  ["nothing", (state) => state],
  ["a comment in a source", write({ "services/mailer/mailer.py": `# Sends mail.\n${mailer}` })],
  ["a line more above what is found", write({ "services/mailer/mailer.py": `\n${mailer}` })],
  ["a weakness that is gone", write({ "services/shop/shop/main.py": "from fastapi import FastAPI\n\napp = FastAPI()\n" })], // biome-ignore format: one step a line
  ["a source that does not follow the grammar", write({ "services/mailer/mailer.py": "def send(:\n" })],
  ["a source that grew", write({ "services/mailer/mailer.py": "x = 1\n".repeat(5000) })],
  ["a notebook that outgrew the sources", write({ "analysis.ipynb": `{"cells": []}${" ".repeat(9000)}` })],
  ["settings above the components", write({ "ruff.toml": 'select = ["S"]\n' })],
  ["what is taken out of the first-party code", write({ ".gitattributes": "services/mailer/** linguist-vendored\n" })],
  ["a component less", write({ "services/mailer/pyproject.toml": "[tool.black]\n" })],
  ["a service that becomes a library", write({ "services/shop/pyproject.toml": `${pyproject}[build-system]\nrequires = ["hatchling"]\n` })], // biome-ignore format: one step a line
  ["a workflow without its tests", write({ ".github/workflows/ci.yml": "on: push\njobs: {}\n" })],
  ["a workflow that cannot be read", write({ ".github/workflows/ci.yml": { unreadable: "it is too large" } })],
  ["a link in place of a file", write({ "services/mailer/mailer.py": { link: "services/shop/shop/main.py" } })],
  ["a finding that a comment silences", write({ "services/shop/shop/main.py": String(shop["services/shop/shop/main.py"]).replace("shell=True)", "shell=True)  # nosec") })], // biome-ignore format: one step a line
  ["a file more", write({ "services/mailer/Dockerfile": "FROM python:2.7\n" })],
  ["a file less", remove("ruff.toml")],
  ["the only tests gone", remove("services/shop/tests/test_main.py")],
  ["a file renamed", rename("services/mailer/mailer.py", "services/mailer/post.py")],
  ["a folder of a component renamed", rename("services/mailer/pyproject.toml", "services/post/pyproject.toml")],
  ["another version locked", write({ "services/shop/requirements.txt": "fastapi==0.115.0\n" })],
  ["a repository that became public", set({ repository: { visibility: "public" } })],
  ["a branch that is protected", set({ isProtected: true })],
  ["a branch that is no longer protected", set({ isProtected: false })],
  ["an advisory that became known", set({ advisories: [advisory] })],
  ["an advisory that was withdrawn", set({ advisories: [{ ...advisory, isWithdrawn: true }] })],
  ["a later day", set({ date: "2031-01-01" })],
  ["a tree that was cut", set({ complete: false })],
  ["no repairs asked for", set({ withRepairs: false })],
  ["a rule of one's own", set({ ownRules })],
  ["a path left out", terms({ exclude: ["services/mailer/**"] })],
  ["another path left out", terms({ exclude: ["ruff.toml", "**/tests/**"] })],
  ["a profile that is named", terms({ profile: "library" })],
  ["components that are named", terms({ components: [{ path: "services", profile: "worker" }] })],
  ["other components that are named", terms({ components: [{ path: "services/shop", profile: null }] })],
  ["a rule off, and one of another severity", terms({ rules: { "deployment/container-runs-as-non-root": { off: true, severity: null, by: "the policy" }, "testing/tests-present": { off: false, severity: "critical", by: "the policy" } } })], // biome-ignore format: one step a line
  ["a rule that is enforced", terms({ enforced: { rules: ["security/no-shell-injection", "testing/tests-present"], scope: everything, canBeSilenced: false } })], // biome-ignore format: one step a line
  ["a waiver", terms({ waivers: [{ rule: "deployment/container-runs-as-non-root", paths: [], reason: "soon", owner: "@acme/x", expires: "2027-01-01" }] })], // biome-ignore format: one step a line
  ["what another repository holds", terms({ elsewhere: { deploy: "acme/infrastructure", alerts: "acme/alerts" } })],
  ["all as it was", () => start],
];

/** All that a review says, with the repairs that rules propose. */
async function said(state: State, cache: ParseCache): Promise<string> {
  const { files, repository, isProtected, advisories, terms, date, ownRules, withRepairs, complete } = state;
  const parts = isProtected === undefined ? {} : { isProtected: known(isProtected) };
  const snapshot = { ...miniSnapshot(files, repository, complete), settings: settingsWith(parts, "not read yet") };
  const { review, judged } = await judgeSnapshot(snapshot, {
    rules: [...rules, ...readOwnRules({ kind: "text", text: ownRules }).rules],
    date,
    cache,
    python,
    withRepairs,
    terms: async () => ({ ...defaultTerms, ...terms }),
    advisories: async (versions) => ({
      byVersion: new Map(versions.map((version) => [keyOf(version), advisories])),
      reason: "not asked",
      readAt: null,
    }),
  });
  const proposed = judged.map((rule) => rule.judged.map(({ propose }) => (withRepairs && propose?.()) || null));
  return JSON.stringify([review, judged, proposed], null, 1);
}

/** Keeps parsed files, and forgets reviews. */
function forgetting(cache: ParseCache): ParseCache {
  return { ...cache, get: (name, ...key) => (name === "review" ? undefined : cache.get(name, ...key)) };
}

describe("a review that takes over what earlier ones left says the same as one that does not", () => {
  const scratch = forgetting(createParseCache());
  const cache = createParseCache();

  test.each(steps)("after %s", async (_, step) => {
    const changed = step(start);
    expect(await said(changed, cache)).toBe(await said(changed, scratch));
  });

  test("after any of these, one upon the other", async () => {
    const some = fc.array(fc.constantFrom(...steps), { minLength: 2, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(some, async (chosen) => {
        let state = start;
        for (const [, step] of chosen) {
          state = step(state);
          expect(await said(state, cache)).toBe(await said(state, scratch));
        }
      }),
      { numRuns: Number(process.env.RUNS ?? 2) },
    );
  }, 60_000);
});

describe("a rule is asked again", () => {
  const asked = async (change: Readonly<Record<string, MiniFile>>) => {
    let times = 0;
    const check: AnyRule["check"] = () => {
      times++;
      return pass();
    };
    const [first] = rules;
    const rule = { ...first?.rule, needs: ["dockerfiles"], check, scope: "repository" } as AnyRule;
    const cache = createParseCache();
    const options = { rules: [{ id: "deployment/asked", rule }], date: start.date, cache, python };
    await reviewSnapshot(miniSnapshot(shop), options);
    times = 0;
    await reviewSnapshot(miniSnapshot({ ...shop, ...change }), options);
    return times;
  };

  test("where what it is given changed", async () => {
    expect(await asked({ "services/shop/Dockerfile": "FROM python:3.12-slim\nUSER app\n" })).toBe(1);
  });

  test("and not where something else did", async () => {
    expect(await asked({ "README.md": "# Shop\n", "services/mailer/mailer.py": "x = 1\n" })).toBe(0);
  });
});
