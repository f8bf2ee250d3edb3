import { describe, expect, test } from "@jest/globals";
import { loadGrammar } from "../../src/python/grammar.ts";
import { plainSyntaxOf } from "../../src/python/parser.ts";

const grammar = await loadGrammar();

/** Modules that the parser reads, each as the grammar does. */
const plain: Readonly<Record<string, readonly string[]>> = {
  literals: [
    "''",
    "x = 1_000j + 0xFF + 1.e5 + .5 + 1. - 0b1",
    "x = None, True, False, ...",
    "x = 'a' \"b\" r'\\d' b'\\x41' u'c'",
    "x = '\\x41\\n\\u00e9\\N{DASH}\\0\\777\\q \\ \\# \\\\'",
    "x = rb'\\d' + b'\\N{a}\\u1234'",
    "x = '''a\n'b' \\\n\"\"c'''\ny",
    "é = 'ü'",
    `x = "${"a".repeat(30_000)}"`,
  ],
  "f-strings": [
    "x = f''",
    "x = f'a{b}{{c}}d' f\"{e!r:>{f}}\" 'g'",
    "x = f'{a=}{b:%Y-%m}{c, d}{e if f else g}{h!=i}'",
    "x = f'{a[\"b\"]}' f\"{f\"{c}\"}\" rf'\\d{d}' t'{e}'",
    "x = f'''\\\n{a}\n{b}'''",
    "x = f'\\x41{a}\\t'",
  ],
  expressions: [
    "x = a if b else c if d else lambda: e",
    "x = lambda a, *b, c=1, **d: (a, b), e",
    "x = a or b and not c or not not d",
    "x = a < b <= c is not d not in e in f != g is (not h)",
    "x = a | b & c ^ d << e + f * g // h @ -i ** -j ** ~k",
    "x = await a ** b + -await c",
    "x = a.b(c)(d=e, **f)[g].h(*i, j, *k)\n",
    "f(a for b in c if d if e for f in g)\nf((a for b in c), d)",
    "x = [a for b, c in d], {a for b in c}, {a: b for a, b in c}, (a async for b in c)",
    "x = [], (), {}, (a,), [*a], [*a.b, c], {*a, b}, (*a(), b), {**a, 'b': 1, **c}",
    "x = a[1:2, ..., ::d], b[:], c[d, e], f[(g, h)], i[j,]",
    "if (a := b) and (c := d): f(e := g)",
    "x = (a\n     # b\n     .c\n     .d)\ny = e.\\\n  f",
    "x = (yield)\ny = yield a, b\nz = (yield from c)",
    "x = print, match, type, case\nmatch(a)\nmatch.b = c\nprint(d)",
  ],
  assignments: [
    "a = b = c, d",
    "a, (b, [c, *d]), e.f, g[h] = *i, j",
    "*a, b = c\na, = b",
    "a += 1, 2\na.b **= c\na //= yield",
    "a: int = 1\nb.c: d\ne: 'f' | None = g",
    "a: b[c] | d | e[f] | g\nh: i | j[k] | l\nm: n[o[p] | q | r]\ns: t.u[v[w] | x | y]",
  ],
  statements: [
    "a;b; c;\npass; break; continue",
    "import a, b.c as d\nfrom . import e\nfrom ...f.g import (h as i, j,)\nfrom k import *\nfrom __future__ import l",
    "del a, b.c\nassert d, e\nglobal f, g\nraise\nraise h\nraise i from j\nreturn\nreturn k, l",
    "if a: b\nelif c:\n  d\nelif e: f; g\nelse:\n  h",
    "for a, b in c, d:\n  e\nelse: f\nfor (a, b), [c], *d in e: pass\nwhile f: g\nelse: h",
    "with a as b, c() as (d, e), f: g\nwith (h): i\nwith j as k.l, m as n[o]: p",
    "try: a\nexcept b: c\nexcept (d, e) as f: g\nexcept: h\nelse: i\nfinally: j\ntry: k\nfinally: l",
    "async def a():\n  async with b as c: d\n  async for e in f: await g",
    "def a(b, /, c: d = e, *f: g, h, i=j, **k: l[m]) -> n[o, p]: return b\ndef q(*, r): s",
    "@a.b\n@c(d)\nclass E(F, *g, metaclass=H, **i):\n  @j\n  async def k(self): pass",
  ],
  "lines and comments": [
    "",
    "\n\n  # a\n",
    "# a\nx = 1  # b\n  # c\ny\n# d",
    "def a():\n  b\n  # c\n# d\ne",
    "class A:\n  def b():\n    c\n  # d\ne",
    "class A:\n  def b():\n    c\n    # d\n  # e\n    # f\n# g\nh",
    "class A:\n  def b(): c # d\n  # e\nf",
    "def a():\n  if b:\n    c\n # d\n  else: e",
    "def a():\n\tb\n\tif c:\n\t\td",
    "if a:\r\n  b # c\r\n\r\nd\r\n",
    "x = '''a\nb''' + (\n  c\n)\ny",
    "def a():\n  return (b,\n  c)",
    "if a:\n  \f\n  b",
  ],
};

