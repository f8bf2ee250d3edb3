import rule from "../../../rules/dependencies/sbom-produced.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule, known } from "../../support/describe-rule.ts";

const app = { "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["django"]\n', "manage.py": "" };

/** A workflow whose first step stands on line 5. */
function release(...steps: readonly string[]): Record<string, string> {
  const list = steps.map((step) => `      - ${step}\n`).join("");
  return {
    ...app,
    ".github/workflows/release.yml": `on: { release: { types: [published] } }\njobs:\n  release:\n    steps:\n${list}`,
  };
}

const upload = "uses: pypa/gh-action-pypi-publish@release/v1";
const push = "uses: docker/build-push-action@v6\n        with:\n          push: true";

describeRule(rule, [
  {
    name: "a Dockerfile that cannot be read",
    repo: { ...app, Dockerfile: { unreadable: "it is not UTF-8" } },
    expect: "unknown",
    says: "Dockerfile could not be read",
  },
  {
    name: "the dependency graph alone",
    repo: release("run: python -m build", upload),
    settings: known({ vulnerabilityAlerts: true }),
    expect: "partial",
    value: 0.5,
    evidence: [".github/workflows/release.yml:6"],
  },
  { name: "nothing is released", repo: app, expect: "skip", says: "nothing here is released" },
  { name: "an image is built for a check alone", repo: release("uses: docker/build-push-action@v6"), expect: "skip" },
  {
    name: "an upload to an index",
    repo: release("run: python -m build", upload),
    expect: "fail",
    evidence: [".github/workflows/release.yml:6"],
    says: "Nothing writes a bill of materials",
  },
  {
    name: "a release by the command line",
    repo: release("run: |\n          python -m build\n          gh release create v1 dist/*"),
    expect: "fail",
    evidence: [".github/workflows/release.yml:7"],
  },
  {
    name: "the image of production alone",
    repo: { ...app, Dockerfile: '# web\nFROM python:3.14-slim\nCMD ["gunicorn", "shop.wsgi"]\n' },
    expect: "fail",
    evidence: ["Dockerfile:2"],
  },
  { name: "an SBOM that is switched off", repo: release(`${push}\n          sbom: false`), expect: "fail" },
  { name: "an attestation of the image", repo: release(`${push}\n          attests: type=sbom`), expect: "pass" },
  {
    name: "an action of its own",
    repo: release(upload, "uses: anchore/sbom-action@v0.20.0"),
    expect: "pass",
    evidence: [".github/workflows/release.yml:6"],
    says: "anchore/sbom-action",
  },
  {
    name: "CycloneDX on the command line",
    repo: release(upload, "run: uvx cyclonedx-py environment -o sbom.json"),
    expect: "pass",
    evidence: [".github/workflows/release.yml:6"],
  },
  {
    name: "an export in its format",
    repo: release(upload, "run: uv export --format cyclonedx1.5 -o sbom.json"),
    expect: "pass",
  },
  { name: "the builder's option", repo: release("run: docker buildx build --sbom=true --push ."), expect: "pass" },
  {
    name: "the builder's option, off",
    repo: release("run: docker buildx build --sbom=false --push ."),
    expect: "fail",
  },
  {
    name: "a scanner that writes one",
    repo: release(push, "uses: aquasecurity/trivy-action@0.33.1\n        with:\n          format: cyclonedx"),
    expect: "pass",
  },
  {
    name: "a scanner's plain report",
    repo: release(push, "uses: aquasecurity/trivy-action@0.33.1\n        with:\n          format: sarif"),
    expect: "fail",
  },
  {
    name: "a release by a workflow of another repository",
    repo: {
      ...app,
      ".github/workflows/release.yml":
        "on: push\njobs:\n  release:\n    uses: acme/ci/.github/workflows/release.yml@v1\n",
    },
    expect: "unknown",
    says: "acme/ci",
  },
]);

const pushing = (inputs: string) => ({
  ".github/workflows/release.yml": `on:
  release: { types: [published] }
jobs:
  image:
    runs-on: ubuntu-latest
    steps:
      - name: Push # the image
        uses: docker/build-push-action@v6
        with:
${inputs}`,
  "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["django"]\n',
  "manage.py": "",
});

describeRepair(rule, [
  {
    name: "along with the image that is pushed",
    repo: pushing("          push: true  # to the registry\n          tags: acme/shop:1\n"),
    after: {
      ".github/workflows/release.yml": pushing(
        "          push: true  # to the registry\n          tags: acme/shop:1\n          sbom: true\n",
      )[".github/workflows/release.yml"],
    },
  },
  {
    name: "not where attestations are switched off",
    repo: pushing("          push: true\n          provenance: false\n"),
    refuses: "for people to say",
  },
]);
