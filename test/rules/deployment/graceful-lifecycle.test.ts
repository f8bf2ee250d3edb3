import rule from "../../../rules/deployment/graceful-lifecycle.ts";
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
