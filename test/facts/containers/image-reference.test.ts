import { describe, expect, test } from "@jest/globals";
import { parseImageReference, pinningOf } from "../../../src/facts/containers/image-reference.ts";

test("registry, repository, tag and digest", () => {
  expect(parseImageReference("registry.acme.io:5000/shop/api:1.2@sha256:abc")).toEqual({
    registry: "registry.acme.io:5000",
    repository: "shop/api",
    name: "api",
    tag: "1.2",
    digest: "sha256:abc",
  });
  expect(parseImageReference("python")).toMatchObject({ registry: undefined, repository: "python", tag: undefined });
});

describe("pinning", () => {
  test.each([
    ["python", "floating"],
    ["python:3", "floating"],
    ["python:3-alpine3.20", "floating"],
    ["python:slim", "floating"],
    ["python:slim-bookworm", "floating"],
    ["node:24-bookworm", "floating"],
    ["oven/bun:1", "floating"],
    ["acme/api:latest-py3.12", "floating"],
    ["ghcr.io/acme/server:main", "floating"],
    ["nginx:stable-alpine", "floating"],
    ["python:3.13-slim", "version"],
    ["ghcr.io/astral-sh/uv:python3.12-bookworm-slim", "version"],
    ["mcr.microsoft.com/playwright:v1.62.1-noble", "version"],
    ["registry.access.redhat.com/rhel7:7.5-409", "version"],
    ["cypress/browsers:node-24.14.0-chrome-145.0", "version"],
    ["postgres:17", "version"],
    ["postgres:18-alpine", "version"],
    ["pgvector/pgvector:pg16", "version"],
    ["debian:bookworm-slim", "version"],
    ["ubuntu:24.04", "version"],
    ["acme/api:2026-01-31", "version"],
    ["acme/api:4f81ad8", "version"],
    ["acme/api:main-4f81ad8bd6", "version"],
    ["acme/api:build-1423", "version"],
    [`python:3@sha256:${"0a".repeat(32)}`, "digest"],
    ["python@sha256:short", "floating"],
  ])("%s: %s", (reference, expected) => {
    expect(pinningOf(parseImageReference(reference))).toBe(expected);
  });
});
