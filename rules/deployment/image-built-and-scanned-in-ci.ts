import { cannotJudge, cannotRepair, defineRule, type Place, partial, skip } from "../../src/rule.ts";

/** Building and scanning are worth the same; a context that carries too much costs a little. */
const EACH = 0.5;
const LEAK = 0.2;

export default defineRule({
  title: "CI builds the image and scans it",
  severity: "medium",
  why: "A broken Dockerfile shows when it is deployed, and holes in the image's system packages show when somebody uses them.",
  fix: "Build the image in CI (`docker/build-push-action` with `push: false` on pull requests), scan it with Trivy or Grype, and keep `.git` and `.env` out with a `.dockerignore`.",
  references: [
    "https://github.com/aquasecurity/trivy-action",
    "https://docs.docker.com/build/concepts/context/#dockerignore-files",
  ],
  peers: ["SSDF RV.1.2", "PCI DSS 6.3.1"],
  appliesTo: ["web-service", "worker", "serverless", "ml", "data-pipeline", "automation"],
  scope: "repository",
  needs: ["imageChecks"],
  check({ imageChecks: { images, unreadImages, built, scanned, mayHide, leak, unread } }) {
    const [image, hidden] = [images[0], unreadImages[0]];
    if (image === undefined && hidden) cannotJudge(`${hidden.path} could not be read: ${hidden.reason}`);
    if (image === undefined) return skip("no image is built for production");
    if (!built || !scanned) {
      if (mayHide) cannotJudge(mayHide);
      if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    }
    const lacks = [...(built ? [] : ["build"]), ...(scanned ? [] : ["scan"])];
    const missing = `CI does not ${lacks.join(" or ")} the image`;
    const places: readonly Place<string>[] = [
      ...(lacks.length > 0 ? [{ path: image, line: 1, found: missing }] : []),
      ...(leak ? [{ path: leak.path, line: leak.line, found: leak.says }] : []),
    ];
    const value = 1 - lacks.length * EACH - (leak ? LEAK : 0);
    const evidence = [built, scanned].flatMap((place) => (place ? [{ ...place, found: "It is done here" }] : []));
    return partial(Number(value.toFixed(2)), places.length > 0 ? places : evidence);
  },
  message: ({ found }) => `${found}.`,
  repair({ imageChecks: { leak } }) {
    if (!leak) cannotRepair("how the image is built and scanned is for people to say");
    if (!leak.ignoreFile) cannotRepair(`${leak.path} may need what it takes along`);
    return [{ kind: "append", path: leak.ignoreFile, lines: leak.what.join("\n") }];
  },
  examples: {
    passes: {
      Dockerfile: 'FROM python:3.14-slim\nCOPY . .\nCMD ["gunicorn", "shop.wsgi"]\n',
      ".dockerignore": ".git\n.env\n",
      ".github/workflows/image.yml":
        "on: pull_request\njobs:\n  image:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v6\n      - uses: docker/build-push-action@v6\n        with: {tags: shop, load: true}\n      - uses: aquasecurity/trivy-action@0.34.0\n        with: {image-ref: shop}\n",
      "requirements.txt": "gunicorn\ndjango\n",
      "shop/wsgi.py": "",
    },
    fails: {
      Dockerfile: 'FROM python:3.14-slim\nCOPY . .\nCMD ["gunicorn", "shop.wsgi"]\n',
      "requirements.txt": "gunicorn\ndjango\n",
      "shop/wsgi.py": "",
    },
  },
});
