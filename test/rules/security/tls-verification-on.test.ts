import rule from "../../../rules/security/tls-verification-on.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const of = (text: string) => ({ "shop/rates.py": text });
const get = (how: string) =>
  of(`import requests\nfrom django.conf import settings\n\n\ndef rates(url):\n    return requests.get(url, ${how})\n`);

describeRule(rule, [
  { name: "no Python at all", repo: { "README.md": "# shop" }, expect: "skip" },
  { name: "a module that cannot be read", repo: { "shop/a.py": { unreadable: "it is too large" } }, expect: "unknown" },
  {
    name: "verify=False of a session and of a client",
    repo: of(
      "import httpx\nimport requests\n\nsession = requests.Session()\nsession.verify = False\nclient = httpx.Client(verify=False)\n",
    ),
    expect: "fail",
    evidence: ["shop/rates.py:5", "shop/rates.py:6"],
  },
  { name: "a bundle of one's own", repo: get("verify=settings.CA_BUNDLE"), expect: "pass" },
  {
    name: "a context that checks nothing",
    repo: of(
      "import ssl\n\n\ndef context():\n    ctx = ssl.create_default_context()\n    ctx.check_hostname = False\n    ctx.verify_mode = ssl.CERT_NONE\n    return ctx\n",
    ),
    expect: "fail",
    evidence: ["shop/rates.py:7"],
  },
  {
    name: "a context that does not look at the name",
    repo: of("import ssl\n\nctx = ssl.create_default_context(cafile='ca.pem')\nctx.check_hostname = False\n"),
    expect: "partial",
    value: 0.5,
    says: "accepts the certificate of any host",
  },
  {
    name: "the unverified context for every request",
    repo: of("import ssl\n\nssl._create_default_https_context = ssl._create_unverified_context\n"),
    expect: "fail",
    evidence: ["shop/rates.py:3"],
  },
  {
    name: "a broker's settings",
    repo: of('import ssl\n\nCELERY_BROKER_USE_SSL = {"ssl_cert_reqs": ssl.CERT_NONE}\n'),
    expect: "fail",
    evidence: ["shop/rates.py:3"],
  },
  {
    name: "any host key",
    repo: of(
      "import paramiko\n\nclient = paramiko.SSHClient()\nclient.set_missing_host_key_policy(paramiko.AutoAddPolicy())\n",
    ),
    expect: "fail",
    evidence: ["shop/rates.py:4"],
    says: "trusts the key of any host",
  },
  {
    name: "the environment of Python and of Git",
    repo: of('import os\n\nos.environ["PYTHONHTTPSVERIFY"] = "0"\nenv = {"GIT_SSL_NO_VERIFY": "true"}\n'),
    expect: "fail",
    evidence: ["shop/rates.py:3", "shop/rates.py:4"],
  },
  {
    name: "STARTTLS without a context",
    repo: of("import smtplib\n\n\ndef send(host):\n    with smtplib.SMTP(host) as smtp:\n        smtp.starttls()\n"),
    expect: "fail",
    evidence: ["shop/rates.py:6"],
  },
  {
    name: "STARTTLS with a context",
    repo: of(
      "import smtplib\nimport ssl\n\n\ndef send(host):\n    with smtplib.SMTP(host) as smtp:\n        smtp.starttls(context=ssl.create_default_context())\n",
    ),
    expect: "pass",
  },
  {
    name: "a warning that is hidden",
    repo: of("import urllib3\n\nurllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)\n"),
    expect: "partial",
    value: 0.5,
  },
  {
    name: "an address of one's own without a check, in aiohttp",
    repo: of(
      "import aiohttp\n\n\nasync def ping(session: aiohttp.ClientSession, url):\n    await session.get(url, ssl=False)\n",
    ),
    expect: "partial",
    value: 0.5,
  },
  {
    name: "an address of the world without a check, in aiohttp",
    repo: of(
      'import aiohttp\n\n\nasync def ping(session: aiohttp.ClientSession):\n    await session.get("https://rates.example", ssl=False)\n',
    ),
    expect: "fail",
    evidence: ["shop/rates.py:5"],
  },
  {
    name: "this machine",
    repo: of('import requests\n\nURL = "https://localhost:8443/health"\nrequests.get(URL, verify=False)\n'),
    expect: "partial",
    value: 0.8,
  },
  {
    name: "an option of the user",
    repo: of(
      "import ssl\n\n\ndef context(verify=True):\n    ctx = ssl.create_default_context()\n    if not verify:\n        ctx.check_hostname = False\n        ctx.verify_mode = ssl.CERT_NONE\n    return ctx\n\n\ndef insecure_context():\n    return ssl._create_unverified_context()\n",
    ),
    expect: "pass",
  },
  {
    name: "a server, which asks its clients for no certificate",
    repo: of(
      "import ssl\n\n\ndef serve():\n    ctx = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)\n    ctx.verify_mode = ssl.CERT_NONE\n    return ctx\n",
    ),
    expect: "pass",
  },
  {
    name: "a token that is decoded without a check is another rule's",
    repo: of("import jwt\nimport requests\n\n\ndef claims(token):\n    return jwt.decode(token, verify=False)\n"),
    expect: "pass",
  },
  {
    name: "a form that is saved",
    repo: of("import requests\n\n\ndef save(form):\n    form.save(verify=False)\n"),
    expect: "pass",
  },
  {
    name: "the same in tests",
    repo: { ...of("x = 1\n"), "tests/test_a.py": "import requests\nrequests.get('x', verify=False)\n" },
    expect: "pass",
  },
  {
    name: "a finding that the authors silenced",
    repo: get("verify=False)  # noqa: S501\n    print("),
    expect: "pass",
  },
]);

