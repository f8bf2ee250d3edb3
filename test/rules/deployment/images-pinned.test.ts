import rule from "../../../rules/deployment/images-pinned.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const code = { "shop/api.py": "" };
const image = (from: string) => ({ ...code, Dockerfile: `# shop\nFROM ${from}\nCMD ["shop"]\n` });
const service = (name: string) => ({
  [name]: "services:\n  web:\n    build: .\n  db:\n    image: postgres:latest\n  cache:\n    image: redis:7.4\n",
});

describeRule(rule, [
  { name: "no image", repo: code, expect: "skip" },
  { name: "no tag", repo: image("python"), expect: "fail", evidence: ["Dockerfile:2"] },
  { name: "a major version alone", repo: image("python:3"), expect: "fail" },
  { name: "a name that moves", repo: image("python:slim"), expect: "fail" },
  { name: "a digest", repo: image(`python:3.14@sha256:${"0".repeat(64)}`), expect: "pass" },
  {
    name: "an argument with a default",
    repo: { ...code, Dockerfile: "ARG TAG=3.14-slim\nFROM python:${TAG}\n" },
    expect: "pass",
  },
  {
    name: "an argument without a default",
    repo: { ...code, Dockerfile: "ARG TAG\nFROM python:${TAG}\n" },
    expect: "unknown",
  },
  {
    name: "a stage of the same file, and scratch",
    repo: {
      ...code,
      Dockerfile: "FROM python:3.14 AS build\nFROM build AS test\nFROM scratch\nCOPY --from=build /app /app\n",
    },
    expect: "pass",
  },
  {
    name: "one of three floats",
    repo: { ...code, Dockerfile: "FROM node:22.1 AS web\nFROM oven/bun:latest AS bun\nFROM python:3.14-slim\n" },
    expect: "partial",
    value: 1.4 / 3,
    evidence: ["Dockerfile:2"],
  },
  {
    name: "compose for development is low",
    repo: { ...code, ...service("compose.dev.yml") },
    expect: "partial",
    value: 0.8,
    evidence: ["compose.dev.yml:5"],
  },
  {
    name: "compose for production",
    repo: { ...code, ...service("compose.prod.yml") },
    expect: "partial",
    value: 0.35,
    evidence: ["compose.prod.yml:5"],
  },
  {
    name: "the image that is built here",
    repo: {
      ...code,
      "compose.prod.yml":
        "services:\n  web:\n    image: ghcr.io/acme/shop:latest\n  worker:\n    build: .\n    image: acme/worker:latest\n  db:\n    image: postgres:17.2\n",
    },
    expect: "pass",
  },
  {
    name: "a base that this repository publishes",
    repo: { ...code, Dockerfile: "FROM python:3.14-slim\n", "Dockerfile.extra": "FROM acme/shop\nUSER app\n" },
    expect: "pass",
  },
  {
    name: "a name that no registry serves was built here",
    repo: { ...code, Dockerfile: "FROM shop-base-py3\nFROM python:3.14-slim\n" },
    expect: "pass",
  },
  {
    name: "an image that Skaffold builds",
    repo: {
      ...code,
      "skaffold.yaml": "apiVersion: skaffold/v4\nkind: Config\nbuild:\n  artifacts:\n    - image: acme/cart\n",
      "k8s/cart.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n    spec:\n      containers:\n        - {name: a, image: acme/cart}\n        - {name: b, image: 'redis:7.4'}\n",
    },
    expect: "pass",
  },
  {
    name: "images of development do not soften a floating base",
    repo: {
      ...image("python:slim"),
      "compose.dev.yml": "services:\n  a:\n    image: redis:7.4\n  b:\n    image: prom/prometheus\n",
    },
    expect: "fail",
    evidence: ["Dockerfile:2", "compose.dev.yml:5"],
  },
  {
    name: "compose that mounts the source from the folder above is for development",
    repo: {
      ...code,
      "docker/docker-compose.yml":
        "services:\n  shop:\n    build:\n      context: ..\n    volumes:\n      - ../.:/app\n  cache:\n    image: redis:latest\n",
    },
    expect: "partial",
    value: 0.8,
  },
  { name: "whole versions of Java, which only take fixes", repo: image("eclipse-temurin:21-jre"), expect: "pass" },
  {
    name: "a syntax line, an argument before FROM, a platform and a here-document",
    repo: {
      ...code,
      Dockerfile:
        '\uFEFF# syntax=docker/dockerfile:1\r\nARG TAG=slim\r\nFROM --platform=$BUILDPLATFORM node:22.1 AS web\r\nRUN <<EOF\r\nFROM nothing\r\nEOF\r\nFROM \\\r\n  python:${TAG}\r\nCMD ["shop"]\r\n',
    },
    expect: "partial",
    value: 0.35,
    evidence: ["Dockerfile:7"],
  },
  {
    name: "an image that an anchor brings in",
    repo: {
      ...code,
      "compose.prod.yml":
        "x-cache: &cache\n  image: redis:latest\nservices:\n  cache:\n    <<: *cache\n  db:\n    image: postgres:17.2\n",
    },
    expect: "partial",
    evidence: ["compose.prod.yml:2"],
  },
  {
    name: "a tag that Kustomize overrides",
    repo: {
      ...code,
      "k8s/deployment.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n    spec:\n      containers:\n        - name: a\n          image: acme/api\n",
      "k8s/kustomization.yaml":
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [deployment.yaml]\nimages:\n  - name: acme/api\n    newTag: 1.2.3\n",
    },
    expect: "pass",
  },
  { name: "a development Dockerfile", repo: { ...code, "Dockerfile.dev": "FROM python\n" }, expect: "skip" },
  {
    name: "a Dockerfile that cannot be read",
    repo: { ...code, Dockerfile: { unreadable: "it is binary" } },
    expect: "unknown",
  },
  {
    name: "a variable of compose without a default, and one with",
    repo: {
      ...code,
      "compose.prod.yml": "services:\n  db:\n    image: ${DB_IMAGE}\n  cache:\n    image: redis:${REDIS:-7.4}\n",
    },
    expect: "pass",
    evidence: ["compose.prod.yml:5"],
  },
  {
    name: "an image after an anchor, Windows line ends and a byte order mark, in the second document",
    repo: {
      ...code,
      "k8s/all.yaml":
        "\uFEFFapiVersion: v1\r\nkind: Service\r\nmetadata: {name: shop}\r\n---\r\napiVersion: apps/v1\r\nkind: Deployment\r\nmetadata: &meta {name: shop}\r\nspec:\r\n  template:\r\n    spec:\r\n      containers:\r\n        - name: web\r\n          image: python:latest\r\n",
    },
    expect: "fail",
    evidence: ["k8s/all.yaml:13"],
  },
]);