describe.each(Object.entries(plain))("%s are read as the grammar reads them", (_, modules) => {
  test.each(modules.map((text) => [text]))("%j", (text) => {
    expect(plainSyntaxOf(text)).toEqual(grammar(text));
  });
});

describe("left to the grammar is", () => {
  test.each([
    ["a match statement", "match a:\n  case b: c"],
    ["Python 2", "print a, b"],
    ["what prints to a file in Python 2, and is an expression in Python 3", "print >>a, b"],
    ["what Python 2 prints in parentheses", "print (a), b"],
    ["an alias of a type", "type a = b"],
    ["parameters of types", "def a[B](c): pass"],
    ["groups of exceptions", "try: a\nexcept* b: c"],
    ["exceptions without parentheses", "try: a\nexcept b, c: d"],
    ["items of a with statement in parentheses", "with (a as b, c): d"],
    ["a target in parentheses", "(a) = b"],
    ["a name for the end of an expression", "with a if b else c as d: e"],
    ["a star that binds to a name alone", "x = [*a.b]"],
    ["a raw string of backslashes", "x = r'\\\\'"],
    ["a brace that ends nothing", "x = f'}'"],
    ["a specification that begins with an equals sign", "x = f'{a:=5}'"],
    ["a decorator, and a comment that stands less deep", "class A:\n  @a\n# b\n  def c(): d"],
    ["a byte order mark", "\uFEFFa"],
    ["a lone carriage return", "a\rb"],
    ["a string without an end", "x = 'a\n'"],
    ["brackets without an end", "x = (a"],
    ["lines of no depth", "if a:\n    b\n  c"],
    ["a block without statements", "if a:\n# b\nc"],
    ["brackets in brackets", "(".repeat(500) + ")".repeat(500)],
    ["a long sum", `x = ${"a + ".repeat(500)}b`],
    ["blocks in blocks", Array.from({ length: 90 }, (_, depth) => `${" ".repeat(depth)}if a:`).join("\n")],
    ["what is no Python", "to be, or not to be"],
  ])("%s", (_, text) => expect(plainSyntaxOf(text)).toBeUndefined());
});

/** What is put into a module in the place of its tokens. */
const TOKENS = /\w+|"""|\s+|\*\*|[-=!<>:]=|\.\.\.|[^\s\w]/g;
const OTHERS =
  "( ) [ ] { } , : = * ** . as for in if async yield lambda not print match f'{a}' ' \" \\ # ; @ 1_ b'' ~ $ é".split(
    " ",
  );

/** The module with one or two of its tokens gone, doubled, moved or others; the same at each run. */
function* mutationsOf(text: string, times: number): Generator<string> {
  let seed = text.length;
  const below = (end: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * end);
  };
  for (let time = 0; time < times; time++) {
    const tokens = text.match(TOKENS) ?? [];
    for (let mutations = 1 + below(2); mutations > 0 && tokens.length > 0; mutations--) {
      const at = below(tokens.length);
      const others = [[], [tokens[at], tokens[below(tokens.length)]], [OTHERS[below(OTHERS.length)]]];
      tokens.splice(at, 1, ...((others[below(others.length)] ?? []) as string[]));
    }
    yield tokens.join("");
  }
}

test("what is read of broken modules, the grammar reads as well and in the same way", () => {
  const mutations = Object.values(plain).flatMap((modules) => modules.flatMap((text) => [...mutationsOf(text, 20)]));
  const read = mutations.flatMap((text) => ({ text, syntax: plainSyntaxOf(text) })).filter(({ syntax }) => syntax);
  expect(read.length).toBeGreaterThan(mutations.length / 10);
  expect(read.length).toBeLessThan(mutations.length);
  for (const { text, syntax } of read) expect({ text, syntax }).toEqual({ text, syntax: grammar(text) });
});

const repeated = [
  "'a', ",
  "f'{a}b', ",
  "a, ",
  "f'{'b', c}'",
  "if a:\n  b\n  # c\n",
  "  # c\n",
  "f'a' ",
  '"""',
  "a\n",
  "(",
  "f'{",
  "a[",
  "not ",
  "-",
  "lambda: ",
  "'\\",
  "0_",
  "#\n",
  "a.",
  "{a:",
  "\\\n",
];

test.each(repeated.map((text) => [text]))("%j over and over takes no longer than its length", (text) => {
  const start = process.cpuUsage();
  plainSyntaxOf(text.repeat(30_000));
  const { user } = process.cpuUsage(start);
  expect(user).toBeLessThan(2_000_000);
});
