import rule from "../../../rules/deployment/container-runs-as-non-root.ts";
import { describeRepair } from "../../support/describe-repair.ts";
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
    name: "an argument that compose gives",
    repo: dockerfile("FROM python:3.14\nARG USER_NAME\nUSER $USER_NAME\n", {
      "compose.yml": "services:\n  web:\n    build:\n      context: .\n      args:\n        - USER_NAME=shop\n",
    }),
    expect: "pass",
    says: "USER shop",
  },
  {
    name: "a user of any name that the image adds",
    repo: dockerfile("FROM python:3.14\nARG NAME\nRUN adduser ${NAME} --disabled-password\nUSER ${NAME}\n"),
    expect: "pass",
  },
  {
    name: "a base that its publisher leaves as another user",
    repo: dockerfile("FROM apache/airflow:2.10.5\nCOPY dags /opt/airflow/dags\n"),
    expect: "pass",
  },
  {
    name: "a base whose user nobody here can know",
    repo: dockerfile("FROM registry.acme.example/python:3.14\nCOPY . /app\n"),
    expect: "unknown",
    says: "registry.acme.example",
  },
  {
    name: "such a base where packages are installed, which only root can",
    repo: dockerfile("FROM registry.acme.example/python:3.14\nRUN apt-get update && apt-get install -y curl\n"),
    expect: "fail",
    evidence: ["Dockerfile:1"],
  },
  {
    name: "Red Hat's images for Python end as a user of their own, its plain ones do not",
    repo: dockerfile("FROM registry.access.redhat.com/ubi9/python-312:9.5\n", {
      "web/Dockerfile": "FROM registry.access.redhat.com/ubi9/ubi:9.5\n",
    }),
    expect: "fail",
    evidence: ["web/Dockerfile:1"],
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
    name: "a script that is copied under another name",
    repo: {
      "shop/api.py": "",
      "docker/Dockerfile":
        'FROM python:3.14 AS base\nENV HOME_DIR=/app\nFROM base AS production\nCOPY ./docker/entry.sh $HOME_DIR/run.sh\nENTRYPOINT ["/app/run.sh"]\n',
      "docker/entry.sh": '#!/bin/sh\nexec gosu 911 "$0" "$@"\n',
    },
    expect: "pass",
  },
  {
    name: "a script below the folder that is copied",
    repo: dockerfile('FROM python:3.14\nCOPY . /app\nCMD ["/app/scripts/serve"]\n', {
      "scripts/serve": "#!/bin/sh\nexec su-exec app gunicorn shop.wsgi\n",
    }),
    expect: "pass",
  },
  {
    name: "another image's script does not count",
    repo: {
      "shop/api.py": "",
      "web/Dockerfile": 'FROM python:3.14\nENTRYPOINT ["/entrypoint.sh"]\n',
      "web/entrypoint.sh": "exec gunicorn\n",
      "worker/Dockerfile": 'FROM python:3.14\nUSER app\nENTRYPOINT ["/entrypoint.sh"]\n',
      "worker/entrypoint.sh": "exec gosu app celery\n",
    },
    expect: "fail",
    evidence: ["web/Dockerfile:1"],
  },
  {
    name: "a comment that names gosu drops nothing",
    repo: dockerfile('FROM python:3.14\nENTRYPOINT ["/entrypoint.sh"]\n', {
      "entrypoint.sh": "#!/bin/sh\n# gosu would be better\nexec gunicorn\n",
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
    name: "s6-overlay as the entry point",
    repo: dockerfile('FROM python:3.14\nENTRYPOINT ["/init"]\n'),
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
    name: "stages for development alone",
    repo: dockerfile("FROM python:3.14 AS developer\nRUN pip install x\n"),
    expect: "skip",
  },
  {
    name: "an image that is only the devcontainer's",
    repo: dockerfile("FROM mcr.microsoft.com/devcontainers/python:3.14\n"),
    expect: "skip",
  },
  {
    name: "the target that CI pushes",
    repo: dockerfile("FROM python:3.14 AS shop\nUSER app\nFROM python:3.14 AS admin\n", {
      ".github/workflows/image.yml":
        "on: push\njobs:\n  image:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          context: .\n          target: shop\n          push: true\n",
    }),
    expect: "pass",
  },
  {
    name: "an action's image has to be root",
    repo: {
      "lint.py": "",
      Dockerfile: "FROM python:3.14\n",
      "action.yml": "runs:\n  using: docker\n  image: Dockerfile\n",
    },
    expect: "skip",
  },
  {
    name: "an image beside an action that does not use it",
    repo: { "lint.py": "", Dockerfile: "FROM python:3.14\n", "action.yml": "runs:\n  using: composite\n  steps: []\n" },
    expect: "fail",
  },
  {
    name: "a chart that says so",
    repo: dockerfile("FROM python:3.14\n", {
      "chart/Chart.yaml": "name: shop\n",
      "chart/values.yaml": "podSecurityContext:\n  runAsNonRoot: true\n",
      "chart/templates/deployment.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      securityContext: {{- toYaml .Values.podSecurityContext | nindent 8 }}\n",
    }),
    expect: "pass",
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
    name: "one pod of two that says so",
    repo: dockerfile("FROM python:3.14\n", {
      "k8s/api.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n    spec:\n      containers:\n        - {name: a, image: 'acme/api:1.0', securityContext: {runAsUser: 1000}}\n        - {name: b, image: 'acme/web:1.0'}\n",
    }),
    expect: "fail",
    evidence: ["Dockerfile:1"],
  },
  {
    name: "a Dockerfile that cannot be read",
    repo: { "shop/api.py": "", Dockerfile: { unreadable: "it is binary" } },
    expect: "unknown",
  },
  {
    name: "an image that only holds files",
    repo: dockerfile("FROM python:3.14 AS build\nRUN make\nFROM scratch\nCOPY --from=build /opt /opt\n"),
    expect: "skip",
  },
  {
    name: "a shell for whoever builds it",
    repo: dockerfile("FROM debian:13\nARG USER_ID\nRUN useradd --uid $USER_ID dev\n"),
    expect: "skip",
  },
  {
    name: "an image among the tools, and the one of them that CI pushes",
    repo: {
      "shop/api.py": "",
      "utils/docker/Dockerfile": "FROM python:3.14\nCMD shop\n",
      "utils/docker/Dockerfile-cpu": "FROM python:3.14\nCMD shop\n",
      ".github/workflows/image.yml":
        "on: push\njobs:\n  image:\n    strategy:\n      matrix:\n        include:\n          - {file: utils/docker/Dockerfile-cpu}\n    steps:\n      - uses: actions/checkout@v6\n      - run: docker build -f ${{ matrix.file }} -t acme/shop .\n      - run: docker push acme/shop\n",
    },
    expect: "fail",
    evidence: ["utils/docker/Dockerfile-cpu:1"],
  },
  ...Object.entries({
    "su-exec in the entry point": 'FROM python:3.14-alpine\nENTRYPOINT ["su-exec", "shop", "gunicorn"]\n',
    "setpriv in the entry point": 'FROM python:3.14\nENTRYPOINT ["setpriv", "--reuid=shop", "gunicorn"]\n',
    "an image of Chainguard": 'FROM cgr.dev/chainguard/python:latest\nCMD ["shop"]\n',
    "an unprivileged base": "FROM nginxinc/nginx-unprivileged:1.29\nCOPY site /site\n",
  }).map(([name, text]) => ({ name, repo: dockerfile(text), expect: "pass" as const })),
  {
    name: "pods that give a number",
    repo: dockerfile("FROM python:3.14\nCMD shop\n", {
      "k8s/api.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  template:\n    spec:\n      securityContext: {runAsUser: 10001}\n      containers:\n        - {name: api, image: acme/shop}\n",
    }),
    expect: "pass",
  },
  {
    name: "USER root after Windows line ends, a comment and a here-document",
    repo: dockerfile(
      "# syntax=docker/dockerfile:1\r\nFROM python:3.14\r\nRUN <<EOF\r\necho a\r\nEOF\r\n# back\r\nUSER root\r\nCMD shop\r\n",
    ),
    expect: "fail",
    evidence: ["Dockerfile:7"],
  },
  {
    name: "settings of an init system that the base brings",
    repo: dockerfile("FROM ghcr.io/acme/base:1.4\nENV S6_KILL_GRACETIME=3000\nRUN apk add git\n"),
    expect: "unknown",
    says: "init system",
  },
]);

