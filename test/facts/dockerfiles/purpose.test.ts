import { describe, expect, test } from "@jest/globals";
import { purposeOf, shippedStage } from "../../../src/facts/dockerfiles/purpose.ts";
import { readStages } from "../../../src/facts/dockerfiles/stages.ts";
import { isDockerfile } from "../../../src/facts/dockerfiles.ts";

test.each([
  ["Dockerfile", true],
  ["docker/app.Dockerfile", true],
  ["Dockerfile-tests", true],
  ["Containerfile.web", true],
  ["dockerfile", true],
  ["roles/templates/Dockerfile.j2", false],
  ["Dockerfile.dockerignore", false],
  ["tools/dockerfile.yml", false],
  ["src/dockerfile_parser.py", false],
  ["web/dist/dockerfile-k9x.js.map", false],
  ["Dockerfiles.md", false],
])("%s is a Dockerfile: %s", (path, expected) => {
  expect(isDockerfile(path)).toBe(expected);
});

test.each([
  ["Dockerfile", "production"],
  ["backend/Dockerfile", "production"],
  ["docker/Dockerfile.prod", "production"],
  ["docker/production/django/Dockerfile", "production"],
  ["compose/local/django/Dockerfile", "development"],
  ["Dockerfile.dev", "development"],
  ["dev/compose/opensearch/Dockerfile", "development"],
  ["tools/elastic/kibana/Dockerfile", "development"],
  ["Dockerfile-tests", "test"],
  ["tests/playwright/Dockerfile", "test"],
  ["frontend/Dockerfile.playwright", "test"],
  ["Dockerfile.integration", "test"],
  ["docker/integration/Dockerfile", "test"],
  ["stripe-integration/Dockerfile", "production"],
  [".ci/Dockerfile.cypress", "test"],
  ["ci/Dockerfile", "ci"],
  [".devcontainer/Dockerfile", "devcontainer"],
  ["docker/base.Dockerfile", "build"],
  ["builder/Dockerfile", "build"],
  ["utils/docker/Dockerfile", "development"],
  ["examples/flask/Dockerfile", "example"],
])("%s is for %s", (path, purpose) => {
  expect(purposeOf(path)).toBe(purpose);
});

describe("the stage that is shipped", () => {
  test.each([
    ["the last", "FROM a AS builder\nFROM b\n", undefined, 1],
    ["the one before a later test stage", "FROM a AS app\nFROM app AS test\n", undefined, 0],
    ["the one named for production", "FROM a AS production\nFROM a AS worker\n", undefined, 0],
    ["what is built from the one named for production", "FROM a AS runtime\nFROM runtime AS final\n", undefined, 1],
    ["an unnamed last stage, which is built by default", "FROM a AS web\nFROM b\n", undefined, 1],
    ["the target that is built", "FROM a AS web\nFROM b AS worker\nFROM c AS extra\n", "worker", 1],
    ["the last where all are for development", "FROM a AS dev\nFROM dev AS test\n", undefined, 1],
  ])("%s", (_, text, target, expected) => {
    expect(shippedStage(readStages(text).stages, target)).toBe(expected);
  });
});
