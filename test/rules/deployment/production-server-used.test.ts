import rule from "../../../rules/deployment/production-server-used.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const flask = (run = "") => ({
  "requirements.txt": "flask\n",
  "wsgi.py": "",
  "app.py": `from flask import Flask\n\napp = Flask(__name__)\n\n${run}`,
});
const guarded = 'if __name__ == "__main__":\n    app.run(host="0.0.0.0")\n';
const django = { "requirements.txt": "django\n", "manage.py": "", "shop/wsgi.py": "" };
const fastapi = (main: string) => ({ "requirements.txt": "fastapi\nuvicorn\n", "main.py": main });
const image = (command: string) => ({ Dockerfile: `FROM python:3.14-slim\nWORKDIR /app\nCOPY . .\nCMD ${command}\n` });

describeRule(rule, [
  { name: "a library", repo: { "pyproject.toml": '[project]\nname = "shop"\n', "shop/a.py": "" }, expect: "skip" },
  { name: "a service that nothing starts", repo: { ...django }, expect: "skip" },
  {
    name: "an image without a command of its own",
    repo: { ...django, Dockerfile: "FROM python:3.14-slim\nRUN pip install shop\n" },
    expect: "skip",
  },
  {
    name: "Django's development server",
    repo: { ...django, ...image('["python", "manage.py", "runserver", "0.0.0.0:8000"]') },
    expect: "fail",
    evidence: ["Dockerfile:4"],
    says: "Django's development server",
  },
  {
    name: "a program that leads to app.run()",
    repo: { ...flask(guarded), ...image('["python", "app.py"]') },
    expect: "fail",
    evidence: ["Dockerfile:4"],
    says: "which app.py starts",
  },
  {
    name: "a program that leads to app.run() in its function",
    repo: {
      ...flask('def main():\n    app.run()\n\n\nif __name__ == "__main__":\n    main()\n'),
      ...image("python -u app.py"),
    },
    expect: "fail",
    evidence: ["Dockerfile:4"],
  },
  {
    name: "an application of Flask that another module makes",
    repo: {
      "requirements.txt": "flask\n",
      "shop/__init__.py": "from flask import Flask\n\n\ndef create_app():\n    return Flask(__name__)\n",
      "run.py": "from shop import create_app\n\napp = create_app()\napp.run()\n",
      ...image('["python", "run.py"]'),
    },
    expect: "fail",
    evidence: ["Dockerfile:4"],
  },
  {
    name: "app.run() that only developers reach, beside gunicorn",
    repo: { ...flask(guarded), ...image('["gunicorn", "app:app"]') },
    expect: "pass",
  },
  {
    name: "app.run() behind a switch",
    repo: {
      ...flask('import os\n\nif os.getenv("DEBUG"):\n    app.run()\n'),
      ...image('["python", "app.py"]'),
    },
    expect: "unknown",
  },
  {
    name: "app.run() or waitress, as the environment decides",
    repo: {
      ...flask(
        'import os\nfrom waitress import serve\n\nif os.getenv("DEBUG"):\n    app.run()\nelse:\n    serve(app)\n',
      ),
      ...image('["python", "app.py"]'),
    },
    expect: "pass",
  },
  {
    name: "a program that starts uvicorn",
    repo: {
      ...fastapi(
        'import uvicorn\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\nif __name__ == "__main__":\n    uvicorn.run(app)\n',
      ),
      ...image('["python", "main.py"]'),
    },
    expect: "pass",
  },
  {
    name: "a program that starts uvicorn, which reloads",
    repo: {
      ...fastapi('import uvicorn\n\nif __name__ == "__main__":\n    uvicorn.run("main:app", reload=True)\n'),
      ...image('["python", "main.py"]'),
    },
    expect: "fail",
    evidence: ["Dockerfile:4"],
  },
  {
    name: "uvicorn that reloads",
    repo: { ...fastapi("app = None\n"), ...image('["uvicorn", "main:app", "--reload"]') },
    expect: "fail",
    evidence: ["Dockerfile:4"],
  },
  {
    name: "FastAPI's own command",
    repo: { ...fastapi("app = None\n"), ...image('["fastapi", "run", "main.py"]') },
    expect: "pass",
  },
  {
    name: "FastAPI's command for development",
    repo: { ...fastapi("app = None\n"), ...image('["fastapi", "dev", "main.py"]') },
    expect: "fail",
    evidence: ["Dockerfile:4"],
  },
  {
    name: "an application of Streamlit, which is its own server",
    repo: { "requirements.txt": "streamlit\n", "app.py": "", ...image('["streamlit", "run", "app.py"]') },
    expect: "pass",
  },
  {
    name: "an entry point that is a script, one level deep",
    repo: {
      ...django,
      "entrypoint.sh": "#!/bin/sh\npython manage.py migrate\nexec gunicorn shop.wsgi\n",
      Dockerfile: 'FROM python:3.14-slim\nCOPY entrypoint.sh /\nENTRYPOINT ["/entrypoint.sh"]\n',
    },
    expect: "pass",
  },
  {
    name: "an entry point that starts the development server",
    repo: {
      ...django,
      "entrypoint.sh": "#!/bin/sh\n# gunicorn would be better\npython manage.py migrate\npython manage.py runserver\n",
      Dockerfile: 'FROM python:3.14-slim\nCOPY entrypoint.sh /\nENTRYPOINT ["/entrypoint.sh"]\n',
    },
    expect: "fail",
    evidence: ["Dockerfile:3"],
  },
  {
    name: "an entry point with a mode for each",
    repo: {
      ...django,
      "entrypoint.sh":
        '#!/bin/sh\nif [ "$1" = dev ]; then\n  python manage.py runserver\nelse\n  gunicorn shop.wsgi\nfi\n',
      Dockerfile: 'FROM python:3.14-slim\nCOPY entrypoint.sh /\nENTRYPOINT ["/entrypoint.sh"]\n',
    },
    expect: "pass",
  },
  {
    name: "compose for development overrides the command",
    repo: {
      ...django,
      ...image('["gunicorn", "shop.wsgi"]'),
      "docker-compose.yml": "services:\n  web:\n    build: .\n    command: python manage.py runserver\n",
    },
    expect: "pass",
  },
  {
    name: "an image for development",
    repo: { ...django, "Dockerfile.dev": "FROM python:3.14\nCMD python manage.py runserver\n" },
    expect: "skip",
  },
  {
    name: "compose for production overrides what the image starts",
    repo: {
      ...django,
      ...image("python manage.py runserver"),
      "docker-compose.prod.yml": "services:\n  web:\n    build: .\n    command: gunicorn shop.wsgi\n",
    },
    expect: "pass",
  },
  {
    name: "the development server in a manifest of Kubernetes",
    repo: {
      ...django,
      "k8s/shop.yaml":
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: shop\n          command: ["python", "manage.py", "runserver"]\n',
    },
    expect: "fail",
    evidence: ["k8s/shop.yaml:11"],
  },
  {
    name: "a Procfile whose web process is for development",
    repo: { ...flask(), Procfile: "web: flask run --host 0.0.0.0\nworker: celery -A shop worker\n" },
    expect: "fail",
    evidence: ["Procfile:1"],
  },
  {
    name: "a Procfile that serves, whatever the image for developers does",
    repo: { ...django, ...image("python manage.py runserver"), Procfile: "web: gunicorn shop.wsgi\n" },
    expect: "pass",
    evidence: ["Procfile:1"],
  },
  {
    name: "an adapter for functions",
    repo: {
      "requirements.txt": "fastapi\nuvicorn\nmangum\n",
      "main.py": "from mangum import Mangum\n\nhandler = Mangum(app)\n",
    },
    expect: "pass",
    evidence: ["main.py:1"],
  },
  {
    name: "a program that is not here",
    repo: { ...django, ...image('["shop-server"]') },
    expect: "unknown",
  },
  {
    name: "an image that brings the server",
    repo: {
      ...fastapi("app = None\n"),
      Dockerfile: "FROM tiangolo/uvicorn-gunicorn-fastapi:python3.11\nCOPY . /app\n",
    },
    expect: "pass",
  },
]);

const served = (start: string, path = "Dockerfile") => ({
  "requirements.txt": "fastapi\nuvicorn\n",
  "shop/app.py": "from fastapi import FastAPI\n\napp = FastAPI()\n",
  [path]: path === "Dockerfile" ? `FROM python:3.14-slim\nENV PORT=80\n${start}\n` : `${start}\n`,
});

describeRepair(rule, [
  {
    name: "takes out of a list of words what makes the server reload",
    repo: served('CMD ["uvicorn", "shop.app:app", "--reload", "--port", "80"]'),
    after: { Dockerfile: served('CMD ["uvicorn", "shop.app:app", "--port", "80"]').Dockerfile },
  },
  {
    name: "takes it out of a command",
    repo: served("CMD uvicorn shop.app:app --port 80 --reload # for now"),
    after: { Dockerfile: served("CMD uvicorn shop.app:app --port 80 # for now").Dockerfile },
  },
  {
    name: "takes it out of a Procfile",
    repo: served("web: uvicorn shop.app:app --reload", "Procfile"),
    after: { Procfile: "web: uvicorn shop.app:app\n" },
  },
  {
    name: "does not choose another server",
    repo: rule.examples.fails,
    refuses: "which server takes its place is for people to say",
  },
]);