const START = 'CMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop.wsgi"]';
const FOR_PEOPLE = "what the image needs root for, or where it writes, is for people to say";

describeRepair(rule, [
  {
    name: "leaves root only where no database is kept in a file beside the code",
    repo: {
      ...dockerfile(`FROM python:3.14\n${START}\n`),
      "web/Dockerfile": `FROM python:3.14\n${START}\n`,
      "web/shop/wsgi.py": "",
      "web/shop/models.py": 'import os\n\nURL = os.getenv("DATABASE_URL", "sqlite:///data.db")\n',
      "api/Dockerfile": `FROM python:3.14\n${START}\n`,
      "api/shop/wsgi.py": "",
    },
    after: { "api/Dockerfile": `FROM python:3.14\nRUN useradd --system --uid 10001 app\nUSER 10001\n${START}\n` },
    leaves: true,
  },
  {
    name: "leaves root behind what is installed and copied",
    repo: dockerfile(
      `FROM python:3.14-slim\nRUN pip install \\\n  -r requirements.txt\nCOPY . . \nEXPOSE 8000\n\n# serves\n${START}\n`,
    ),
    after: {
      Dockerfile: `FROM python:3.14-slim\nRUN pip install \\\n  -r requirements.txt\nCOPY . . \nEXPOSE 8000\nRUN useradd --system --uid 10001 app\nUSER 10001\n\n# serves\n${START}\n`,
    },
  },
  {
    name: "on Alpine, in a stage of its own",
    repo: dockerfile(`FROM python:3.14-alpine AS base\nCOPY . .\nFROM base\n${START}\n`),
    after: {
      Dockerfile: `FROM python:3.14-alpine AS base\nCOPY . .\nFROM base\nRUN adduser -S -u 10001 app\nUSER 10001\n${START}\n`,
    },
  },
  ...[
    `FROM acme/base:1\nRUN apt-get install curl\n${START}\n`,
    `FROM python:3.14\nUSER root\n${START}\n`,
    `FROM python:3.14\nVOLUME /data\n${START}\n`,
    `FROM python:3.14\nEXPOSE 80\n${START}\n`,
    "FROM python:3.14\nCMD gunicorn --bind :80 shop.wsgi\n",
    "FROM python:3.14\nCMD python manage.py migrate && gunicorn shop.wsgi\n",
    "FROM python:3.14\nCMD npm start\n",
    `FROM python:3.14\nCOPY --from=build /root/.local /root/.local\n${START}\n`,
    `FROM python:3.14\nRUN mkdir /srv/uploads\n${START}\n`,
    `FROM python:3.14\n${START}\nRUN pip install shop\n`,
    "FROM python:3.14\nCOPY . .\n",
  ].map((text) => ({ name: `not ${JSON.stringify(text)}`, repo: dockerfile(text), refuses: FOR_PEOPLE })),
  {
    name: "not where files are kept",
    repo: dockerfile(`FROM python:3.14\n${START}\n`, {
      "compose.yml": "services:\n  api:\n    build: .\n    restart: always\n    volumes: [media:/srv/media]\n",
    }),
    refuses: FOR_PEOPLE,
  },
]);
