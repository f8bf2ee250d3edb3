import rule from "../../../rules/code-quality/outbound-calls-have-timeouts.ts";
import { describeRule } from "../../support/describe-rule.ts";

const of = (text: string) => ({ "shop/rates.py": text });

describeRule(rule, [
  { name: "no Python at all", repo: { "README.md": "# shop" }, expect: "skip" },
  { name: "nothing that sends a request", repo: of("x = 1\n"), expect: "skip" },
  { name: "a module that cannot be read", repo: { "shop/a.py": { unreadable: "it is too large" } }, expect: "unknown" },
  {
    name: "two of four that wait for ever, under other names",
    repo: of(
      "import requests as r\nfrom urllib.request import urlopen\n\n\ndef rates(url):\n    r.post(url)\n    urlopen(url)\n    r.get(url, timeout=5)\n    return urlopen(url, None, 5)\n",
    ),
    expect: "partial",
    value: 0.5,
    evidence: ["shop/rates.py:6", "shop/rates.py:7"],
    says: "`requests.post` waits for ever",
  },
  {
    name: "a session, local and of the object",
    repo: of(
      "import requests\n\n\nclass Rates:\n    def __init__(self):\n        self.session = requests.Session()\n\n    def read(self, url):\n        with requests.Session() as s:\n            s.get(url)\n        return self.session.get(url)\n",
    ),
    expect: "fail",
    evidence: ["shop/rates.py:10", "shop/rates.py:11"],
  },
  {
    name: "a session that is given an adapter, and one of a class of its own",
    repo: of(
      'import requests\n\nfrom shop.http import TimeoutSession, Adapter\n\nown = TimeoutSession()\nsession = requests.Session()\nsession.mount("https://", Adapter(timeout=5))\n\n\ndef read(url):\n    own.get(url)\n    session.get(url)\n    return requests.get(url, timeout=3)\n',
    ),
    expect: "pass",
  },
  {
    name: "a session whose request has its time-out by functools.partial",
    repo: of(
      "import functools\n\nimport requests\n\n\ndef read(url):\n    s = requests.Session()\n    s.request = functools.partial(s.request, timeout=5)\n    s.get(url)\n    return functools.partial(requests.get, timeout=5)(url) or requests.get(url, timeout=1)\n",
    ),
    expect: "pass",
  },
  {
    name: "keywords that are handed on",
    repo: of("import requests\n\n\ndef read(url, **kwargs):\n    return requests.get(url, **kwargs)\n"),
    expect: "unknown",
    says: "shop/rates.py:5 hands on the keywords",
  },
  {
    name: "httpx, which waits five seconds",
    repo: of("import httpx\n\nhttpx.get('https://rates.example')\n"),
    expect: "pass",
  },
  {
    name: "httpx without an end",
    repo: of(
      "import httpx\n\nhttpx.get('https://rates.example', timeout=None)\nclient = httpx.AsyncClient(timeout=httpx.Timeout(None))\n",
    ),
    expect: "partial",
    evidence: ["shop/rates.py:3", "shop/rates.py:4"],
  },
  {
    name: "a limit for every socket",
    repo: {
      ...of("from urllib.request import urlopen\n\nurlopen('https://rates.example')\n"),
      "shop/__init__.py": "import socket\n\nsocket.setdefaulttimeout(10)\n",
    },
    expect: "pass",
  },
  {
    name: "a script, a test and this machine",
    repo: {
      "scripts/rates.py": "import requests\n\nrequests.get('https://rates.example')\n",
      "tests/test_rates.py": "import requests\n\nrequests.get('https://rates.example')\n",
      "shop/health.py": "import requests\n\nrequests.get('http://localhost:8000/health')\n",
    },
    expect: "skip",
  },
  {
    name: "a dictionary that is called requests",
    repo: of("def read(requests):\n    return requests.get('first')\n"),
    expect: "skip",
  },
]);
