import rule from "../../../rules/ci-cd/release-provenance.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule, known } from "../../support/describe-rule.ts";

const PATH = ".github/workflows/release.yml";
const workflow = (steps: string, before = "") => ({
  "slug.py": "",
  [PATH]: `on: release\njobs:\n${before}  publish:\n    steps:\n${steps.replace(/^/gm, "      ")}\n`,
});
const PYPI = "- uses: pypa/gh-action-pypi-publish";
const BUILD = "- uses: docker/build-push-action@v6\n  with:\n    push: true";
const commit = "08c6903cd8c0fde910a37f88322edcfb5dd907a8";

describeRule(rule, [
  {
    name: "a release that comes with signatures",
    repo: workflow("- run: uv publish"),
    settings: known({ releases: [{ tag: "v1.4.0", hasNotes: true, assets: ["slug.whl", "slug.whl.sigstore.json"] }] }),
    expect: "pass",
    says: "slug.whl.sigstore.json",
  },
  {
    name: "only an older release was signed",
    repo: workflow("- run: uv publish"),
    settings: known({
      releases: [
        { tag: "v1.4.0", hasNotes: true, assets: ["slug.whl"] },
        { tag: "v1.3.0", hasNotes: true, assets: ["slug.whl.asc"] },
      ],
    }),
    expect: "fail",
  },
  { name: "nothing is published", repo: workflow("- run: pytest"), expect: "skip" },
  { name: "a deployment publishes nothing", repo: workflow("- run: kubectl apply -f k8s"), expect: "skip" },
  { name: "the trusted publisher attests by itself", repo: workflow(`${PYPI}@${commit} # v1.13.0`), expect: "pass" },
  {
    name: "its attestations are switched off",
    repo: workflow(`${PYPI}@release/v1\n  with: { attestations: false }`),
    expect: "fail",
    evidence: [`${PATH}:3`],
    says: "switched off",
  },
  {
    name: "it uploads with a stored token",
    repo: workflow(`${PYPI}@release/v1\n  with:\n    password: \${{ secrets.T }}`),
    expect: "fail",
    says: "stored credential",
  },
  {
    name: "a version of it from before attestations",
    repo: workflow(`${PYPI}@v1.8.14`),
    expect: "fail",
    says: "this version",
  },
  { name: "another command uploads", repo: workflow("- run: uv publish"), expect: "fail", evidence: [`${PATH}:3`] },
  {
    name: "a step attests what another command uploads",
    repo: workflow("- uses: actions/attest-build-provenance@v3\n- run: uv publish"),
    expect: "pass",
  },
  {
    name: "the job before attests what it builds",
    repo: workflow(
      "- run: uv publish",
      "  build:\n    steps:\n      - uses: hynek/build-and-inspect-python-package@v2\n        with: { attest-build-provenance-github: 'true' }\n",
    ),
    expect: "pass",
  },
  {
    name: "the generator of SLSA",
    repo: workflow(
      "- run: uv publish",
      "  provenance:\n    uses: slsa-framework/slsa-github-generator/.github/workflows/generator_generic_slsa3.yml@v2.1.0\n",
    ),
    expect: "pass",
  },
  { name: "a signature", repo: workflow("- run: gpg --detach-sign dist/*\n- run: uv publish"), expect: "pass" },
  { name: "an image with the provenance of BuildKit", repo: workflow(BUILD), expect: "pass" },
  {
    name: "an image whose provenance is switched off",
    repo: workflow(`${BUILD}\n    provenance: false`),
    expect: "fail",
    says: "image",
  },
  {
    name: "an image whose provenance is switched off, and that is signed",
    repo: workflow(`${BUILD}\n    provenance: false\n- run: cosign sign --yes shop@$DIGEST`),
    expect: "pass",
  },
  {
    name: "a plain push of one image beside a package that is attested",
    repo: {
      ...workflow(`${PYPI}@release/v1`),
      ".github/workflows/image.yml": "on: release\njobs:\n  image:\n    steps:\n      - run: docker push acme/shop\n",
    },
    expect: "partial",
    value: 0.5,
    evidence: [".github/workflows/image.yml:3"],
  },
  {
    name: "a private index, which knows no attestations",
    repo: workflow("- run: twine upload --repository-url https://pypi.acme.example/ dist/*"),
    expect: "skip",
  },
  {
    name: "a release in a workflow of another repository",
    repo: {
      "slug.py": "",
      [PATH]: "on: push\njobs:\n  publish:\n    uses: acme/shared/.github/workflows/pypi.yml@v1\n",
    },
    expect: "unknown",
  },
  { name: "a workflow that is not YAML", repo: { "slug.py": "", [PATH]: "on: [\n" }, expect: "unknown" },
  {
    name: "an action of others that publishes an image, and may well sign it",
    repo: workflow("- uses: acme/builder/actions/publish-multi-arch-manifest@v3"),
    expect: "unknown",
    says: `${PATH}:3`,
  },
  {
    name: "a command that an action tries again",
    repo: workflow("- uses: nick-fields/retry@v3\n  with:\n    command: docker push acme/shop"),
    expect: "fail",
    evidence: [`${PATH}:3`],
  },
]);

