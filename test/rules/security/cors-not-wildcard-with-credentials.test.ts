import rule from "../../../rules/security/cors-not-wildcard-with-credentials.ts";
import { describeRule } from "../../support/describe-rule.ts";

const fastapi = (given: string, before = "", more: Readonly<Record<string, string>> = {}) => ({
  "requirements.txt": "fastapi\nuvicorn\n",
  "shop/main.py": `import os\nfrom fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\n\napp = FastAPI()\n${before}app.add_middleware(CORSMiddleware, ${given})\n`,
  ...more,
});
const flask = (call: string) => ({
  "requirements.txt": "flask\nflask-cors\ngunicorn\n",
  "shop/app.py": `from flask import Flask\nfrom flask_cors import CORS\n\napp = Flask(__name__)\n${call}\n`,
});
const pointing = 'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n';
const django = (text: string) => ({
  "requirements.txt": "django\ndjango-cors-headers\ngunicorn\n",
  "manage.py": pointing,
  "shop/wsgi.py": pointing,
  "shop/settings.py": `INSTALLED_APPS = ["corsheaders"]\n${text}\n`,
});

describeRule(rule, [
  {
    name: "no other origins",
    repo: {
      "requirements.txt": "fastapi\nuvicorn\n",
      "shop/main.py": "from fastapi import FastAPI\n\napp = FastAPI()\n",
    },
    expect: "skip",
  },
  { name: "everybody, without credentials", repo: fastapi('allow_origins=["*"]'), expect: "pass" },
  {
    name: "everybody by a list that has a name",
    repo: fastapi("allow_origins=origins, allow_credentials=True", 'origins = ["http://localhost", "*"]\n'),
    expect: "fail",
    evidence: ["shop/main.py:7"],
  },
  {
    name: "everybody by a pattern",
    repo: fastapi('allow_origin_regex=".*", allow_credentials=True'),
    expect: "fail",
    evidence: ["shop/main.py:6"],
  },
  {
    name: "everybody where the environment names nobody",
    repo: fastapi('allow_origins=os.getenv("ORIGINS", "*").split(","), allow_credentials=True'),
    expect: "fail",
  },
  {
    name: "origins of the environment",
    repo: fastapi('allow_origins=os.environ["ORIGINS"].split(","), allow_credentials=True'),
    expect: "pass",
  },
  {
    name: "for developers alone",
    repo: fastapi(
      'allow_origins=["*"], allow_credentials=True',
      "from shop.config import settings\n\nif settings.DEBUG:\n    ",
    ),
    expect: "skip",
  },
  {
    name: "origins that are computed",
    repo: fastapi("allow_origins=find_origins(), allow_credentials=True", "from shop.origins import find_origins\n\n"),
    expect: "unknown",
  },
  {
    name: "in a function that makes the application",
    repo: {
      "requirements.txt": "fastapi\nuvicorn\n",
      "shop/main.py":
        'from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\n\n\ndef create_app():\n    app = FastAPI()\n    origins = ["*"]\n    app.add_middleware(\n        CORSMiddleware,\n        allow_origins=origins,\n        allow_credentials=True,\n    )\n    return app\n',
    },
    expect: "fail",
    evidence: ["shop/main.py:8"],
  },
  {
    name: "a field of pydantic",
    repo: fastapi("allow_origins=settings.origins, allow_credentials=True", "from shop.config import settings\n\n", {
      "shop/config.py":
        'from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    origins: list[str] = ["*"]\n',
    }),
    expect: "fail",
    evidence: ["shop/main.py:8"],
  },
  {
    name: "Flask-CORS with credentials and no origins",
    repo: flask("CORS(app, supports_credentials=True)"),
    expect: "fail",
    evidence: ["shop/app.py:5"],
  },
  { name: "Flask-CORS without credentials", repo: flask("CORS(app)"), expect: "pass" },
  {
    name: "Flask-CORS for one resource and one origin",
    repo: flask('CORS(app, resources={r"/api/*": {"origins": ["https://shop.example"]}}, supports_credentials=True)'),
    expect: "pass",
  },
  {
    name: "Django for everybody with credentials",
    repo: django("CORS_ALLOW_ALL_ORIGINS = True\nCORS_ALLOW_CREDENTIALS = True"),
    expect: "fail",
    evidence: ["shop/settings.py:2"],
  },
  { name: "Django for everybody without credentials", repo: django("CORS_ORIGIN_ALLOW_ALL = True"), expect: "pass" },
  {
    name: "Django for everybody in debug mode alone",
    repo: django("DEBUG = False\nCORS_ALLOW_CREDENTIALS = True\nCORS_ALLOW_ALL_ORIGINS = DEBUG"),
    expect: "pass",
  },
  {
    name: "Django with a pattern for everybody",
    repo: django('CORS_ALLOW_CREDENTIALS = True\nCORS_ALLOWED_ORIGIN_REGEXES = [r"^https?://.*$"]'),
    expect: "fail",
    evidence: ["shop/settings.py:3"],
  },
]);
