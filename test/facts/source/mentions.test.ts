import { describe, expect, test } from "@jest/globals";
import { mentions } from "../../../src/facts/source/mentions.ts";
import { piecesOf } from "../../../src/facts/source/pieces.ts";
import type { Module } from "../../../src/facts/source/syntax.ts";

describe("of a pattern, what each match of it holds", () => {
  test.each<[RegExp, readonly string[]]>([
    [/\b(?:celery|rq|arq)\b/, ["celery", "rq", "arq"]],
    [/urls?|views\./, ["url", "views."]],
    [/\brun(_server|_app)?\(/, ["run"]],
    [/before_(?:app_)?request|[Mm]iddleware/, ["before_", "iddleware"]],
    [/abc+de/, ["abc"]],
    [/ab*cde/, ["cde"]],
    [/ab{0,3}cde/, ["cde"]],
    [/(?:install)?app(?:config)+?/, ["config"]],
    [/key(?=secret)|(?<!public)token/, ["key", "token"]],
    [/re\.sub\(/, ["re.sub("]],
    [/os\s*\.\s*system/, ["system"]],
    [/(?<scheme>https?):\/\//, ["http"]],
    [/[a|b]c\]d|efg/, ["c]d", "efg"]],
  ])("%s: %j", (pattern, pieces) => expect(piecesOf(pattern.source)).toEqual(pieces));

  test.each([/login|/, /pass|\d+/, /(?:get|post|)_json|a?/, /\x61bc/, /\u0061bc/, /(a)\1bcd/, /größe/, /(?!abc)/])(
    "nothing that is sure: %s",
    (pattern) => expect(piecesOf(pattern.source)).toEqual([]),
  );
});

describe("a module mentions what its text matches, and nothing else", () => {
  const texts = [
    "",
    "rq",
    "from celery import shared_task\n",
    "import requests\nrequests.get('https://shop.example', verify=False)\n",
    "VERIFY = 1\npassword = 'größe' # café SSL\n",
    "app.run_server(host)\napp.run()\n",
    "ſſl = 'ſecret' # K8s, Ķ\n",
    "pandas.read_parquet(x)\nengine = create('sqlite://')\n",
    `${"value = 'lorem ipsum dolor'\n".repeat(3000)}cursor.execute("SELECT 1")\n`,
  ];
  const patterns = [
    /\b(?:celery|rq|arq)\b/,
    /\b(?:celery|dramatiq|arq)\b/,
    /verify|ssl/,
    /verify|ssl/i,
    /ſecret/,
    /secret/iu,
    /k8s/iu,
    /\brun(_server|_app)?\(/,
    /:\/\/|ENGINE/,
    /engine/i,
    /SQLite/,
    /\bexecute\(/,
    /caf[é]/,
    /^app\.run/m,
    /1$/m,
  ];
  test.each(patterns)("%s", (pattern) => {
    const modules = texts.map((text) => ({ path: "shop.py", text }) as Module);
    expect(modules.filter((module) => mentions(module, pattern)).map(({ text }) => text)).toEqual(
      texts.filter((text) => pattern.test(text)),
    );
  });
});
