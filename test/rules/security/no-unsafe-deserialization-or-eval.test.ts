import rule from "../../../rules/security/no-unsafe-deserialization-or-eval.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const service = { "requirements.txt": "flask==3.1.0\n", Procfile: "web: gunicorn shop.app:app\n" };
const of = (text: string) => ({ "shop/load.py": text });

describeRule(rule, [
  {
    name: "bytes whose signature was compared before",
    repo: {
      "shop/cache.py":
        "import hmac\nimport pickle\n\n\ndef load(raw, key):\n    signature, data = raw[:32], raw[32:]\n    expected = hmac.new(key, data, 'sha256').digest()\n    if not hmac.compare_digest(signature, expected):\n        raise ValueError\n    return pickle.loads(data)\n",
    },
    expect: "pass",
  },
  { name: "no Python at all", repo: { "README.md": "# shop" }, expect: "skip" },
  { name: "a module that cannot be read", repo: { "shop/a.py": { unreadable: "it is too large" } }, expect: "unknown" },
  {
    name: "a pickle in a cookie",
    repo: of(
      "import base64\nfrom pickle import loads\n\nfrom flask import request\n\n\ndef basket():\n    return loads(base64.b64decode(request.cookies['basket']))\n",
    ),
    expect: "fail",
    evidence: ["shop/load.py:8"],
    says: "`pickle.loads` turns what comes from outside into code",
  },
  {
    name: "an event of a function that is evaluated",
    repo: of("def handler(event, context):\n    return eval(event['formula'])\n"),
    expect: "fail",
    evidence: ["shop/load.py:2"],
  },
  {
    name: "a formula that a service is handed",
    repo: { ...service, ...of("def total(formula):\n    return eval(formula)\n") },
    expect: "fail",
    evidence: ["shop/load.py:2"],
  },
  {
    name: "YAML of any class",
    repo: of("import yaml\n\n\ndef read(f):\n    yaml.load(f)\n    return yaml.load(f, Loader=yaml.Loader)\n"),
    expect: "fail",
    evidence: ["shop/load.py:5", "shop/load.py:6"],
  },
  {
    name: "a model that is loaded from the network",
    repo: of('import pandas as pd\n\nframe = pd.read_pickle("https://data.example/frame.pkl")\n'),
    expect: "fail",
    evidence: ["shop/load.py:3"],
  },
  {
    name: "safe loaders, of PyYAML and ruamel",
    repo: of(
      'import yaml\nfrom ruamel.yaml import YAML\n\n\ndef read(f):\n    yaml.load(f, Loader=yaml.CSafeLoader)\n    yaml.load(f, yaml.SafeLoader)\n    return YAML(typ="safe").load(f)\n',
    ),
    expect: "pass",
  },
  {
    name: "a local reader that is called yaml",
    repo: of("import yaml\n\n\ndef read(f):\n    yaml = make_reader()\n    return yaml.load(f)\n"),
    expect: "pass",
  },
  {
    name: "a fast safe loader with a slow one in its place",
    repo: of(
      "try:\n    from yaml import CSafeLoader as Loader\nexcept ImportError:\n    from yaml import SafeLoader as Loader\nimport yaml\n\n\ndef read(f):\n    return yaml.load(f, Loader=Loader)\n",
    ),
    expect: "pass",
  },
  {
    name: "the full loader",
    repo: of("import yaml\n\n\ndef read(f):\n    return yaml.load(f, Loader=yaml.FullLoader)\n"),
    expect: "partial",
    value: 0.8,
  },
  {
    name: "the pickle of an own cache",
    repo: of('import pickle\n\n\ndef cached():\n    with open(".cache", "rb") as f:\n        return pickle.load(f)\n'),
    expect: "partial",
    value: 0.5,
    evidence: ["shop/load.py:6"],
  },
  {
    name: "what was pickled just before",
    repo: of("import pickle\n\n\ndef copy(error):\n    return pickle.loads(pickle.dumps(error))\n"),
    expect: "pass",
  },
  {
    name: "a file of settings that is Python",
    repo: of(
      'def load(path, space):\n    with open(path) as f:\n        exec(compile(f.read(), path, "exec"), space)\n',
    ),
    expect: "partial",
    value: 0.8,
  },
  {
    name: "a model that is allowed to bring code",
    repo: of("import torch\n\n\ndef read(path):\n    return torch.load(path, weights_only=False)\n"),
    expect: "partial",
    value: 0.5,
  },
  {
    name: "models and frames from files of one's own",
    repo: of(
      "import joblib\nimport torch\n\nmodel = joblib.load('model.bin')\nweights = torch.load('w.pt', weights_only=True)\n",
    ),
    expect: "pass",
  },
  {
    name: "methods by the name of eval and exec, and literals",
    repo: of(
      "import ast\n\n\ndef run(model, df, session, text, statement):\n    model.eval()\n    df.eval(text)\n    session.exec(statement)\n    eval('1 + 1')\n    return ast.literal_eval(text)\n",
    ),
    expect: "pass",
  },
  {
    name: "a finding that the authors silenced",
    repo: of(
      "def run(code):\n    eval(code)  # noqa: S307 - a shell runs code\n    eval(code)  # pylint: disable=eval-used\n",
    ),
    expect: "pass",
  },
  { name: "the same in tests", repo: { ...of("x = 1\n"), "tests/test_a.py": "eval(input())\n" }, expect: "pass" },
]);

/** A module before and after. */
const turns = (before: string, after: string) => ({ repo: of(before), after: of(after) });
const FOR_PEOPLE = "what is to be read instead is for people to say";

describeRepair(rule, [
  {
    name: "YAML without a loader",
    ...turns(
      "import yaml\n\n\ndef load(file):\n    return yaml.load(file)  # settings\n",
      "import yaml\n\n\ndef load(file):\n    return yaml.safe_load(file)  # settings\n",
    ),
  },
  {
    name: "all documents, under another name",
    ...turns(
      "import yaml as y\n\n\ndef load(file):\n    return list(y.load_all(file))\n",
      "import yaml as y\n\n\ndef load(file):\n    return list(y.safe_load_all(file))\n",
    ),
  },
  {
    name: "a loader of any class, on a line of its own",
    ...turns(
      "import yaml\n\n\ndef load(file):\n    return yaml.load(\n        file,\n        Loader=yaml.CLoader,\n    )\n",
      "import yaml\n\n\ndef load(file):\n    return yaml.load(\n        file,\n        Loader=yaml.CSafeLoader,\n    )\n",
    ),
  },
  {
    name: "one of several, and pickles are left",
    repo: of("import pickle\nimport yaml\n\n\ndef load(file):\n    pickle.load(file)\n    return yaml.load(file)\n"),
    after: of(
      "import pickle\nimport yaml\n\n\ndef load(file):\n    pickle.load(file)\n    return yaml.safe_load(file)\n",
    ),
    leaves: true,
  },
  ...[
    "import yaml\n\nyaml.add_constructor('!env', print)\n\n\ndef load(file):\n    return yaml.load(file)\n",
    "import yaml\n\n\ndef load(file):\n    return yaml.unsafe_load(file)\n",
    "import yaml\n\n\ndef load(file):\n    return yaml.load(file, Loader=yaml.UnsafeLoader)\n",
    "from yaml import load\n\n\ndef read(file):\n    return load(file)\n",
  ].map((text) => ({ name: `not ${JSON.stringify(text)}`, repo: of(text), refuses: FOR_PEOPLE })),
]);