/** A module before and after. */
const turns = (before: string, after: string) => ({ repo: of(before), after: of(after) });
const FOR_PEOPLE = "is for people to say";

describeRepair(rule, [
  {
    name: "an argument beside others, at the end and at the start",
    ...turns(
      "import requests\n\n\ndef rates(url):\n    requests.head(url, verify=False)  # self-signed\n    return requests.request(verify=False, method='GET', url=url)\n",
      "import requests\n\n\ndef rates(url):\n    requests.head(url)  # self-signed\n    return requests.request(method='GET', url=url)\n",
    ),
  },
  {
    name: "an argument on a line of its own, and one alone",
    ...turns(
      "import httpx\n\nclient = httpx.Client(verify=False)\n\n\ndef rates(url):\n    return client.get(\n        url,\n        timeout=3,\n    ) or httpx.get(\n        url,\n        verify=False\n    )\n",
      "import httpx\n\nclient = httpx.Client()\n\n\ndef rates(url):\n    return client.get(\n        url,\n        timeout=3,\n    ) or httpx.get(\n        url,\n    )\n",
    ),
  },
  {
    name: "mail over a context that checks, imported in order",
    ...turns(
      '"""Mail."""\n\nimport os\nimport smtplib\nfrom email.mime.text import MIMEText\n\n\ndef send(host):\n    with smtplib.SMTP(host) as server:\n        server.starttls()\n        server.login(os.environ["USER"], MIMEText(""))\n',
      '"""Mail."""\n\nimport os\nimport smtplib\nimport ssl\nfrom email.mime.text import MIMEText\n\n\ndef send(host):\n    with smtplib.SMTP(host) as server:\n        server.starttls(context=ssl.create_default_context())\n        server.login(os.environ["USER"], MIMEText(""))\n',
    ),
  },
  {
    name: "mail where the module is imported",
    ...turns(
      "import smtplib, ssl\n\n\ndef send(host):\n    server = smtplib.SMTP(host)\n    server.starttls()\n",
      "import smtplib, ssl\n\n\ndef send(host):\n    server = smtplib.SMTP(host)\n    server.starttls(context=ssl.create_default_context())\n",
    ),
  },
  {
    name: "one of several, and host keys are left",
    repo: of(
      "import paramiko\nimport requests\n\nclient = paramiko.SSHClient()\nclient.set_missing_host_key_policy(paramiko.AutoAddPolicy())\nrequests.get(ADDRESS, verify=False)\n",
    ),
    after: of(
      "import paramiko\nimport requests\n\nclient = paramiko.SSHClient()\nclient.set_missing_host_key_policy(paramiko.AutoAddPolicy())\nrequests.get(ADDRESS)\n",
    ),
    leaves: true,
  },
  ...[
    "import requests\n\nrequests.get(ADDRESS, verify = False)\n",
    "import requests\n\nrequests.get(\n    ADDRESS,\n    verify=False,  # for now\n)\n",
    "import requests\n\nsession = requests.Session()\nsession.verify = False\n",
    "import smtplib\n\n\ndef send(host, ssl=None):\n    smtplib.SMTP(host).starttls()\n",
    "import ssl\n\nssl._create_default_https_context = ssl._create_unverified_context\n",
  ].map((text) => ({ name: `not ${JSON.stringify(text)}`, repo: of(text), refuses: FOR_PEOPLE })),
  {
    name: "not for this machine's own",
    repo: of('import requests\n\nrequests.get("https://localhost:8443", verify=False)\n'),
    refuses: FOR_PEOPLE,
  },
]);
