import rule from "../../../rules/deployment/graceful-lifecycle.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const app = { "requirements.txt": "gunicorn\ndjango\n", "shop/wsgi.py": "" };
const image = (start: string) => ({ Dockerfile: `FROM python:3.14-slim\nCOPY . .\n${start}\n` });

describeRule(rule, [
  { name: "no image", repo: { ...app, Procfile: "web: gunicorn shop.wsgi\n" }, expect: "skip" },
  {
    name: "the form of a shell, at CMD",
    repo: { ...app, ...image("CMD gunicorn shop.wsgi") },
    expect: "fail",
    evidence: ["Dockerfile:3"],
    says: "A shell is the container's first process",
  },
  {
    name: "the form of a shell that begins with exec",
    repo: { ...app, ...image("CMD exec gunicorn --bind :$PORT shop.wsgi") },
    expect: "pass",
  },
  {
    name: "exec behind another command",
    repo: { ...app, ...image("CMD python manage.py migrate && exec gunicorn shop.wsgi") },
    expect: "pass",
  },
  {
    name: "a shell in the exec form",
    repo: { ...app, ...image('CMD ["sh", "-c", "gunicorn shop.wsgi"]') },
    expect: "fail",
  },
  {
    name: "a shell in the exec form that hands over",
    repo: { ...app, ...image('CMD ["sh", "-c", "exec gunicorn shop.wsgi"]') },
    expect: "pass",
  },
  {
    name: "an init that passes signals on",
    repo: { ...app, ...image('ENTRYPOINT ["tini", "--"]\nCMD ["gunicorn", "shop.wsgi"]') },
    expect: "pass",
  },
  {
    name: "an entry point in the form of a shell, whatever CMD says",
    repo: { ...app, ...image('ENTRYPOINT gunicorn shop.wsgi\nCMD ["--reload"]') },
    expect: "fail",
    evidence: ["Dockerfile:3"],
  },
  {
    name: "a script that ends with exec",
    repo: {
      ...app,
      ...image('ENTRYPOINT ["./entrypoint.sh"]\nCMD ["gunicorn", "shop.wsgi"]'),
      "entrypoint.sh": '#!/bin/sh\nset -e\nexec "$@"\n',
    },
    expect: "pass",
  },
  {
    name: "a script that starts the server below itself",
    repo: {
      ...app,
      ...image('CMD ["./start.sh"]'),
      "start.sh": "#!/bin/bash\npython manage.py migrate\ngunicorn shop.wsgi\n",
    },
    expect: "fail",
    evidence: ["Dockerfile:3"],
    says: "A script of the shell",
  },
  {
    name: "an exec that only redirects",
    repo: { ...app, ...image('CMD ["bash", "start.sh"]'), "start.sh": "exec > /log\ngunicorn shop.wsgi\n" },
    expect: "fail",
  },
  {
    name: "a script of the base image",
    repo: { ...app, ...image('ENTRYPOINT ["/docker-entrypoint.sh"]\nCMD ["gunicorn", "shop.wsgi"]') },
    expect: "skip",
  },
  {
    name: "two images, of which one does not listen",
    repo: {
      ...app,
      ...image('CMD ["gunicorn", "shop.wsgi"]'),
      "worker/Dockerfile": "FROM python:3.14-slim\nCMD celery -A shop worker\n",
    },
    expect: "partial",
    value: 0.5,
    evidence: ["worker/Dockerfile:2"],
  },
  {
    name: "a job that runs to its end, and an image for development",
    repo: {
      ...app,
      "jobs/Dockerfile": "FROM python:3.14-slim\nCMD python train.py\n",
      "Dockerfile.dev": "FROM python:3.14-slim\nCMD gunicorn shop.wsgi\n",
    },
    expect: "skip",
  },
  {
    name: "a start script that cannot be read",
    repo: { ...app, ...image('EXPOSE 80\nCMD ["./start.sh"]'), "start.sh": { unreadable: "it is binary" } },
    expect: "unknown",
    says: "start.sh",
  },
  {
    name: "the form of a shell over two lines after Windows line ends, at CMD",
    repo: { ...app, Dockerfile: "\uFEFFFROM python:3.14-slim\r\n# starts\r\nCMD gunicorn \\\r\n  shop.wsgi\r\n" },
    expect: "fail",
    evidence: ["Dockerfile:3"],
  },
]);

/** An image before and after. */
const turns = (before: string, after: string) => ({ repo: { ...app, ...image(before) }, after: image(after) });
const HANDS_OVER = "where a script hands over to its program is for people to say";

describeRepair(rule, [
  {
    name: "a list, where no shell is needed",
    ...turns(
      "# starts\nCMD gunicorn --bind=0.0.0.0:8000 shop.wsgi",
      '# starts\nCMD ["gunicorn", "--bind=0.0.0.0:8000", "shop.wsgi"]',
    ),
  },
  {
    name: "exec, where the shell puts in a variable",
    ...turns("CMD gunicorn --bind :${PORT:-8000} shop.wsgi", "CMD exec gunicorn --bind :${PORT:-8000} shop.wsgi"),
  },
  {
    name: "exec before the last of several commands",
    ...turns(
      "CMD python manage.py migrate && gunicorn shop.wsgi",
      "CMD python manage.py migrate && exec gunicorn shop.wsgi",
    ),
  },
  {
    name: "exec inside the list of a shell, which keeps its spaces",
    ...turns(
      'CMD [ "sh", "-c", "python manage.py migrate; gunicorn \\"shop.wsgi\\"" ]',
      'CMD [ "sh", "-c", "python manage.py migrate; exec gunicorn \\"shop.wsgi\\"" ]',
    ),
  },
  {
    name: "exec over several lines, which stay",
    ...turns(
      "CMD gunicorn \\\n  # how many\n  --workers 2 \\\n  shop.wsgi",
      "CMD exec gunicorn \\\n  # how many\n  --workers 2 \\\n  shop.wsgi",
    ),
  },
  {
    name: "exec at an entry point that does not hand on its command",
    ...turns('ENTRYPOINT gunicorn shop.wsgi\nCMD ["x"]', 'ENTRYPOINT exec gunicorn shop.wsgi\nCMD ["x"]'),
  },
  {
    name: "exec where the base may have an entry point",
    repo: { ...app, Dockerfile: "FROM acme/base:1.2\nCMD gunicorn shop.wsgi\n" },
    after: { Dockerfile: "FROM acme/base:1.2\nCMD exec gunicorn shop.wsgi\n" },
  },
  {
    name: "exec where another shell is set",
    ...turns(
      'SHELL ["conda", "run", "-c"]\nCMD gunicorn shop.wsgi',
      'SHELL ["conda", "run", "-c"]\nCMD exec gunicorn shop.wsgi',
    ),
  },
  ...[
    "CMD gunicorn shop.wsgi | tee log",
    "CMD celery -A shop worker & gunicorn shop.wsgi",
    "CMD (gunicorn shop.wsgi)",
    "CMD PORT=80 gunicorn shop.wsgi",
    "CMD gunicorn shop.wsgi || true",
    "CMD gunicorn shop.wsgi && cd /srv",
    "CMD python manage.py migrate && \\\n  gunicorn shop.wsgi",
    'CMD ["sh", "-c", "gunicorn $0", "shop.wsgi"]',
  ].map((start) => ({ name: `not ${start}`, repo: { ...app, ...image(start) }, refuses: HANDS_OVER })),
]);