const ATTEST = "actions/attest-build-provenance@a2bbfa25375fe432b6a289bc6b6cd05ecd0c4c32";
const uploads = (steps: string, permissions = "{ contents: read }") => ({
  "slug.py": "",
  [PATH]: `on: release\njobs:\n  publish:\n    permissions: ${permissions}\n    steps:\n${steps}`,
});
const attests = (files: string) => `      - uses: ${ATTEST}\n        with:\n          subject-path: ${files}\n`;
const GRANTED = "{ contents: read, id-token: write, attestations: write }";
const isPublic = { visibility: "public" } as const;

describeRepair(rule, [
  {
    name: "attests what uv has built, before it is published",
    repo: uploads("      - run: uv build\n      # out it goes\n      - run: uv publish\n"),
    repository: isPublic,
    after: {
      [PATH]: uploads(
        `      - run: uv build\n${attests('"dist/*"').replaceAll('"', "")}      # out it goes\n      - run: uv publish\n`,
        GRANTED,
      )[PATH],
    },
  },
  {
    name: "attests what PyPI's action uploads with a token, from its folder",
    repo: uploads(
      `      ${PYPI}@release/v1\n        with:\n          packages-dir: out/\n          password: \${{ secrets.PYPI }}\n`,
    ),
    repository: isPublic,
    after: {
      [PATH]: uploads(
        `${attests("out/*")}      ${PYPI}@release/v1\n        with:\n          packages-dir: out/\n          password: \${{ secrets.PYPI }}\n`,
        GRANTED,
      )[PATH],
    },
  },
  {
    name: "lets a trusted publisher attest as it does by itself",
    repo: uploads(
      `      ${PYPI}@release/v1\n        with:\n          attestations: false\n          print-hash: true\n`,
      "{ id-token: write }",
    ),
    after: {
      [PATH]: uploads(`      ${PYPI}@release/v1\n        with:\n          print-hash: true\n`, "{ id-token: write }")[
        PATH
      ],
    },
  },
  {
    name: "leaves attestations off in a workflow that others call, which PyPI takes none from",
    repo: {
      "slug.py": "",
      [PATH]: `on: [workflow_call, release]\njobs:\n  publish:\n    permissions: { id-token: write }\n    steps:\n      ${PYPI}@release/v1\n        with: { attestations: false }\n`,
    },
    refuses: "for people to say",
  },
  {
    name: "does not guess what else the job's token is for",
    repo: { "slug.py": "", [PATH]: "on: release\njobs:\n  publish:\n    steps:\n      - run: uv publish\n" },
    repository: isPublic,
    refuses: "for people to say",
  },
  {
    name: "attests nothing in a private repository, where GitHub may refuse it",
    repo: uploads("      - run: uv publish\n"),
    refuses: "for people to say",
  },
  {
    name: "does not guess what a command uploads",
    repo: uploads("      - run: twine upload wheels/*.whl\n"),
    repository: isPublic,
    refuses: "for people to say",
  },
  {
    name: "leaves images to people",
    repo: workflow("- run: docker push acme/shop"),
    repository: isPublic,
    refuses: "for people to say",
  },
]);
