import rule from "../../../rules/deployment/images-pinned.ts";
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
]);