const of = (dockerfile: string, version = "3.13\n") => ({
  "shop/api.py": "",
  ".python-version": version,
  Dockerfile: dockerfile,
});
const NOT_SAID = "no file says which one version is meant";

describeRepair(rule, [
  ...[
    ["FROM python", "FROM python:3.13"],
    ["FROM python:latest", "FROM python:3.13"],
    ["FROM python:3-slim AS base # small", "FROM python:3.13-slim AS base # small"],
    ["FROM docker.io/library/python:alpine", "FROM docker.io/library/python:3.13-alpine"],
    ["FROM python:3-slim-bookworm", "FROM python:3.13-slim-bookworm"],
  ].map(([before, after]) => ({
    name: `${before}, by the version of the project`,
    repo: of(`${before}\nUSER 1\nCMD ["python", "-m", "shop"]\n`),
    after: { Dockerfile: `${after}\nUSER 1\nCMD ["python", "-m", "shop"]\n` },
  })),
  {
    name: "by the one version that CI tests",
    repo: {
      "shop/api.py": "",
      Dockerfile: "FROM python:3\n",
      ".github/workflows/ci.yml":
        "on: push\njobs:\n  test:\n    steps:\n      - uses: actions/setup-python@v6\n        with: {python-version: '3.14'}\n      - run: pytest\n",
    },
    after: { Dockerfile: "FROM python:3.14\n" },
  },
  {
    name: "one of two images",
    repo: of("FROM acme/base:latest AS base\nFROM python:3\n"),
    after: { Dockerfile: "FROM acme/base:latest AS base\nFROM python:3.13\n" },
    leaves: true,
  },
  { name: "another image", repo: of("FROM node:latest\n"), refuses: NOT_SAID },
  { name: "no version is said", repo: { "shop/api.py": "", Dockerfile: "FROM python:3\n" }, refuses: NOT_SAID },
  { name: "two versions are said", repo: of("FROM python:3\n", "3.13\n3.12\n"), refuses: NOT_SAID },
  {
    name: "a version that an argument gives",
    repo: of("ARG TAG=3-slim\nFROM python:${TAG}\n"),
    refuses: "does not hold what is to be replaced",
  },
]);
