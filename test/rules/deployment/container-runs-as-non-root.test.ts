import rule from "../../../rules/deployment/container-runs-as-non-root.ts";
import { describeRule } from "../../support/describe-rule.ts";

const dockerfile = (text: string, more = {}) => ({ "shop/api.py": "", Dockerfile: text, ...more });

describeRule(rule, [
  { name: "no Dockerfile", repo: { "shop/api.py": "" }, expect: "skip" },
  {
    name: "judges the last stage, not the builder",
    repo: dockerfile("FROM python:3.14 AS build\nUSER app\nFROM python:3.14\nUSER root\n"),
    expect: "fail",
    evidence: ["Dockerfile:4"],
  },
  {
    name: "no USER, at the final FROM",
    repo: dockerfile("FROM python:3.14 AS build\nUSER app\nFROM python:3.14\nCMD x\n"),
    expect: "fail",
    evidence: ["Dockerfile:3"],
  },
  {
    name: "the user of the stage that it is built from",
    repo: dockerfile("FROM python:3.14 AS base\nUSER app\nFROM base\nCMD x\n"),
    expect: "pass",
  },
  { name: "uid 0 by another spelling", repo: dockerfile("FROM python:3.14\nUSER 0:0\n"), expect: "fail" },
  {
    name: "a later stage for tests is not the final one",
    repo: dockerfile("FROM python:3.14 AS production\nUSER app\nFROM production AS test\nUSER root\n"),
    expect: "pass",
  },
  {
    name: "an argument with a default",
    repo: dockerfile("FROM python:3.14\nARG USER_NAME=calitp\nUSER $USER_NAME\n"),
    expect: "pass",
    says: "calitp",
  },
  {
    name: "an argument without a default",
    repo: dockerfile("FROM python:3.14\nARG USER_NAME\nUSER $USER_NAME\n"),
    expect: "unknown",
  },
  {
    name: "a distroless base for non-root",
    repo: dockerfile("FROM gcr.io/distroless/python3:nonroot\n"),
    expect: "pass",
  },
  {
    name: "gosu in the entry point",
    repo: dockerfile('FROM python:3.14\nENTRYPOINT ["gosu", "app", "shop"]\n'),
    expect: "pass",
  },
  {
    name: "a script that drops root",
    repo: dockerfile('FROM python:3.14\nENTRYPOINT ["/docker-entrypoint.sh"]\n', {
      "docker-entrypoint.sh": '#!/bin/sh\nexec gosu app "$@"\n',
    }),
    expect: "pass",
  },
  {
    name: "a script that does not",
    repo: dockerfile('FROM python:3.14\nENTRYPOINT ["/docker-entrypoint.sh"]\n', {
      "docker-entrypoint.sh": '#!/bin/sh\nexec "$@"\n',
    }),
    expect: "fail",
  },
  {
    name: "a script that cannot be read",
    repo: dockerfile('FROM python:3.14\nRUN apt-get install -y gosu\nENTRYPOINT ["/docker-entrypoint.sh"]\n', {
      "docker-entrypoint.sh": { unreadable: "its text is not in the snapshot" },
    }),
    expect: "unknown",
  },
  {
    name: "celery's own option",
    repo: dockerfile("FROM python:3.14\nCMD celery -A shop worker --uid=nobody\n"),
    expect: "pass",
  },
  {
    name: "uWSGI's uid",
    repo: dockerfile('FROM python:3.14\nCMD ["uwsgi", "/app/uwsgi.ini"]\n', { "uwsgi.ini": "[uwsgi]\nuid = 1000\n" }),
    expect: "pass",
  },
  {
    name: "an init system of the base",
    repo: dockerfile("FROM ghcr.io/linuxserver/baseimage-alpine:3.20\n"),
    expect: "unknown",
  },
  {
    name: "a function's image",
    repo: dockerfile('FROM public.ecr.aws/lambda/python:3.14\nCMD ["app.handler"]\n'),
    expect: "pass",
  },
  {
    name: "a development image",
    repo: { "shop/api.py": "", "Dockerfile.dev": "FROM python:3.14\n", ".devcontainer/Dockerfile": "FROM python\n" },
    expect: "skip",
  },
  {
    name: "pods that say so",
    repo: dockerfile("FROM python:3.14\n", {
      "k8s/api.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n    spec:\n      securityContext:\n        runAsNonRoot: true\n      containers:\n        - name: a\n          image: acme/api:1.0\n",
    }),
    expect: "pass",
  },
  {
    name: "a Dockerfile that cannot be read",
    repo: { "shop/api.py": "", Dockerfile: { unreadable: "it is binary" } },
    expect: "unknown",
  },
]);
